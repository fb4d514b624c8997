import { expect, test } from '@playwright/test';
import { openNotificationEndpoint } from './notification-endpoint.js';
import { recipient, startGraphServer, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const at = (dateTime: string, timeZone = 'UTC') => ({ dateTime, timeZone });

function addEvent(fields: Json = {}, path = '/me/events') {
  const body = {
    subject: 'Lunch',
    start: at('2026-07-01T12:00:00'),
    end: at('2026-07-01T13:00:00'),
    ...fields,
  };
  return server.ask(`POST ${path}`, { body });
}

test('an event is kept among the items that EWS shows, and given back in the zone that is asked for', async () => {
  const created = await addEvent({
    start: at('2026-07-01T12:00:00', 'W. Europe Standard Time'),
    end: at('2026-07-01T13:30:00', 'Europe/Berlin'),
    location: { displayName: 'Canteen' },
    body: { contentType: 'text', content: 'Soup' },
    attendees: [{ ...recipient('ann@contoso.com'), type: 'optional' }],
    showAs: 'tentative',
    isAllDay: false,
  });
  expect(created.status, created.text).toBe(201);
  expect(created.json).toMatchObject({
    subject: 'Lunch',
    bodyPreview: 'Soup',
    start: at('2026-07-01T10:00:00.0000000'),
    end: at('2026-07-01T11:30:00.0000000'),
    originalStartTimeZone: 'W. Europe Standard Time',
    location: { displayName: 'Canteen' },
    attendees: [{ type: 'optional', emailAddress: { address: 'ann@contoso.com' } }],
    organizer: { emailAddress: { address: 'qa@contoso.com' } },
    isOrganizer: true,
    showAs: 'tentative',
    type: 'singleInstance',
    responseStatus: { response: 'organizer' },
  });
  const [item] = server.store.account('qa@contoso.com').otherFolder('calendar')!.messages;
  expect(Object.fromEntries(item!.properties)).toMatchObject({
    'item:ItemClass': 'IPM.Appointment',
    'calendar:Start': '2026-07-01T10:00:00.000Z',
    'calendar:End': '2026-07-01T11:30:00.000Z',
    'calendar:Location': 'Canteen',
  });
  const headers = { Prefer: 'outlook.timezone="Tokyo Standard Time"' };
  const read = await server.ask(`/me/events/${String(created.json['id'])}`, { headers });
  expect(read.json).toMatchObject({ start: at('2026-07-01T19:00:00.0000000', 'Tokyo Standard Time') });
});

test('an event is changed and deleted', async () => {
  const id = String((await addEvent()).json['id']);
  const body = { subject: 'Dinner', end: at('2026-07-01T20:00:00') };
  const changed = await server.ask(`PATCH /me/events/${id}`, { body });
  expect(changed.json).toMatchObject({ id, subject: 'Dinner', end: at('2026-07-01T20:00:00.0000000') });
  expect((await server.ask(`DELETE /me/events/${id}`)).status).toBe(204);
  expect((await server.ask(`/me/events/${id}`)).code).toBe('ErrorItemNotFound');
  expect((await server.ask('/me/events')).value).toEqual([]);
});

test('a view shows what touches its time, in the order of the beginnings', async () => {
  for (const [subject, day] of [
    ['Late', '03'],
    ['Early', '01'],
    ['Outside', '09'],
  ])
    await addEvent({ subject, start: at(`2026-07-${day}T12:00:00`), end: at(`2026-07-${day}T13:00:00`) });
  const view = '/me/calendarView?startDateTime=2026-07-01T12:30:00Z&endDateTime=2026-07-04T00:00:00Z&$select=subject';
  expect((await server.ask(view)).value.map(({ subject }) => subject)).toEqual(['Early', 'Late']);
  expect((await server.ask('/me/calendarView')).status).toBe(400);
  const list = "/me/events?$filter=start/dateTime ge '2026-07-02'&$orderby=start/dateTime desc&$top=1&$count=true";
  const page = await server.ask(list);
  expect(page.value.map(({ subject }) => subject)).toEqual(['Outside']);
  expect(page.json).toMatchObject({ '@odata.count': 2, '@odata.nextLink': expect.any(String) });
});

test('what is no event is refused', async () => {
  expect((await addEvent({ end: at('2026-07-01T11:00:00') })).status).toBe(400);
  expect((await addEvent({ start: at('noon') })).status).toBe(400);
  expect((await addEvent({ start: undefined })).status).toBe(400);
  for (const wrong of [
    { colour: 'red' },
    { importance: 'constructor' },
    { showAs: 'constructor' },
    { sensitivity: 'toString' },
    { attendees: [{ ...recipient('ann@contoso.com'), type: 'constructor' }] },
    { location: 'Canteen' },
    { extensions: [{ extensionName: 'x' }] },
    { reminderMinutesBeforeStart: 'soon' },
  ])
    expect((await addEvent(wrong)).status, JSON.stringify(wrong)).toBe(400);
  expect((await server.ask('/me/events', { token: 'reader' })).code).toBe('ErrorAccessDenied');
  expect((await server.ask('/me/events')).value).toEqual([]);
});

test('another calendar has its own events, and goes with them', async () => {
  const { json } = await server.ask('POST /me/calendars', { body: { name: 'Team' } });
  const path = `/me/calendars/${String(json['id'])}`;
  await addEvent({ subject: 'Standup' }, `${path}/events`);
  expect((await server.ask(`${path}/events`)).value).toEqual([expect.objectContaining({ subject: 'Standup' })]);
  expect((await server.ask('/me/events')).value).toEqual([]);
  expect((await server.ask('/me/calendars')).value.map(({ name }) => name)).toEqual(['Calendar', 'Team']);
  const renamed = (name: string) => server.ask(`PATCH ${path}`, { body: { name } });
  expect((await renamed('TEAM')).json['name']).toBe('TEAM');
  expect(await renamed('calendar')).toMatchObject({ status: 409, code: 'ErrorFolderExists' });
  expect((await server.ask(`DELETE ${path}`)).status).toBe(204);
  expect((await server.ask(`${path}/events`)).code).toBe('ErrorItemNotFound');
});

test('who subscribed to events is notified of them', async () => {
  await using endpoint = await openNotificationEndpoint();
  const body = {
    changeType: 'created',
    notificationUrl: endpoint.url,
    resource: 'me/events',
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
  };
  expect((await server.ask('POST /subscriptions', { body })).status).toBe(201);
  const { json } = await addEvent();
  await expect.poll(() => endpoint.told).toHaveLength(1);
  expect(endpoint.told[0]?.['resourceData']).toMatchObject({ '@odata.type': '#Microsoft.Graph.Event', id: json['id'] });
});

for (const [zone, utc] of [
  ['W. Europe Standard Time', '10:00'],
  ['Europe/Berlin', '10:00'],
  ['US/Pacific', '19:00'],
  ['tzone://Microsoft/Utc', '12:00'],
] as const)
  test(`${zone} is a time zone`, async () => {
    const { json } = await addEvent({ start: at('2026-07-01T12:00:00', zone), end: at('2026-07-01T13:00:00', zone) });
    expect(json).toMatchObject({ start: at(`2026-07-01T${utc}:00.0000000`), originalStartTimeZone: zone });
  });

test('what is no time zone is refused, in events and in preferences', async () => {
  for (const zone of ['Greenwich Mean Time', '', '+02:00', 'constructor'])
    expect((await addEvent({ start: at('2026-07-01T12:00:00', zone) })).code).toBe('TimeZoneNotSupportedException');
  const headers = { Prefer: 'outlook.timezone="Greenwich Mean Time"' };
  expect((await server.ask('/me/events', { headers })).code).toBe('TimeZoneNotSupportedException');
});

test('an event of whole days is of the same days in every zone', async () => {
  const days = { start: at('2026-07-01T00:00:00', 'Europe/Berlin'), end: at('2026-07-02T00:00:00', 'Europe/Berlin') };
  const { json } = await addEvent({ isAllDay: true, ...days });
  const headers = { Prefer: 'outlook.timezone="Tokyo Standard Time"' };
  const read = await server.ask(`/me/events/${String(json['id'])}`, { headers });
  expect(read.json['start']).toEqual(at('2026-07-01T00:00:00.0000000', 'Tokyo Standard Time'));
  expect(read.headers.get('Preference-Applied')).toBe('outlook.timezone="Tokyo Standard Time"');
  for (const wrong of [{}, { ...days, end: days.start }]) {
    const refused = await addEvent({ isAllDay: true, ...wrong });
    expect([refused.status, refused.code]).toEqual([400, 'ErrorInvalidRequest']);
  }
});

test('what a client says of places is given back', async () => {
  const places = [{ displayName: 'Canteen', address: { city: 'Bonn' } }, { displayName: 'Online' }];
  const { json } = await addEvent({ locations: places });
  expect(json['locations']).toMatchObject(places);
  expect(json['location']).toMatchObject({ displayName: 'Canteen; Online' });
});

test('an event has files and extensions', async () => {
  const extension = { '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: 'Com.Contoso.Room', floor: 2 };
  const { json } = await addEvent({ extensions: [extension] });
  const path = `/me/events/${String(json['id'])}`;
  const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'menu.txt', contentBytes: 'bWVudQ==' };
  expect((await server.ask(`POST ${path}/attachments`, { body: file })).status).toBe(201);
  const { json: whole } = await server.ask(`${path}?$expand=attachments,extensions`);
  expect(whole).toMatchObject({
    hasAttachments: true,
    attachments: [{ name: 'menu.txt' }],
    extensions: [{ floor: 2 }],
  });
});
