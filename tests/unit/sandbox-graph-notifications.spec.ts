import { expect, test } from '@playwright/test';
import { openNotificationEndpoint, type EndpointBehaviour } from './notification-endpoint.js';
import { startGraphServer, type AskOptions, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

function subscribe(notificationUrl: string, fields: Json = {}, options: AskOptions = {}) {
  const body = {
    changeType: 'created,updated,deleted',
    notificationUrl,
    resource: "me/mailFolders('inbox')/messages",
    expirationDateTime: inAnHour(),
    clientState: 'ours',
    ...fields,
  };
  return server.ask('POST /subscriptions', { body, ...options });
}

test('a change is notified of as Microsoft documents it, once the endpoint has given the token back', async () => {
  await using endpoint = await openNotificationEndpoint();
  const created = await subscribe(endpoint.url);
  expect(created.status, created.text).toBe(201);
  expect(created.json).toMatchObject({
    '@odata.context': `${server.origin}/v1.0/$metadata#subscriptions/$entity`,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    resource: "me/mailFolders('inbox')/messages",
    applicationId: 'tests',
    changeType: 'created,updated,deleted',
    clientState: 'ours',
    notificationUrl: endpoint.url,
    lifecycleNotificationUrl: null,
    latestSupportedTlsVersion: 'v1_2',
  });
  const message = server.deliver();
  const id = server.idOf(message);
  await expect.poll(() => endpoint.told).toHaveLength(1);
  const { id: user } = (await server.ask('/me')).json;
  const resource = `Users/${String(user)}/Messages/${id}`;
  expect(endpoint.told).toEqual([
    {
      subscriptionId: created.json['id'],
      subscriptionExpirationDateTime: created.json['expirationDateTime'],
      clientState: 'ours',
      tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      changeType: 'created',
      resource,
      resourceData: {
        '@odata.type': '#Microsoft.Graph.Message',
        '@odata.id': resource,
        '@odata.etag': expect.stringMatching(/^W\/"/),
        id,
      },
    },
  ]);
  await server.ask(`PATCH /me/messages/${id}`, { body: { isRead: true } });
  await server.ask(`DELETE /me/messages/${id}`);
  await expect.poll(() => endpoint.told.map(({ changeType }) => changeType)).toEqual(['created', 'updated', 'deleted']);
  expect((await server.ask(`/${resource}`)).code).toBe('ErrorItemNotFound');
});

const unready: Readonly<Record<string, EndpointBehaviour['validate'] & object>> = {
  'gives something else back': (response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end('ok'),
  'gives it as HTML': (response, token) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(token),
  'gives it encoded': (response, token) =>
    void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(encodeURIComponent(token)),
  'answers 202': (response, token) => void response.writeHead(202, { 'Content-Type': 'text/plain' }).end(token),
  'answers 404': (response) => void response.writeHead(404).end(),
  'sends it elsewhere': (response) => void response.writeHead(307, { Location: '/elsewhere' }).end(),
};

for (const [name, validate] of Object.entries(unready)) {
  test(`an endpoint that ${name} is not subscribed`, async () => {
    await using endpoint = await openNotificationEndpoint({ validate });
    expect(await subscribe(endpoint.url)).toMatchObject({ status: 400, code: 'ValidationError' });
    expect((await server.ask('/subscriptions')).value).toEqual([]);
  });
}

test('the endpoint for the life of the subscription has to be ready too', async () => {
  await using endpoint = await openNotificationEndpoint();
  await using other = await openNotificationEndpoint({ validate: unready['answers 404']! });
  const answer = await subscribe(endpoint.url, { lifecycleNotificationUrl: other.url });
  expect(answer).toMatchObject({ status: 400, code: 'ValidationError' });
});

test('no endpoint but one of this machine is ever asked', async () => {
  for (const url of [
    'https://contoso.com/hook',
    'http://127.0.0.1.contoso.com/',
    'ftp://127.0.0.1/',
    'http://10.0.0.1/',
  ])
    expect(await subscribe(url)).toMatchObject({ status: 400, code: 'InvalidRequest' });
});

test('what is no subscription is refused, and what is too long for one', async () => {
  await using endpoint = await openNotificationEndpoint();
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  for (const [fields, code] of [
    [{ changeType: 'moved' }, 'InvalidRequest'],
    [{ resource: 'me/drive/root' }, 'InvalidRequest'],
    [{ resource: undefined }, 'InvalidRequest'],
    [{ clientState: 'x'.repeat(129) }, 'InvalidRequest'],
    [{ expirationDateTime: days(-1) }, 'InvalidRequest'],
    [{ expirationDateTime: days(3) }, 'ExtensionError'],
    [{ includeResourceData: true }, 'NotImplemented'],
    [{ resource: 'users/other@contoso.com/messages' }, 'ExtensionError'],
  ] as const)
    expect((await subscribe(endpoint.url, fields)).code).toBe(code);
});

test('what would end sooner lives for 45 minutes', async () => {
  await using endpoint = await openNotificationEndpoint();
  const soon = new Date(Date.now() + 60_000).toISOString();
  const { json } = await subscribe(endpoint.url, { expirationDateTime: soon });
  expect(Date.parse(String(json['expirationDateTime']))).toBeGreaterThan(Date.now() + 44 * 60_000);
});

test('a subscription is listed, read, renewed and deleted, and then notifies no more', async () => {
  await using endpoint = await openNotificationEndpoint();
  const { json } = await subscribe(endpoint.url);
  const path = `/subscriptions/${String(json['id'])}`;
  expect((await server.ask('/subscriptions')).value).toHaveLength(1);
  expect((await server.ask('/subscriptions', { token: 'app' })).value).toEqual([]);
  expect((await server.ask(path)).json).toMatchObject({ id: json['id'] });
  const later = new Date(Date.now() + 7_200_000).toISOString();
  const renewed = await server.ask(`PATCH ${path}`, { body: { expirationDateTime: later } });
  expect(renewed).toMatchObject({ status: 200, json: { expirationDateTime: later } });
  expect((await server.ask(`POST ${path}/reauthorize`)).status).toBe(204);
  expect((await server.ask(`DELETE ${path}`)).status).toBe(204);
  expect((await server.ask(path)).code).toBe('ResourceNotFound');
  await subscribe(endpoint.url, { clientState: 'second' });
  server.deliver();
  await expect.poll(() => endpoint.told).toEqual([expect.objectContaining({ clientState: 'second' })]);
});

test('only the changes that were asked for are notified of, of all folders or of one', async () => {
  await using endpoint = await openNotificationEndpoint();
  await subscribe(endpoint.url, { changeType: 'created', resource: '/me/messages', clientState: 'all' });
  await subscribe(endpoint.url, { changeType: 'deleted', clientState: 'inbox' });
  const message = server.deliver();
  await server.ask(`POST /me/messages/${server.idOf(message)}/move`, { body: { destinationId: 'archive' } });
  const seen = () =>
    endpoint.told.map(({ clientState, changeType }) => `${String(clientState)} ${String(changeType)}`).toSorted();
  await expect.poll(seen).toEqual(['all created', 'all created', 'inbox deleted']);
});

test('with a filter, a message that passes it counts as created, and one that no longer does as deleted', async () => {
  await using endpoint = await openNotificationEndpoint();
  const first = server.deliver();
  const created = await subscribe(endpoint.url, { resource: 'me/messages?$filter=isRead eq false' });
  expect(created.status, created.text).toBe(201);
  const mark = (isRead: boolean) => server.ask(`PATCH /me/messages/${server.idOf(first)}`, { body: { isRead } });
  await mark(true);
  await server.ask(`PATCH /me/messages/${server.idOf(first)}`, { body: { categories: ['Red'] } });
  await mark(false);
  await server.ask(`PATCH /me/messages/${server.idOf(first)}`, { body: { categories: [] } });
  await expect.poll(() => endpoint.told.map(({ changeType }) => changeType)).toEqual(['deleted', 'created', 'updated']);
});

test('a notification is sent again until it is taken, and the next ones wait for it', async () => {
  await using endpoint = await openNotificationEndpoint({
    answer: (response, number) => void response.writeHead(number < 3 ? 503 : 202).end(),
  });
  await subscribe(endpoint.url);
  server.deliver();
  server.deliver();
  await expect.poll(() => endpoint.told).toHaveLength(2);
  expect(endpoint.requests).toBe(3);
});

test('an app is told that notifications were lost, and that its subscription is gone', async () => {
  await using endpoint = await openNotificationEndpoint();
  const { json } = await subscribe(endpoint.url, { lifecycleNotificationUrl: endpoint.url });
  server.faults.losePushes = 1;
  server.deliver();
  await expect.poll(() => endpoint.told).toHaveLength(1);
  server.forgetSubscriptions();
  await expect.poll(() => endpoint.told).toHaveLength(2);
  const lifecycle = {
    subscriptionId: json['id'],
    subscriptionExpirationDateTime: json['expirationDateTime'],
    clientState: 'ours',
    tenantId: expect.any(String),
  };
  expect(endpoint.told).toEqual([
    { ...lifecycle, lifecycleEvent: 'missed' },
    { ...lifecycle, lifecycleEvent: 'subscriptionRemoved' },
  ]);
  expect((await server.ask('/subscriptions')).value).toEqual([]);
});

test('an app is asked for another token before its own ends', async () => {
  await using endpoint = await openNotificationEndpoint();
  await subscribe(endpoint.url, { lifecycleNotificationUrl: endpoint.url }, { token: 'brief' });
  await expect
    .poll(() => endpoint.told)
    .toEqual([expect.objectContaining({ lifecycleEvent: 'reauthorizationRequired', clientState: 'ours' })]);
});

test('ids are those that the subscription asked for', async () => {
  await using endpoint = await openNotificationEndpoint();
  await subscribe(endpoint.url, { resource: 'me/messages' }, { headers: { Prefer: 'IdType="ImmutableId"' } });
  server.deliver();
  await expect.poll(() => endpoint.told).toHaveLength(1);
  expect(endpoint.told[0]?.['resourceData']).toMatchObject({ id: expect.stringMatching(/^AAkALgAA/) });
});
