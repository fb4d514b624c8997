import { expect, test } from '@playwright/test';
import type { ExchangeError } from '../../src/errors.js';
import type { BearerCredentials } from '../../src/mail/credentials.js';
import type { GraphTransportOptions } from '../../src/mail/graph/open-graph-transport.js';
import type { MessageRef } from '../../src/mail/transport.js';
import { graphFault, startGraphServer, type Answering, type GraphAsked } from './graph-server.js';

const inbox = { json: { id: 'folder-1', displayName: 'Inbox' } };

async function lookUp(answering: Answering, options?: Partial<GraphTransportOptions>) {
  await using server = await startGraphServer(answering);
  return await server.open(options).folder('inbox');
}

function failure(answering: Answering, options?: Partial<GraphTransportOptions>): Promise<ExchangeError> {
  return lookUp(answering, options).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}

/** A token that can be read, as Microsoft's are. */
function credentials(claims: object): BearerCredentials {
  const token = ['{}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return { type: 'bearer', username: 'qa@contoso.com', appOnly: false, token: async () => token };
}

test('a request says who it is from, and is made in the mailbox of who signed in', async () => {
  const seen: GraphAsked[] = [];
  await using server = await startGraphServer((asked) => {
    seen.push(asked);
    return inbox;
  });
  expect(await server.open().folder('inbox')).toEqual({ id: 'folder-1', name: 'Inbox' });
  expect(server.asked).toEqual(['GET /me/mailFolders/inbox']);
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer one', accept: 'application/json, */*' });
  expect(seen[0]?.headers['user-agent']).toMatch(/^playwright-exchange\/\d+\.\d+\.\d+/);
});

for (const [who, options] of [
  ['an app without a user', { appOnly: true }],
  ['a user in a shared mailbox', { isShared: true }],
] as const) {
  test(`${who} names the mailbox`, async () => {
    await using server = await startGraphServer(() => inbox);
    await server.open({ ...options, address: "o'neil@contoso.com" }).folder('inbox');
    expect(server.asked).toEqual([`GET /users/o'neil@contoso.com/mailFolders/inbox`]);
  });
}

test('a folder is looked up once; one by its path is looked for level by level, page by page', async () => {
  await using server = await startGraphServer(({ path, query }) => {
    if (path === '/me/mailFolders' && !query.has('$skip')) {
      return {
        json: {
          value: [{ id: 'a', displayName: 'A' }],
          '@odata.nextLink': `${server.origin}/v1.0/me/mailFolders?$skip=1`,
        },
      };
    }
    const name = path === '/me/mailFolders' ? 'Projects' : 'Alpha';
    return { json: { value: [{ id: `${name}/1`, displayName: name }] } };
  });
  const transport = server.open();
  expect(await transport.folder(['projects', 'Alpha'])).toEqual({ id: 'Alpha/1', name: 'Alpha' });
  await transport.folder(['projects', 'Alpha']);
  expect(server.asked).toEqual([
    'GET /me/mailFolders',
    'GET /me/mailFolders',
    'GET /me/mailFolders/Projects/1/childFolders',
  ]);
  await expect(transport.folder(['Projects', 'Beta'])).rejects.toMatchObject({
    code: 'FOLDER_NOT_FOUND',
    message: expect.stringContaining('there is no Beta in Projects: there are Alpha'),
  });
});

test('of a link, the host does not count: a token goes to the service only', async () => {
  await using server = await startGraphServer(({ query }) =>
    query.has('$skip')
      ? { json: { value: [{ id: 'b', displayName: 'B' }] } }
      : { json: { value: [], '@odata.nextLink': 'https://elsewhere.invalid/v1.0/me/mailFolders?$skip=1' } },
  );
  expect(await server.open().folder(['B'])).toEqual({ id: 'b', name: 'B' });
});

test('after a 401 the token is renewed, and the request repeated, once', async () => {
  const asked: unknown[] = [];
  const token: BearerCredentials['token'] = async (options) => {
    asked.push(options?.renew);
    return options?.renew ? 'two' : 'one';
  };
  const renewing = { credentials: { ...credentials({}), token } };
  const answering: Answering = ({ headers }) =>
    headers.authorization === 'Bearer two' ? inbox : graphFault(401, 'InvalidAuthenticationToken');
  expect(await lookUp(answering, renewing)).toMatchObject({ id: 'folder-1' });
  expect(asked).toEqual([false, true]);
});

test('a second 401 is AUTH_REFUSED with what Microsoft says, and without the token', async () => {
  await using server = await startGraphServer(() => graphFault(401, 'InvalidAuthenticationToken'));
  const error = await server
    .open()
    .folder('inbox')
    .catch((reason: ExchangeError) => reason);
  expect(error).toMatchObject({ code: 'AUTH_REFUSED', transient: false });
  expect((error as ExchangeError).message.split('\n')[0]).toBe(
    'looking up the folder inbox in the mailbox qa@contoso.com failed: ' +
      '401 InvalidAuthenticationToken: It is InvalidAuthenticationToken. (request-id r-1)',
  );
  expect(server.asked).toHaveLength(2);
});

for (const [status, code, expected] of [
  [403, 'ErrorSendAsDenied', { code: 'ACCESS_DENIED', transient: false }],
  [403, 'ErrorQuotaExceeded', { code: 'ACCESS_DENIED', transient: false }],
  [404, 'ErrorItemNotFound', { code: 'FOLDER_NOT_FOUND', transient: false }],
  [404, 'ErrorFolderNotFound', { code: 'FOLDER_NOT_FOUND', transient: false }],
  [404, 'ErrorInvalidUser', { code: 'MAILBOX_NOT_FOUND', transient: false }],
  [404, 'MailboxNotEnabledForRESTAPI', { code: 'MAILBOX_NOT_FOUND', transient: false }],
  [404, 'ResourceNotFound', { code: 'MAILBOX_NOT_FOUND', transient: false }],
  [413, 'RequestEntityTooLarge', { code: 'PROTOCOL', transient: false }],
  [429, 'ApplicationThrottled', { code: 'SERVER_BUSY', transient: true, retryAfter: 3000 }],
  [503, 'serviceNotAvailable', { code: 'SERVER_BUSY', transient: true, retryAfter: 3000 }],
  [504, 'UnknownError', { code: 'NETWORK', transient: true }],
  [500, 'ErrorInternalServerTransientError', { code: 'NETWORK', transient: true }],
  [400, 'ErrorNobodyHasHeardOf', { code: 'PROTOCOL', transient: false }],
] as const) {
  test(`${status} ${code} is ${expected.code}`, async () => {
    const error = await failure(() => graphFault(status, code, { 'Retry-After': '3' }));
    expect(error).toMatchObject(expected);
    expect(error.message).toContain(`${status} ${code}: It is ${code}. (request-id r-1)`);
  });
}

for (const [title, value] of [
  ['seconds', () => '600'],
  ['a date', () => new Date(Date.now() + 600_500).toUTCString()],
] as const) {
  test(`a throttled request says how long Graph asks to wait, given as ${title}`, async () => {
    const error = await failure(() => graphFault(429, 'TooManyRequests', { 'Retry-After': value() }));
    expect(error.message).toMatch(/\(request-id r-1\), and asks to wait for (600|599) s/);
  });
}

test('a folder that is not found in a shared mailbox may be one that nobody was let into', async () => {
  const missing: Answering = () => graphFault(404, 'ErrorItemNotFound');
  const shared = await failure(missing, { isShared: true });
  expect(shared).toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  expect(shared.advice.at(-1)).toMatch(/Add-MailboxPermission qa@contoso.com -User <user> -AccessRights FullAccess$/);
  const own = await failure(missing);
  expect(own.advice).toEqual(['the mailbox has no such folder, or it was renamed or deleted in the meantime']);
});

test('a gateway that answers with a page of its own is a failure that passes', async () => {
  const page = { status: 502, headers: { 'Content-Type': 'text/html', 'request-id': 'r-2' }, text: '<html>' };
  const error = await failure(() => page);
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  expect(error.message).toContain('failed: 502 (request-id r-2)');
});

const denied: Answering = () => graphFault(403, 'ErrorAccessDenied');

test('where the permission is missing in the token, the error says which, and how to get it', async () => {
  const error = await failure(denied, { credentials: credentials({ scp: 'EWS.AccessAsUser.All User.Read' }) });
  expect(error).toMatchObject({ code: 'AUTH_CONSENT', transient: false });
  expect(error.message).toMatch(/^Consent: looking up .* failed: 403 ErrorAccessDenied/);
  expect(error.advice).toEqual([
    'the token holds EWS.AccessAsUser.All, User.Read, and not Mail.ReadWrite',
    'add the delegated permissions Mail.ReadWrite and Mail.Send of Microsoft Graph to the app registration, and authorise the connection again: the page asks for consent',
    'or an administrator grants them at https://login.microsoftonline.com/contoso.com/adminconsent?client_id=app',
  ]);
});

test('an app that was granted nothing is told so', async () => {
  const error = await failure(denied, { appOnly: true, credentials: credentials({ roles: [] }) });
  expect(error).toMatchObject({ code: 'AUTH_CONSENT' });
  expect(error.advice[0]).toBe('the token holds no permission, and not Mail.ReadWrite');
  expect(error.advice[1]).toContain('application permissions Mail.ReadWrite and Mail.Send');
  expect(error.advice[3]).toContain('RBAC for Applications');
});

for (const [title, options, advice] of [
  [
    'an app that this mailbox leaves out',
    { appOnly: true, credentials: credentials({ roles: ['Mail.ReadWrite', 'Mail.Send'] }) },
    /^let the app into this mailbox/,
  ],
  [
    'a user without access to a shared mailbox',
    { isShared: true, credentials: credentials({ scp: 'Mail.ReadWrite.Shared Mail.Send.Shared' }) },
    /Add-MailboxPermission qa@contoso.com -User <user> -AccessRights FullAccess$/,
  ],
] as const) {
  test(`${title} is ACCESS_DENIED, with what an administrator does`, async () => {
    const error = await failure(denied, options);
    expect(error).toMatchObject({ code: 'ACCESS_DENIED' });
    expect(error.advice[0]).toMatch(advice);
  });
}

test('of a token that cannot be read nothing is said', async () => {
  expect(await failure(denied)).toMatchObject({ code: 'ACCESS_DENIED', advice: [] });
});

test('no more than four requests are under way at once, those within a batch counted', async () => {
  let underWay = 0;
  let most = 0;
  await using server = await startGraphServer(async ({ path }) => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return path.endsWith('$value') ? { text: 'Subject: x\r\n\r\n' } : inbox;
  });
  const transport = server.open();
  const ref = (id: number) => ({ id: String(id), size: 0 }) as MessageRef;
  const lookUps = Array.from({ length: 12 }, (_, index) => transport.fetch([ref(index)]));
  await Promise.all([...lookUps, transport.fetch([1, 2, 3, 4].map(ref)), transport.fetch([ref(5)])]);
  expect(most).toBe(4);
});

test('an abort rejects with its own reason, also while it waits for its turn; closing rejects with CLOSED', async () => {
  await using server = await startGraphServer(() => new Promise(() => {}));
  const transport = server.open();
  const others = ['inbox', 'drafts', 'sentitems', 'junkemail'] as const;
  const stuck = others.map((name) => expect(transport.folder(name)).rejects.toMatchObject({ code: 'CLOSED' }));
  const controller = new AbortController();
  const aborted = transport.folder('deleteditems', { signal: controller.signal });
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  await transport[Symbol.asyncDispose]();
  await Promise.all(stuck);
  await expect(transport.folder('deleteditems')).rejects.toMatchObject({ code: 'CLOSED' });
});
