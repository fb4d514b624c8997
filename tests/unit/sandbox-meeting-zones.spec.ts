import { expect, test } from '@playwright/test';
import ICAL from 'ical.js';
import type { Meeting } from '../../src/sandbox/calendar/meeting.js';
import { writeMeeting } from '../../src/sandbox/calendar/write-meeting.js';
import { fromLocal, ianaZone, toLocal } from '../../src/sandbox/calendar/zoned-time.js';

const hour = 3_600_000;
const count = 570;

/** At nine every Wednesday of eleven years by the clock of a zone. */
function meetingIn(zone: string, fields: Partial<Meeting> = {}): Meeting {
  const start = fromLocal(new Date('2026-01-07T09:00:00Z'), ianaZone(zone));
  return {
    method: 'REQUEST',
    uid: 'zones',
    sequence: 0,
    start,
    end: new Date(start.getTime() + hour),
    isAllDay: false,
    subject: 'Stand-up',
    location: undefined,
    organizer: 'qa@contoso.com',
    attendees: [],
    rule: `FREQ=WEEKLY;COUNT=${count}`,
    zone,
    recurrenceId: undefined,
    excluded: [],
    ...fields,
  };
}

/** When its occurrences begin, by what the calendar itself says of its zone. */
function startsIn(source: string): Date[] {
  const calendar = new ICAL.Component(ICAL.parse(source) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent')!;
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone')!);
  const times = new ICAL.Event(event).iterator();
  return Array.from({ length: count }, () => {
    const time = times.next();
    time.zone = zone;
    return time.toJSDate();
  });
}

for (const zone of [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Sydney',
  'Asia/Jerusalem',
  'Africa/Casablanca',
  'America/Nuuk',
  'Asia/Kolkata',
  'Pacific Standard Time',
]) {
  test(`an invitation says what the clocks of ${zone} do in eleven years`, () => {
    const meeting = meetingIn(zone);
    const source = writeMeeting(meeting);
    const [tzid] = /(?<=DTSTART;TZID=)[^:]+/.exec(source)!;
    expect(source).toMatch(new RegExp(String.raw`^BEGIN:VTIMEZONE\r\nTZID:${tzid}\r$`, 'm'));
    const hours = startsIn(source).map((time) => [time.toISOString(), toLocal(time, tzid).getUTCHours()]);
    expect(hours).toHaveLength(count);
    expect(hours.filter(([, local]) => local !== 9)).toEqual([]);
  });
}

test('what clocks do every year is a rule, as Exchange writes it', () => {
  expect(writeMeeting(meetingIn('Europe/Berlin'))).toContain(
    [
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:DAYLIGHT',
      'DTSTART:20250330T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20251026T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
    ].join('\r\n'),
  );
});

test('where the clocks are never changed, the zone is one offset', () => {
  expect(writeMeeting(meetingIn('Asia/Kolkata')).match(/^(?:BEGIN|TZOFFSET).*(?=\r$)/gm)).toEqual([
    'BEGIN:VCALENDAR',
    'BEGIN:VTIMEZONE',
    'BEGIN:STANDARD',
    'TZOFFSETFROM:+0530',
    'TZOFFSETTO:+0530',
    'BEGIN:VEVENT',
  ]);
});

for (const [what, fields] of [
  ['takes place once', { rule: undefined }],
  ['is all day', { isAllDay: true }],
  ['goes by UTC', { zone: 'UTC' }],
] as const) {
  test(`an invitation to what ${what} names no zone`, () => {
    const source = writeMeeting(meetingIn('Europe/Berlin', fields));
    expect(source).not.toMatch(/TZID|VTIMEZONE/);
  });
}
