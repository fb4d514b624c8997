import { expect, test } from '@playwright/test';
import { recipient, startGraphServer, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const at = (dateTime: string, timeZone = 'Europe/Berlin') => ({ dateTime, timeZone });

async function addSeries(pattern: Json, range: Json, fields: Json = {}): Promise<Json> {
  const body = {
    subject: 'Stand-up',
    start: at('2026-10-19T09:00:00'),
    end: at('2026-10-19T09:15:00'),
    recurrence: { pattern, range: { startDate: '2026-10-19', ...range } },
    ...fields,
  };
  const { json, status, text } = await server.ask('POST /me/events', { body });
  expect(status, text).toBe(201);
  return json;
}

const window = 'startDateTime=2026-10-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z';
const startsOf = (value: readonly Json[]) => value.map(({ start }) => (start as Json)['dateTime']);

const none = { month: 0, dayOfMonth: 0, daysOfWeek: [], firstDayOfWeek: 'sunday', index: 'first' };
const noEnd = { type: 'noEnd', endDate: '0001-01-01', numberOfOccurrences: 0 };
for (const [pattern, range] of [
  [{ ...none, type: 'daily', interval: 3 }, noEnd],
  [
    { ...none, type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'monday' },
    { type: 'endDate', endDate: '2026-11-30', numberOfOccurrences: 0 },
  ],
  [
    { ...none, type: 'absoluteMonthly', interval: 1, dayOfMonth: 19 },
    { type: 'numbered', endDate: '0001-01-01', numberOfOccurrences: 12 },
  ],
  [
    {
      ...none,
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      index: 'last',
    },
    noEnd,
  ],
  [{ ...none, type: 'relativeMonthly', interval: 2, daysOfWeek: ['tuesday', 'friday'], index: 'third' }, noEnd],
  [{ ...none, type: 'absoluteYearly', interval: 1, dayOfMonth: 19, month: 10 }, noEnd],
  [{ ...none, type: 'absoluteYearly', interval: 3, dayOfMonth: 19, month: 10 }, noEnd],
  [{ ...none, type: 'relativeYearly', interval: 1, daysOfWeek: ['thursday'], index: 'fourth', month: 11 }, noEnd],
] as const) {
  test(`a pattern of ${pattern.type}, every ${pattern.interval}, with ${range.type} is given back as it was given`, async () => {
    const created = await addSeries(pattern, range);
    const recurrenceTimeZone = 'Europe/Berlin';
    expect(created['recurrence']).toEqual({
      pattern,
      range: { ...range, startDate: '2026-10-19', recurrenceTimeZone },
    });
    expect(created).toMatchObject({ type: 'seriesMaster', seriesMasterId: null });
  });
}

test('a series goes by the clock of its zone, its occurrences are events with ids', async () => {
  const series = await addSeries(
    { type: 'weekly', interval: 1, daysOfWeek: ['Monday'] },
    { type: 'numbered', numberOfOccurrences: 3 },
  );
  const view = await server.ask(`/me/calendarView?${window}`);
  expect(startsOf(view.value)).toEqual([
    '2026-10-19T07:00:00.0000000',
    '2026-10-26T08:00:00.0000000',
    '2026-11-02T08:00:00.0000000',
  ]);
  const second = view.value[1]!;
  expect(second).toMatchObject({
    type: 'occurrence',
    seriesMasterId: series['id'],
    recurrence: null,
    originalStart: '2026-10-26T08:00:00Z',
    occurrenceId: `OID.${String(series['id'])}.2026-10-26`,
  });
  expect(new Set(view.value.map(({ iCalUId }) => iCalUId)).size).toBe(3);
  const instances = await server.ask(`/me/events/${String(series['id'])}/instances?${window}&$select=id,start`);
  expect(instances.value.map(({ id }) => id)).toEqual(view.value.map(({ id }) => id));
  expect((await server.ask(`/me/events/${String(second['id'])}`)).json).toMatchObject({
    id: second['id'],
    start: second['start'],
  });
  expect((await server.ask('/me/events')).value).toHaveLength(1);
  const headers = { Prefer: 'IdType="ImmutableId"' };
  const [immutable] = (await server.ask(`/me/calendarView?${window}`, { headers })).value;
  const read = await server.ask(`/me/events/${String(immutable?.['id'])}`, { headers });
  expect(read.json).toMatchObject({ id: immutable?.['id'], start: immutable?.['start'] });
});

test('an occurrence is taken out of its series', async () => {
  const series = await addSeries({ type: 'daily', interval: 1 }, { type: 'numbered', numberOfOccurrences: 3 });
  const { value } = await server.ask(`/me/calendarView?${window}`);
  expect((await server.ask(`DELETE /me/events/${String(value[1]?.['id'])}`)).status).toBe(204);
  const left = await server.ask(`/me/calendarView?${window}`);
  expect(left.value.map(({ id }) => id)).toEqual([value[0]?.['id'], value[2]?.['id']]);
  expect((await server.ask(`/me/events/${String(value[1]?.['id'])}`)).code).toBe('ErrorItemNotFound');
  const { json } = await server.ask(`/me/events/${String(series['id'])}?$select=cancelledOccurrences`);
  expect(json['cancelledOccurrences']).toEqual([`OID.${String(series['id'])}.2026-10-20`]);
});

test('a series that ends on the day on which clocks change has that day', async () => {
  for (const [day, end] of [
    ['2026-10-24', '2026-10-25'],
    ['2027-03-27', '2027-03-28'],
  ]) {
    const fields = { start: at(`${day}T23:30:00`), end: at(`${day}T23:45:00`) };
    const series = await addSeries(
      { type: 'daily', interval: 1 },
      { type: 'endDate', startDate: day, endDate: end },
      fields,
    );
    const { value } = await server.ask(
      `/me/events/${String(series['id'])}/instances?startDateTime=2026-01-01&endDateTime=2028-01-01`,
    );
    expect(value).toHaveLength(2);
  }
});

test('all attendees have the whole series', async () => {
  const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'] };
  await addSeries(pattern, { type: 'numbered', numberOfOccurrences: 2 }, { attendees: [recipient('ann@contoso.com')] });
  const { value } = await server.ask(`/me/calendarView?${window}`, { token: 'ann' });
  expect(startsOf(value)).toEqual(['2026-10-19T07:00:00.0000000', '2026-10-26T08:00:00.0000000']);
  const [master] = (await server.ask('/me/events', { token: 'ann' })).value;
  expect(master?.['recurrence']).toMatchObject({ pattern: { type: 'weekly', daysOfWeek: ['monday'] } });
});

test('a series without end is seen in pages, however long it goes on', async () => {
  await addSeries({ type: 'daily', interval: 1 }, { type: 'noEnd' });
  const view = '/me/calendarView?startDateTime=2040-01-01T00:00:00Z&endDateTime=2044-12-30T00:00:00Z&$select=start';
  const first = await server.ask(`${view}&$top=1000&$count=true`);
  expect(first.json).toMatchObject({ '@odata.count': 1825, '@odata.nextLink': expect.any(String) });
  expect((await server.ask(String(first.json['@odata.nextLink']))).value).toHaveLength(825);
  const filtered = await server.ask(`${view}&$filter=start/dateTime ge '2044-12-29'&$orderby=start/dateTime desc`);
  expect(startsOf(filtered.value)).toEqual(['2044-12-29T08:00:00.0000000']);
  const tooLong = await server.ask('/me/calendarView?startDateTime=2000-01-01&endDateTime=2044-01-01');
  expect([tooLong.status, tooLong.code]).toEqual([400, 'ErrorInvalidRequest']);
});

test('what is no recurrence is refused', async () => {
  const good = { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd', startDate: '2026-10-19' } };
  for (const recurrence of [
    {},
    { ...good, pattern: { type: 'hourly', interval: 1 } },
    { ...good, pattern: { type: 'daily', interval: 0 } },
    { ...good, pattern: { type: 'daily', interval: 1.5 } },
    { ...good, pattern: { type: 'weekly', interval: 1, daysOfWeek: ['someday'] } },
    { ...good, pattern: { type: 'weekly', interval: 1 } },
    { ...good, pattern: { type: 'absoluteYearly', interval: 1, dayOfMonth: 32, month: 1 } },
    { ...good, range: { type: 'endDate', startDate: '2026-10-19', endDate: '2026-10-18' } },
    { ...good, range: { type: 'numbered', startDate: '2026-10-19', numberOfOccurrences: 0 } },
    { ...good, range: { type: 'noEnd', startDate: 'soon' } },
    { ...good, range: { type: 'noEnd', startDate: '2026-10-20' } },
  ]) {
    const body = { start: at('2026-10-19T09:00:00'), end: at('2026-10-19T10:00:00'), recurrence };
    expect((await server.ask('POST /me/events', { body })).status, JSON.stringify(recurrence)).toBe(400);
  }
  expect((await server.ask('/me/events')).value).toEqual([]);
});

test('an occurrence is changed by itself, and attendees are told of it alone', async () => {
  const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'] };
  const fields = { attendees: [recipient('ann@contoso.com')] };
  const series = await addSeries(pattern, { type: 'numbered', numberOfOccurrences: 3 }, fields);
  const second = (await server.ask(`/me/calendarView?${window}`)).value[1]!;
  const path = `/me/events/${String(second['id'])}`;
  const body = { subject: 'Moved', start: at('2026-10-27T10:00:00'), end: at('2026-10-27T10:15:00') };
  const changed = await server.ask(`PATCH ${path}`, { body });
  expect(changed.json, changed.text).toMatchObject({
    id: second['id'],
    type: 'exception',
    subject: 'Moved',
    start: { dateTime: '2026-10-27T09:00:00.0000000' },
    originalStart: '2026-10-26T08:00:00Z',
    seriesMasterId: series['id'],
  });
  for (const token of ['user', 'ann']) {
    const { value } = await server.ask(`/me/calendarView?${window}`, { token });
    expect(value.map(({ subject, type }) => [subject, type])).toEqual([
      ['Stand-up', 'occurrence'],
      ['Moved', 'exception'],
      ['Stand-up', 'occurrence'],
    ]);
  }
  const crossing = { start: at('2026-11-02T08:00:00'), end: at('2026-11-02T08:15:00') };
  expect((await server.ask(`PATCH ${path}`, { body: crossing })).code).toBe('ErrorOccurrenceCrossingBoundary');
  expect((await server.ask(`POST ${path}/cancel`, { body: {} })).status).toBe(202);
  expect((await server.ask(`/me/calendarView?${window}`)).value).toHaveLength(2);
  const theirs = (await server.ask(`/me/calendarView?${window}`, { token: 'ann' })).value;
  expect(theirs.map(({ isCancelled }) => isCancelled)).toEqual([false, true, false]);
});

test('a single occurrence is declined', async () => {
  const pattern = { type: 'daily', interval: 1 };
  const fields = { attendees: [recipient('ann@contoso.com')] };
  const series = await addSeries(pattern, { type: 'numbered', numberOfOccurrences: 3 }, fields);
  const [first] = (await server.ask(`/me/calendarView?${window}`, { token: 'ann' })).value;
  const declined = await server.ask(`POST /me/events/${String(first?.['id'])}/decline`, { token: 'ann', body: {} });
  expect(declined.status, declined.text).toBe(202);
  expect((await server.ask(`/me/calendarView?${window}`, { token: 'ann' })).value).toHaveLength(2);
  const answers = (await server.ask(`/me/events/${String(series['id'])}/instances?${window}`)).value.map(
    ({ attendees }) => (attendees as { status: Json }[])[0]?.status['response'],
  );
  expect(answers).toEqual(['declined', 'none', 'none']);
});
