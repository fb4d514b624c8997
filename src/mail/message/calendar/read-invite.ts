import ICAL from 'ical.js';
import type { Address } from '../../transport.js';
import { calendarLines } from './calendar-lines.js';
import type { Attendee, AttendeeAnswer, Invite, InviteTime } from './invite.js';
import { readTime } from './read-time.js';

const answers = new Set<string>(['accepted', 'declined', 'tentative', 'delegated'] satisfies AttendeeAnswer[]);

/** Reads a calendar as the invite that it is. @throws where it can't be read as a calendar */
export function readInvite(text: string): Invite {
  const calendar = parseCalendar(text);
  const event = eventOf(calendar);
  const start = timeOf(event.getFirstProperty('dtstart'));
  return {
    method: textOf(calendar, 'method').toUpperCase(),
    uid: textOf(event, 'uid'),
    sequence: Number(textOf(event, 'sequence')) || 0,
    summary: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    location: textOf(event, 'location'),
    status: textOf(event, 'status').toUpperCase(),
    start,
    end: timeOf(event.getFirstProperty('dtend')) ?? endAfterDuration(event) ?? start,
    isAllDay:
      start?.local.includes('T') === false || textOf(event, 'x-microsoft-cdo-alldayevent').toUpperCase() === 'TRUE',
    organizer: addressOf(event.getFirstProperty('organizer')),
    attendees: event.getAllProperties('attendee').flatMap(toAttendee),
    recurrence: textOf(event, 'rrule'),
    recurrenceId: timeOf(event.getFirstProperty('recurrence-id')),
  };
}

/** The calendar that a text is. @throws where it is none */
export function parseCalendar(text: string): ICAL.Component {
  const parsed = ICAL.parse(calendarLines(text)) as unknown[];
  const first = (Array.isArray(parsed[0]) ? parsed[0] : parsed) as unknown[];
  if (first[0] !== 'vcalendar') throw new Error('it has no VCALENDAR');
  return new ICAL.Component(first);
}

/** The event that it is about: of a series and its exceptions, the series. */
export function eventOf(calendar: ICAL.Component): ICAL.Component {
  const events = calendar.getAllSubcomponents('vevent');
  return events.find((event) => !event.hasProperty('recurrence-id')) ?? events[0] ?? new ICAL.Component('vevent');
}

export function addressOf(property: ICAL.Property | null): Address | undefined {
  const address = String(property?.getFirstValue() ?? '').replace(/^mailto:/i, '');
  return address === '' ? undefined : { name: property?.getFirstParameter('cn') ?? '', address };
}

function toAttendee(property: ICAL.Property): Attendee[] {
  const address = addressOf(property);
  if (!address) return [];
  const answer = property.getFirstParameter('partstat')?.toLowerCase() ?? '';
  return [
    {
      ...address,
      answer: answers.has(answer) ? (answer as AttendeeAnswer) : 'needs-action',
      role: property.getFirstParameter('role') || 'REQ-PARTICIPANT',
      rsvp: property.getFirstParameter('rsvp')?.toUpperCase() === 'TRUE',
    },
  ];
}

function textOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? '');
}

function timeOf(property: ICAL.Property | null): InviteTime | undefined {
  const value = property?.getFirstValue();
  return value instanceof ICAL.Time ? readTime(value, property?.getFirstParameter('tzid') ?? '') : undefined;
}

/** RFC 5545 section 3.6.1: without an end, a day is one day. */
function endAfterDuration(event: ICAL.Component): InviteTime | undefined {
  const property = event.getFirstProperty('dtstart');
  const start = property?.getFirstValue();
  const given = event.getFirstPropertyValue('duration');
  if (!(start instanceof ICAL.Time)) return undefined;
  const end = start.clone();
  if (given instanceof ICAL.Duration) end.addDuration(given);
  else if (start.isDate) end.addDuration(ICAL.Duration.fromData({ days: 1 }));
  return readTime(end, property?.getFirstParameter('tzid') ?? '');
}
