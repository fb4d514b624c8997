import { expect, test } from '@playwright/test';
import { recipient, startGraphServer, subjectsIn, type GraphServer } from './sandbox-graph-server.js';

interface StepAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function batch(server: GraphServer, requests: readonly object[], token = 'user'): Promise<StepAnswer[]> {
  const { status, json } = await server.ask('POST /$batch', { body: { requests }, token });
  expect(status).toBe(200);
  return json['responses'] as StepAnswer[];
}

function get(id: string, url: string, more: object = {}): object {
  return { id, method: 'GET', url, ...more };
}

const json = { 'Content-Type': 'application/json' };

test('each request of a batch has a status, headers and a body of its own', async () => {
  await using server = await startGraphServer();
  const message = server.deliver();
  const id = server.idOf(message);
  const answers = await batch(server, [
    get('a', `/me/messages/${id}?$select=subject`),
    get('b', `me/messages/${id}/$value`),
    get('c', '/me/messages/abc'),
    { id: 'd', method: 'PATCH', url: `/me/messages/${id}`, headers: json, body: { isRead: true } },
    { id: 'e', method: 'DELETE', url: `/me/messages/${id}` },
  ]);
  expect(answers.map((answer) => [answer.id, answer.status])).toEqual([
    ['a', 200],
    ['b', 200],
    ['c', 400],
    ['d', 200],
    ['e', 204],
  ]);
  expect(answers[0]?.body).toMatchObject({ id, subject: 'Hello' });
  expect(answers[0]?.headers['Content-Type']).toMatch(/^application\/json/);
  expect(answers[1]?.body, 'what is no JSON is base64').toBe(message.source.toString('base64'));
  expect(answers[2]?.body).toMatchObject({ error: { code: 'ErrorInvalidIdMalformed' } });
  expect(answers[4]).not.toHaveProperty('body');
});

test('requests run after those that they depend on, and not at all where one of those has failed', async () => {
  await using server = await startGraphServer();
  const made = { method: 'POST', url: '/me/mailFolders', headers: json, body: { displayName: 'Made' } };
  const answers = await batch(server, [
    get('later', "/me/mailFolders?$filter=displayName eq 'Made'", { dependsOn: ['made'] }),
    { id: 'made', ...made },
    { id: 'again', ...made, dependsOn: ['later'] },
    get('last', '/me', { dependsOn: ['again'] }),
  ]);
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  expect(byId.get('later')?.body).toMatchObject({ value: [{ displayName: 'Made' }] });
  expect(byId.get('again')?.status).toBe(409);
  expect(byId.get('last')).toMatchObject({ status: 424, body: { error: { code: 'FailedDependency' } } });
});

test('MIME is sent in a batch too, as a text', async () => {
  await using server = await startGraphServer();
  const mime = 'To: other@contoso.com\r\nSubject: MIME\r\n\r\nHello\r\n';
  const [asText, asJson] = await batch(server, [
    {
      id: '1',
      method: 'POST',
      url: '/me/sendMail',
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from(mime).toString('base64'),
    },
    {
      id: '2',
      method: 'POST',
      url: '/me/sendMail',
      headers: json,
      body: { message: { subject: 'JSON', toRecipients: [recipient('other@contoso.com')] } },
    },
  ]);
  expect([asText?.status, asJson?.status]).toEqual([202, 202]);
  expect(new Set(await subjectsIn(server, 'inbox', 'other@contoso.com'))).toEqual(new Set(['JSON', 'MIME']));
});

test("permissions and throttling are each request's own", async () => {
  await using server = await startGraphServer();
  server.faults.throttleGraph = { times: 1, retryAfterSeconds: 5 };
  const answers = await batch(
    server,
    [
      get('1', '/me/messages'),
      get('2', '/me/messages'),
      { id: '3', method: 'POST', url: '/me/sendMail', headers: json, body: {} },
    ],
    'reader',
  );
  expect(answers.map(({ status }) => status)).toEqual([429, 200, 403]);
  expect(answers[0]?.headers['Retry-After']).toBe('5');
});

test('the requests of a batch count one after the other among those under way', async () => {
  await using server = await startGraphServer();
  server.faults.maxGraphRequests = 1;
  const answers = await batch(server, [get('1', '/me/messages'), get('2', '/me/messages')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  server.faults.maxGraphRequests = 0;
  const [refused] = await batch(server, [get('1', '/me/messages')]);
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'ApplicationThrottled' } } });
});

test.describe('a batch is refused whole', () => {
  const me = (id: string) => get(id, '/me');
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['without requests', undefined, 'Invalid batch payload format'],
    ['that is empty', [], 'Invalid batch payload format'],
    ['of more than 20', Array.from({ length: 21 }, (_, index) => me(String(index))), 'maximum value of 20'],
    ['with a request that has no id', [{ method: 'GET', url: '/me' }], "needs an 'id'"],
    ['with an id twice', [me('1'), me('1')], 'have to be unique'],
    ['that depends on what is not there', [get('1', '/me', { dependsOn: ['2'] })], "no request '2'"],
    [
      'that depends on itself',
      [get('1', '/me', { dependsOn: ['2'] }), get('2', '/me', { dependsOn: ['1'] })],
      'in a circle',
    ],
    ['with a body of no type', [{ id: '1', method: 'POST', url: '/me/sendMail', body: {} }], 'Write request id : 1 '],
    [
      'with an action of no body',
      [{ id: '1', method: 'POST', url: '/me/sendMail', headers: json }],
      'Write request id',
    ],
  ];
  for (const [what, requests, message] of cases) {
    test(what, async () => {
      await using server = await startGraphServer();
      const answer = await server.ask('POST /$batch', { body: { requests } });
      expect(answer).toMatchObject({ status: 400, code: 'BadRequest' });
      expect(answer.text).toContain(message);
    });
  }
});
