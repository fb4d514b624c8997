import { expect, test } from '@playwright/test';
import { startGraphServer, type GraphServer } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeAll(async () => {
  server = await startGraphServer();
});
test.afterAll(() => server[Symbol.asyncDispose]());

const times = {
  start: { dateTime: '2026-07-01T12:00:00', timeZone: 'UTC' },
  end: { dateTime: '2026-07-01T13:00:00', timeZone: 'UTC' },
};
const literal = (value: string, type: string) =>
  `Cannot convert the literal '${value}' to the expected type '${type}'.`;
const node = (found: string, name: string, wanted: string) =>
  `An unexpected '${found}' node was found for property named '${name}' when reading from the JSON reader. A '${wanted}' node was expected.`;
const noNull = (type: string) =>
  `A null value was found with the expected type '${type}[Nullable=False]'. The expected type '${type}[Nullable=False]' does not allow null values.`;

const wrong: readonly (readonly [resource: string, json: object, message: string])[] = [
  ['messages', { subject: 5 }, literal('5', 'Edm.String')],
  ['messages', { subject: true }, literal('True', 'Edm.String')],
  ['messages', { subject: ['one'] }, node('StartArray', 'subject', 'PrimitiveValue')],
  ['messages', { isRead: 'yes' }, literal('yes', 'Edm.Boolean')],
  ['messages', { body: 'text' }, node('PrimitiveValue', 'body', 'StartObject')],
  ['messages', { body: { contentType: 'text', content: 5 } }, literal('5', 'Edm.String')],
  ['messages', { toRecipients: {} }, node('StartObject', 'toRecipients', 'StartArray')],
  [
    'messages',
    { toRecipients: [{ emailAddress: 'a@contoso.com' }] },
    node('PrimitiveValue', 'emailAddress', 'StartObject'),
  ],
  ['messages', { toRecipients: [{ EmailAddress: { Address: 5 } }] }, literal('5', 'Edm.String')],
  ['messages', { categories: [1] }, literal('1', 'Edm.String')],
  ['messages', { categories: ['Red', null] }, noNull('Edm.String')],
  ['messages', { flag: 'flagged' }, node('PrimitiveValue', 'flag', 'StartObject')],
  ['messages', { receivedDateTime: 'today' }, literal('today', 'Edm.DateTimeOffset')],
  ['events', { ...times, subject: 5 }, literal('5', 'Edm.String')],
  ['events', { ...times, isAllDay: 'true' }, literal('true', 'Edm.Boolean')],
  ['events', { ...times, reminderMinutesBeforeStart: 1.5 }, literal('1.5', 'Edm.Int32')],
  ['events', { ...times, location: 'Room 1' }, node('PrimitiveValue', 'location', 'StartObject')],
  ['events', { ...times, location: { displayName: 1 } }, literal('1', 'Edm.String')],
  ['events', { ...times, categories: [null] }, noNull('Edm.String')],
  ['events', { ...times, attendees: {} }, node('StartObject', 'attendees', 'StartArray')],
  ['events', { ...times, start: '2026-07-01T12:00:00' }, node('PrimitiveValue', 'start', 'StartObject')],
  ['contacts', { givenName: 5 }, literal('5', 'Edm.String')],
  ['contacts', { personalNotes: 5 }, literal('5', 'Edm.String')],
  ['contacts', { birthday: 'in May' }, literal('in May', 'Edm.DateTimeOffset')],
  ['contacts', { emailAddresses: ['a@contoso.com'] }, node('PrimitiveValue', 'emailAddresses', 'StartObject')],
  ['contacts', { categories: [null] }, noNull('Edm.String')],
  ['contacts', { businessPhones: '1' }, node('PrimitiveValue', 'businessPhones', 'StartArray')],
  ['contacts', { homeAddress: { city: 1 } }, literal('1', 'Edm.String')],
  ['mailFolders', { displayName: 5 }, literal('5', 'Edm.String')],
  ['calendars', { name: 5 }, literal('5', 'Edm.String')],
  ['contactFolders', { displayName: [] }, node('StartArray', 'displayName', 'PrimitiveValue')],
];

for (const [resource, json, message] of wrong) {
  test(`a property of the wrong kind is refused: ${resource} ${JSON.stringify(json)}`, async () => {
    const refused = await server.ask(`POST /me/${resource}`, { body: json });
    expect(refused).toMatchObject({ status: 400, code: 'RequestBodyRead' });
    expect((refused.json['error'] as { message: string }).message).toBe(message);
  });
}

test('nothing of what is refused is kept', async () => {
  for (const resource of ['messages', 'events', 'contacts', 'contactFolders'])
    expect((await server.ask(`/me/${resource}`)).value, resource).toEqual([]);
});

test('a change is refused as a whole', async () => {
  const { json } = await server.ask('POST /me/messages', { body: { subject: 'Kept' } });
  const path = `/me/messages/${String(json['id'])}`;
  const change = { subject: 'Changed', isRead: 1 };
  expect(await server.ask(`PATCH ${path}`, { body: change })).toMatchObject({ status: 400, code: 'RequestBodyRead' });
  expect((await server.ask(path)).json).toMatchObject({ subject: 'Kept' });
  expect((await server.ask(`DELETE ${path}`)).status).toBe(204);
});

for (const resource of ['message', 'event', 'contact']) {
  test(`a property that is none of a ${resource}'s is refused in the same words`, async () => {
    const refused = await server.ask(`POST /me/${resource}s`, {
      body: { ...(resource === 'event' && times), colour: 'red' },
    });
    expect(refused).toMatchObject({ status: 400, code: 'RequestBodyRead' });
    expect(refused.text).toContain(
      `The property 'colour' does not exist on type 'microsoft.graph.${resource}'. Make sure to only use property names that are defined by the type.`,
    );
  });
}
