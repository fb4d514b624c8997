import { expect, test } from '@playwright/test';
import { readMeeting } from '../../src/sandbox/calendar/read-meeting.js';
import { fromLocal, toLocal } from '../../src/sandbox/calendar/zoned-time.js';
import { recurrenceOf, ruleOf } from '../../src/sandbox/calendar/recurrence-rule.js';
import { codes, startEwsServer, texts } from './sandbox-ews-server.js';

const lines = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@contoso.com',
  'DTSTART;TZID=W. Europe Standard Time:20261102T090000',
  'DTEND;TZID=W. Europe Standard Time:20261102T100000',
  'RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO',
  'SUMMARY:Grüße',
  'ORGANIZER:mailto:App@contoso.com',
  'ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Qa:mailto:qa@contoso.com',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

function mailWith(calendar: string, headers: string[] = []): Buffer {
  const type = 'Content-Type: text/calendar; charset=utf-8; method=REQUEST';
  return Buffer.from(['From: app@contoso.com', 'Subject: Grüße', type, ...headers, '', calendar].join('\r\n'));
}

test('an invitation that comes by mail is a MeetingRequest, and in the calendar, once an occurrence', async () => {
  await using server = await startEwsServer();
  server.store.deliver({ to: ['qa+tag@contoso.com'], source: mailWith(lines) });
  const shape = '<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>';
  const inbox = '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds>';
  const found = await server.call(`<m:FindItem Traversal="Shallow">${shape}${inbox}</m:FindItem>`);
  expect(texts(found, 'ItemClass')).toEqual(['IPM.Schedule.Meeting.Request']);
  expect([...texts(found, 'MeetingRequestType'), ...texts(found, 'Start')]).toEqual([
    'NewMeetingRequest',
    '2026-11-02T08:00:00Z',
  ]);
  const view = '<m:CalendarView StartDate="2026-11-01T00:00:00Z" EndDate="2026-11-12T00:00:00Z"/>';
  const calendar = inbox.replace('inbox', 'calendar');
  const seen = await server.call(`<m:FindItem Traversal="Shallow">${shape}${view}${calendar}</m:FindItem>`);
  expect(texts(seen, 'Start')).toEqual(['2026-11-02T08:00:00Z', '2026-11-09T08:00:00Z']);
  expect(texts(seen, 'MyResponseType')).toEqual(['NoResponseReceived', 'NoResponseReceived']);
  const inMail = await server.call(`<m:FindItem Traversal="Shallow">${shape}${view}${inbox}</m:FindItem>`);
  expect(codes(inMail)).toEqual(['ErrorCalendarFolderIsInvalidForCalendarView']);
});

const view =
  '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>' +
  '<m:CalendarView StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>' +
  '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>';

/** The invitation to one occurrence of the row that `lines` invites to. */
const second = lines
  .replace(/RRULE.*/, 'RECURRENCE-ID;TZID=W. Europe Standard Time:20261109T090000')
  .replaceAll('20261102', '20261110');

test('a row lacks what its invitation excludes, and what is changed of one occurrence leaves the others be', async () => {
  await using server = await startEwsServer();
  const excluded = lines.replace('SUMMARY', 'EXDATE;TZID=W. Europe Standard Time:20261116T090000\r\nSUMMARY');
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(excluded) });
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(second) });
  const seen = await server.call(view);
  expect(texts(seen, 'Start')).toEqual(['2026-11-02T08:00:00Z', '2026-11-10T08:00:00Z']);
  expect(texts(seen, 'CalendarItemType')).toEqual(['Occurrence', 'Exception']);
  const cancelled = second.replace('METHOD:REQUEST', 'METHOD:CANCEL').replace('UID', 'SEQUENCE:1\r\nUID');
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(cancelled) });
  expect(texts(await server.call(view), 'IsCancelled')).toEqual(['false', 'true']);
  const later = lines
    .replaceAll('T090000', 'T110000')
    .replaceAll('T100000', 'T120000')
    .replace('UID', 'SEQUENCE:2\r\nUID');
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(later) });
  expect(texts(await server.call(view), 'Start')).toEqual(['02', '09', '16'].map((day) => `2026-11-${day}T10:00:00Z`));
});

test('who is invited to one occurrence alone has that alone in the calendar', async () => {
  await using server = await startEwsServer();
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(second) });
  server.store.deliver({ to: ['qa@contoso.com'], source: mailWith(second.replace('T100000', 'T113000')) });
  const seen = await server.call(view);
  expect([...texts(seen, 'Start'), ...texts(seen, 'End')]).toEqual(['2026-11-10T08:00:00Z', '2026-11-10T10:30:00Z']);
});

test('a calendar is read in any encoding, and mail that has none that makes sense is mail', () => {
  const quoted = lines.replaceAll('=', '=3D').replace('ü', '=C3=BC').replace('SUMMARY', 'SUM=\r\nMARY');
  const encodings = {
    'quoted-printable': quoted,
    base64: Buffer.from(lines).toString('base64'),
    '8bit': lines,
  };
  for (const [encoding, calendar] of Object.entries(encodings)) {
    const meeting = readMeeting(mailWith(calendar, [`Content-Transfer-Encoding: ${encoding}`]));
    expect(meeting).toMatchObject({ uid: '1@contoso.com', subject: 'Grüße', organizer: 'app@contoso.com' });
  }
  const attached = ['Content-Disposition: attachment; filename=invite.ics'];
  expect(readMeeting(mailWith(lines, attached))).toBeUndefined();
  for (const broken of ['', 'BEGIN:VCALENDAR', lines.replace('REQUEST', 'PUBLISH'), lines.replace(/UID.*\r\n/, '')])
    expect(readMeeting(mailWith(broken))).toBeUndefined();
});

test('a clock that is put back and forward shows the times between as well', () => {
  for (const time of ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-10-25T01:30:00Z', '2026-07-01T12:00:00Z'])
    expect(fromLocal(toLocal(new Date(time), 'Europe/Berlin'), 'Europe/Berlin')).toEqual(new Date(time));
});

for (const rule of [
  'FREQ=DAILY;INTERVAL=2;COUNT=5',
  'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TH;UNTIL=20261231T235959',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU',
  'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31',
  'FREQ=MONTHLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4',
]) {
  test(`${rule} is the same rule as EWS says it`, () => {
    const recurrence = recurrenceOf(rule, new Date('2026-11-26T09:00:00Z'));
    expect(recurrence && ruleOf(recurrence)).toBe(rule);
  });
}

test('the zone of what was made over another door is shown by its name in Windows', async () => {
  await using server = await startEwsServer();
  const properties = {
    'item:ItemClass': 'IPM.Appointment',
    'calendar:Start': '2026-10-19T22:00:00.000Z',
    'calendar:End': '2026-10-20T22:00:00.000Z',
    'calendar:IsAllDayEvent': 'true',
    'calendar:StartTimeZoneId': 'Europe/Berlin',
  };
  const calendar = server.store.account('qa@contoso.com').otherFolder('calendar');
  calendar?.add({ source: Buffer.from('Subject: Day\r\n\r\n'), properties: Object.entries(properties) });
  const shape = '<m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>';
  const folder = '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds>';
  const answer = await server.post(`<m:FindItem Traversal="Shallow">${shape}${folder}</m:FindItem>`);
  expect(await answer.text()).toContain('<t:StartTimeZone Id="W. Europe Standard Time"');
});
