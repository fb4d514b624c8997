import { expect, test } from '@playwright/test';
import { openNotificationEndpoint, type NotificationEndpoint } from './notification-endpoint.js';
import { documentedOperations, unsupportedOperations, type DocumentedOperation } from './graph-reference/index.js';
import { startGraphServer, type GraphReply, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
let endpoint: NotificationEndpoint;
test.beforeAll(async () => {
  server = await startGraphServer();
  server.deliver();
  endpoint = await openNotificationEndpoint();
});
test.afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await endpoint[Symbol.asyncDispose]();
});

for (const [index, operation] of documentedOperations.entries()) {
  test(`${index + 1}. ${operation.page}: ${operation.ask} is answered as documented`, async () => {
    const { status, properties = [], list, text } = operation;
    const reply = await ask(operation);
    expect(reply.status, reply.text).toBe(status);
    if (status === 202 || status === 204) expect(reply.text).toBe('');
    if (text) expect(reply.text).toMatch(text);
    if (list === 'filled') expect(reply.value).not.toEqual([]);
    for (const each of list ? reply.value : [reply.json])
      expect(Object.keys(each)).toEqual(expect.arrayContaining([...properties]));
  });
}

for (const operation of unsupportedOperations) {
  test(`${operation.page}: ${operation.ask} is refused, and says why`, async () => {
    const reply = await ask(operation);
    expect(reply.status, reply.text).toBe(operation.status);
    expect(reply.code).toEqual(expect.any(String));
  });
}

test('most of the reference for mail, calendars and contacts is answered', () => {
  const pages = (operations: readonly DocumentedOperation[]) => new Set(operations.map(({ page }) => page)).size;
  const description = `${documentedOperations.length} requests of ${pages(documentedOperations)} pages answered as documented, ${unsupportedOperations.length} refused`;
  test.info().annotations.push({ type: 'reference', description });
  process.stdout.write(`Graph's reference for mail, calendars and contacts: ${description}\n`);
  expect(pages(documentedOperations)).toBeGreaterThan(50);
});

async function ask({ ask: what, body, headers, token }: DocumentedOperation): Promise<GraphReply> {
  const filled = await withIds(JSON.stringify({ what, body }));
  const given = JSON.parse(filled) as { readonly what: string; readonly body?: object | string };
  return server.ask(given.what, {
    ...(given.body !== undefined && { body: given.body }),
    ...(headers && { headers }),
    ...(token && { token }),
  });
}

/** Puts ids of things made for it in the place of `{message}` and its like. */
async function withIds(path: string): Promise<string> {
  const ids: Record<string, string> = {};
  let filled = path;
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    if (!(name in makers)) continue;
    ids[name] ??= await makers[name]!(ids);
    filled = filled.replaceAll(`{${name}}`, ids[name]);
  }
  return filled;
}

const made = async (path: string, body: object): Promise<string> => {
  const { json } = await server.ask(`POST ${path}`, { body });
  return String(json['id']);
};

/** What Ann invites to. */
async function invitation(): Promise<string> {
  const subject = `Invitation ${++count}`;
  const body = {
    subject,
    start: { dateTime: '2026-04-16T12:00:00', timeZone: 'UTC' },
    end: { dateTime: '2026-04-16T13:00:00', timeZone: 'UTC' },
    attendees: [{ emailAddress: { address: 'qa@contoso.com' } }],
  };
  await server.ask('POST /me/events', { token: 'ann', body });
  return (await server.ask(`/me/events?$filter=subject eq '${subject}'`)).value[0]!['id'] as string;
}

let count = 0;

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

const makers: Readonly<Record<string, (ids: Record<string, string>) => Promise<string>>> = {
  message: async () => server.idOf(server.deliver({ headers: ['Cc: team@contoso.com'] })),
  draft: () => made('/me/messages', draft),
  folder: () => made('/me/mailFolders', { displayName: `Folder ${++count}` }),
  attached: () => made('/me/messages', { ...draft, attachments: [file] }),
  attachment: async (ids) =>
    (await server.ask(`/me/messages/${ids['attached']}/attachments`)).value[0]!['id'] as string,
  itemAttached: () => made('/me/messages', { ...draft, attachments: [item] }),
  itemAttachment: async (ids) =>
    (await server.ask(`/me/messages/${ids['itemAttached']}/attachments`)).value[0]!['id'] as string,
  extended: () =>
    made('/me/messages', { ...draft, ...bodyOf('extensions'), ...bodyOf('multiValue'), ...bodyOf('singleValue') }),
  endpoint: async () => endpoint.url,
  tomorrow: async () => tomorrow(),
  subscription: () =>
    made('/subscriptions', {
      changeType: 'created',
      notificationUrl: endpoint.url,
      resource: 'me/messages',
      expirationDateTime: tomorrow(),
    }),
  rule: () =>
    made('/me/mailFolders/inbox/messageRules', {
      displayName: 'Ours',
      sequence: 1,
      conditions: { subjectContains: ['x'] },
      actions: { markAsRead: true },
    }),
  event: () =>
    made('/me/events', {
      start: { dateTime: '2026-04-15T12:00:00', timeZone: 'UTC' },
      end: { dateTime: '2026-04-15T13:00:00', timeZone: 'UTC' },
    }),
  series: () =>
    made('/me/events', {
      start: { dateTime: '2026-04-15T12:00:00', timeZone: 'UTC' },
      end: { dateTime: '2026-04-15T13:00:00', timeZone: 'UTC' },
      recurrence: {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'numbered', startDate: '2026-04-15', numberOfOccurrences: 3 },
      },
    }),
  invitation: () => invitation(),
  request: async () => {
    await invitation();
    return (await server.ask('/me/mailFolders/inbox/messages?$top=1')).value[0]!['id'] as string;
  },
  group: async () => (await server.ask('/me/calendarGroups')).value[0]!['id'] as string,
  calendar: () => made('/me/calendars', { name: `Calendar ${++count}` }),
  contact: () => made('/me/contacts', { givenName: 'Ann' }),
  contactFolder: () => made('/me/contactFolders', { displayName: `Folder ${++count}` }),
  category: () => made('/me/outlook/masterCategories', { displayName: `Category ${++count}`, color: 'preset1' }),
  override: () =>
    made('/me/inferenceClassification/overrides', {
      classifyAs: 'other',
      senderEmailAddress: { address: `sender-${++count}@contoso.com` },
    }),
};

const draft = { subject: 'Draft', toRecipients: [{ emailAddress: { address: 'ann@contoso.com' } }] };
const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'menu.txt', contentBytes: 'bWVudQ==' };
const item = {
  '@odata.type': '#microsoft.graph.itemAttachment',
  name: 'A mail',
  item: { '@odata.type': 'microsoft.graph.message', subject: 'Attached' },
};

/** What a documented request puts on a message. */
function bodyOf(name: string): Json {
  const bodies = documentedOperations.map(({ body }) => Object.entries(typeof body === 'object' ? body : {}));
  return Object.fromEntries(bodies.flat().filter(([key]) => key.startsWith(name)));
}
