import { expect, test } from '@playwright/test';
import type { Invite } from '../../src/mail/message/calendar/invite.js';
import { multipart, parseSource } from '../support/parse-source.js';

const exchangeZone = [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];
const ownZone = exchangeZone.map((line) => line.replace('W. Europe Standard Time', 'Customized Time Zone'));

function calendar(event: readonly string[], before: readonly string[] = []): string[] {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...before,
    'BEGIN:VEVENT',
    'UID:1@contoso.com',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
}

async function inviteOf(
  lines: readonly string[],
  contentType = 'text/calendar; charset=utf-8',
): Promise<Invite | undefined> {
  return (await parseSource(`Content-Type: ${contentType}`, '', ...lines)).invite;
}

const request = calendar(
  [
    'SUMMARY;LANGUAGE=en-US:Review\\, weekly',
    'DESCRIPTION:Bring\\nyour notes',
    'LOCATION:Room 1',
    'SEQUENCE:3',
    'STATUS:CONFIRMED',
    'ORGANIZER;CN=Adele Vance:MAILTO:adele@contoso.com',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Doe, J":mailto:q',
    ' a@contoso.com',
    'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=TENTATIVE:mailto:bo@contoso.com',
    'DTSTART;TZID=W. Europe Standard Time:20260701T100000',
    'DTEND;TZID=W. Europe Standard Time:20260701T110000',
    'RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=WE',
    'A LINE THAT IS NONE',
  ],
  ['METHOD:REQUEST', ...exchangeZone],
);

test('an invitation says what it is about, and when, in the zone that Windows has a name of its own for', async () => {
  expect(await inviteOf(request)).toEqual({
    method: 'REQUEST',
    uid: '1@contoso.com',
    sequence: 3,
    summary: 'Review, weekly',
    description: 'Bring\nyour notes',
    location: 'Room 1',
    status: 'CONFIRMED',
    start: { date: new Date('2026-07-01T08:00:00Z'), local: '2026-07-01T10:00:00', timeZone: 'Europe/Berlin' },
    end: { date: new Date('2026-07-01T09:00:00Z'), local: '2026-07-01T11:00:00', timeZone: 'Europe/Berlin' },
    isAllDay: false,
    organizer: { name: 'Adele Vance', address: 'adele@contoso.com' },
    attendees: [
      { name: 'Doe, J', address: 'qa@contoso.com', answer: 'needs-action', role: 'REQ-PARTICIPANT', rsvp: true },
      { name: '', address: 'bo@contoso.com', answer: 'tentative', role: 'OPT-PARTICIPANT', rsvp: false },
    ],
    recurrence: 'FREQ=WEEKLY;COUNT=10;BYDAY=WE',
    recurrenceId: undefined,
  });
});

interface Times {
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly isAllDay?: boolean;
}

const times: Readonly<
  Record<string, readonly [event: readonly string[], expected: Times, before?: readonly string[]]>
