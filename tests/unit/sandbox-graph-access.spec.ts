import { expect, test } from '@playwright/test';
import { mail, startGraphServer, type GraphReply } from './sandbox-graph-server.js';

const inbox = '/me/mailFolders/inbox/messages';

test.describe('tokens', () => {
  test('without a good token the answer is 401, with a challenge', async () => {
    await using server = await startGraphServer();
    const missing = await server.ask(inbox, { token: null });
    expect(missing).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
    expect(missing.headers.get('www-authenticate')).toContain('client_id="00000003-0000-0000-c000-000000000000"');
    expect(missing.text).toContain('Access token is empty.');
    expect((await server.ask(inbox, { token: 'opaque' })).text).toContain('JWT is not well formed');
    expect((await server.ask(inbox, { token: 'ey.old.token' })).text).toContain('the token is expired');
    expect((await server.ask(inbox, { token: 'outlook' })).text).toContain('Invalid audience');
  });

  test('the fault unauthorized strikes a good token', async () => {
    await using server = await startGraphServer();
    server.faults.unauthorized = 1;
    expect((await server.ask(inbox)).code).toBe('InvalidAuthenticationToken');
    expect((await server.ask(inbox)).status).toBe(200);
  });
});

test.describe('permissions', () => {
  const cases = [
    { token: 'reader', what: `GET ${inbox}`, status: 200 },
    { token: 'reader', what: 'POST /me/mailFolders', status: 403 },
    { token: 'reader', what: 'POST /me/sendMail', status: 403 },
    { token: 'sender', what: `GET ${inbox}`, status: 403 },
    { token: 'sender', what: 'GET /me', status: 403, code: 'Authorization_RequestDenied' },
    { token: 'user', what: 'GET /me', status: 200 },
    { token: 'user', what: 'GET /users/qa@contoso.com/messages', status: 200 },
    { token: 'user', what: 'GET /users/other@contoso.com/messages', status: 403 },
    { token: 'user', what: 'GET /users/other@contoso.com', status: 403, code: 'Authorization_RequestDenied' },
    { token: 'shared', what: 'GET /users/other@contoso.com/messages', status: 200 },
    { token: 'shared', what: `GET ${inbox}`, status: 200 },
    { token: 'app', what: 'GET /users/other@contoso.com/messages', status: 200 },
    { token: 'app', what: 'GET /users/other@contoso.com', status: 200 },
    { token: 'app.reader', what: 'GET /users/other@contoso.com/messages', status: 200 },
    { token: 'app.reader', what: 'POST /users/other@contoso.com/sendMail', status: 403 },
    { token: 'app', what: `GET ${inbox}`, status: 400, code: 'BadRequest' },
  ];
  for (const { token, what, status, code = status === 403 ? 'ErrorAccessDenied' : undefined } of cases) {
    test(`${token}: ${what} is answered ${status}`, async () => {
      await using server = await startGraphServer();
      const { status: actual, code: actualCode } = await server.ask(what, { token });
      expect([actual, actualCode]).toEqual([status, code]);
    });
  }
});

test.describe('paths', () => {
  test('a user is found by address, tag or not, and by object ID', async () => {
    await using server = await startGraphServer();
    const { json } = await server.ask('/users/qa+tag@contoso.com', { token: 'app' });
    expect(json).toMatchObject({ mail: 'qa@contoso.com', userPrincipalName: 'qa@contoso.com', displayName: 'qa' });
    const byId = await server.ask(`/users/${String(json['id'])}?$select=mail`, { token: 'app' });
    expect(byId.json).toEqual({ '@odata.context': expect.any(String), mail: 'qa@contoso.com' });
    expect(await server.ask('/users/nobody/messages', { token: 'app' })).toMatchObject({
      status: 404,
      code: 'ErrorInvalidUser',
    });
  });

  test('keys stand in parentheses too, names in any case, and a message is found by way of any folder', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { json } = await server.ask('/me/mailFolders/inbox?$select=id');
    for (const path of [
      `/me/messages/${id}`,
      `/users('qa@contoso.com')/messages('${id}')`,
      `/me/MAILFOLDERS('Inbox')/Messages/${id}`,
      `/me/mailFolders/msgfolderroot/childFolders/${String(json['id'])}/messages/${id}`,
    ]) {
      expect((await server.ask(path)).json['id'], path).toBe(id);
    }
  });

  test('what is not there is told from what is not allowed there', async () => {
    await using server = await startGraphServer();
    for (const path of ['/me/nothing', '/nothing', '/me/messages/x/y/z', '/me/%E0%A4%A']) {
      expect(await server.ask(path), path).toMatchObject({ status: 400, code: 'BadRequest' });
    }
    const wrong = await server.ask('DELETE /me/sendMail');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST');
  });

  test('ids that are none are told from those that stand for nothing', async () => {
    await using server = await startGraphServer();
    const message = server.deliver();
    const id = server.idOf(message);
    message.folder.remove(message);
    expect(await server.ask('/me/messages/abc')).toMatchObject({ status: 400, code: 'ErrorInvalidIdMalformed' });
    expect(await server.ask(`/me/messages/${id}`)).toMatchObject({ status: 404, code: 'ErrorItemNotFound' });
    expect(await server.ask('/me/mailFolders/abc')).toMatchObject({ status: 400, code: 'ErrorInvalidIdMalformed' });
    const absent = await server.ask('/me/mailFolders/outbox');
    expect(absent).toMatchObject({ status: 404, code: 'ErrorItemNotFound' });
    expect(absent.text).toContain('Default folder outbox not found');
  });

  test('one mailbox does not show the messages of another', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { status } = await server.ask(`/users/other@contoso.com/messages/${id}`, { token: 'app' });
    expect(status).toBe(404);
  });
});