> = {
  'in UTC': [
    ['DTSTART:20261201T090000Z', 'DTEND:20261201T100000Z'],
    { start: '2026-12-01T09:00:00.000Z', end: '2026-12-01T10:00:00.000Z', timeZone: 'UTC' },
  ],
  'in an IANA zone without its rules': [
    ['DTSTART;TZID=America/New_York:20260701T100000', 'DURATION:PT90M'],
    { start: '2026-07-01T14:00:00.000Z', end: '2026-07-01T15:30:00.000Z', timeZone: 'America/New_York' },
  ],
  'in an IANA zone behind a path': [
    ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261201T100000'],
    { start: '2026-12-01T09:00:00.000Z', end: '2026-12-01T09:00:00.000Z', timeZone: 'Europe/Berlin' },
  ],
  'in a zone of Windows without its rules': [
    ['DTSTART;TZID="Tokyo Standard Time":20261201T100000', 'DURATION:PT1H'],
    { start: '2026-12-01T01:00:00.000Z', end: '2026-12-01T02:00:00.000Z', timeZone: 'Asia/Tokyo' },
  ],
  "in UTC by Exchange Online's name for it": [
    ['DTSTART;TZID="tzone://Microsoft/Utc":20261201T090000', 'DURATION:PT1H'],
    { start: '2026-12-01T09:00:00.000Z', end: '2026-12-01T10:00:00.000Z', timeZone: 'UTC' },
  ],
  'so many hours ahead of UTC': [
    ['DTSTART;TZID=GMT+0200:20261201T100000', 'DURATION:PT1H'],
    { start: '2026-12-01T08:00:00.000Z', end: '2026-12-01T09:00:00.000Z', timeZone: 'Etc/GMT-2' },
  ],
  'in a zone of its own': [
    ['DTSTART;TZID=Customized Time Zone:20260701T100000', 'DURATION:PT1H'],
    { start: '2026-07-01T08:00:00.000Z', end: '2026-07-01T09:00:00.000Z', timeZone: 'Customized Time Zone' },
    ownZone,
  ],
  'wherever one is': [
    ['DTSTART:20261201T100000', 'DURATION:PT1H'],
    { start: '2026-12-01T10:00:00.000Z', end: '2026-12-01T11:00:00.000Z', timeZone: '' },
  ],
  'a whole day': [
    ['DTSTART;VALUE=DATE:20261201'],
    { start: '2026-12-01T00:00:00.000Z', end: '2026-12-02T00:00:00.000Z', timeZone: '', isAllDay: true },
  ],
  'a whole day as Exchange writes it': [
    ['DTSTART;TZID=UTC:20261201T000000', 'DTEND;TZID=UTC:20261202T000000', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'],
    { start: '2026-12-01T00:00:00.000Z', end: '2026-12-02T00:00:00.000Z', timeZone: 'UTC', isAllDay: true },
  ],
  'when clocks go forward': [
    ['DTSTART;TZID=Europe/Berlin:20260329T023000', 'DURATION:PT1H'],
    { start: '2026-03-29T01:30:00.000Z', end: '2026-03-29T01:30:00.000Z', timeZone: 'Europe/Berlin' },
  ],
};

for (const [what, [event, expected, before]] of Object.entries(times)) {
  test(`an invitation's time is read: ${what}`, async () => {
    const invite = await inviteOf(calendar(event, before));
    expect({
      start: invite?.start?.date.toISOString(),
      end: invite?.end?.date.toISOString(),
      timeZone: invite?.start?.timeZone,
      isAllDay: invite?.isAllDay,
    }).toEqual({ isAllDay: false, ...expected });
  });
}

test('an invitation is found as a form of the body, as a file, in base64, and under a type that says nothing', async () => {
  const base64 = Buffer.from(request.join('\r\n'))
    .toString('base64')
    .match(/.{1,76}/g)!;
  const bodies = [
    multipart('alternative', ['', 'You are invited'], ['Content-Type: text/calendar; method=REQUEST', '', ...request]),
    multipart(
      'mixed',
      ['', 'x'],
      ['Content-Type: application/ics; name=invite.ics', 'Content-Transfer-Encoding: base64', '', ...base64],
    ),
    multipart('mixed', ['', 'x'], ['Content-Type: application/octet-stream; name=Meeting.ICS', '', ...request]),
  ];
  for (const lines of bodies) expect((await parseSource(...lines)).invite?.summary).toBe('Review, weekly');
});

test('the method is that of the type where the calendar names none', async () => {
  expect(await inviteOf(calendar([]), 'text/calendar; method=cancel')).toMatchObject({ method: 'CANCEL', sequence: 0 });
  expect(await inviteOf(['BEGIN:VCALENDAR', 'METHOD:CANCEL', 'END:VCALENDAR'])).toMatchObject({
    method: 'CANCEL',
    uid: '',
  });
});

test('of a series and its exceptions, the series is meant', async () => {
  const exception = [
    'BEGIN:VEVENT',
    'UID:1@contoso.com',
    'RECURRENCE-ID:20261208T090000Z',
    'SUMMARY:Moved',
    'END:VEVENT',
  ];
  expect(await inviteOf(calendar(['SUMMARY:Series'], exception))).toMatchObject({ summary: 'Series' });
  expect(await inviteOf(['BEGIN:VCALENDAR', ...exception, 'END:VCALENDAR'])).toMatchObject({
    summary: 'Moved',
    recurrenceId: { local: '2026-12-08T09:00:00' },
  });
});

test('what is no calendar that can be read is said to be none, and a mail without one has no invite', async () => {
  const broken = await parseSource('Content-Type: text/calendar; name=a.ics', '', 'BEGIN:VCALENDAR', 'BEGIN:VEVENT');
  expect(broken.invite).toBeUndefined();
  expect(broken.unreadable).toEqual([expect.stringMatching(/^a\.ics is no calendar that can be read: /)]);
  expect(await parseSource('', 'x')).toMatchObject({ invite: undefined, unreadable: [] });
});

test('a zone that would take for ever to follow is not followed', async () => {
  const hostile = ownZone.map((line) => line.replace('FREQ=YEARLY', 'FREQ=SECONDLY'));
  const invite = await inviteOf(calendar(['DTSTART;TZID=Customized Time Zone:20260701T100000'], hostile));
  expect(invite?.start?.timeZone).toBe('Customized Time Zone');
});