test('every answer names its request, and an error does so too', async () => {
  await using server = await startGraphServer();
  const { headers } = await server.ask(inbox, { headers: { 'client-request-id': 'mine' } });
  expect(headers.get('client-request-id')).toBe('mine');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  const failed = await server.ask('/me/messages/abc');
  expect(failed.json).toEqual({
    error: {
      code: 'ErrorInvalidIdMalformed',
      message: 'Id is malformed.',
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': failed.headers.get('request-id'),
        'client-request-id': failed.headers.get('client-request-id'),
      },
    },
  });
});

test.describe('faults', () => {
  test('throttled requests are told when to come back', async () => {
    await using server = await startGraphServer();
    server.faults.throttleGraph = { times: 1, retryAfterSeconds: 7 };
    const throttled = await server.ask(inbox);
    expect(throttled).toMatchObject({ status: 429, code: 'TooManyRequests' });
    expect(throttled.headers.get('retry-after')).toBe('7');
    expect((await server.ask(inbox)).status).toBe(200);
  });

  test('a mailbox that is not enabled for REST is there as a user', async () => {
    await using server = await startGraphServer();
    server.faults.graphDisabled = true;
    expect(await server.ask(inbox)).toMatchObject({ status: 404, code: 'MailboxNotEnabledForRESTAPI' });
    expect((await server.ask('/me')).status).toBe(200);
  });

  test('an app has four requests at a time at one mailbox', async () => {
    await using server = await startGraphServer();
    const ask = () => server.ask('/users/qa@contoso.com/messages', { token: 'app' });
    server.faults.delay = 3_600_000;
    const answers: GraphReply[] = [];
    const keep = (answer: GraphReply) => answers.push(answer);
    for (let count = 0; count < 6; count++) ask().then(keep, () => undefined);
    await expect.poll(() => answers.length).toBe(2);
    expect(answers.map(({ status }) => status)).toEqual([429, 429]);
    expect(answers[0]?.code).toBe('ApplicationThrottled');
    expect(answers[0]?.text).toContain('MailboxConcurrency');
    expect(Number(answers[0]?.headers.get('retry-after'))).toBeGreaterThan(0);

    server.faults.delay = 0;
    expect((await ask()).status).toBe(429);
    expect((await server.ask('/users/other@contoso.com/messages', { token: 'app' })).status).toBe(200);
    server.faults.maxGraphRequests = 5;
    expect((await ask()).status).toBe(200);
  });

  test('a dropped request has no answer', async () => {
    await using server = await startGraphServer();
    server.faults.dropRequests = 1;
    await expect(server.ask(inbox)).rejects.toThrow('fetch failed');
    expect((await server.ask(inbox)).status).toBe(200);
  });
});

test('a request of more than 4 MB is refused', async () => {
  await using server = await startGraphServer();
  const large = await server.ask('POST /me/sendMail', { body: 'x'.repeat(4 * 1024 * 1024 + 1) });
  expect(large).toMatchObject({ status: 413, code: 'BadRequest' });
  expect(large.text).toContain('The maximum request length supported is 4MB.');
  expect((await server.ask('POST /me/sendMail', { body: mail().toString('base64') })).status).toBe(202);
});
