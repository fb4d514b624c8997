import ICAL from 'ical.js';
import { MimePart } from '../message/mime/mime-part.js';
import type { Attendee, Meeting, MeetingMethod, ResponseType } from './meeting.js';
import { fromLocal, ianaZone } from './zoned-time.js';

/** Where a calendar has to begin: it is a form of the body, before anything that is attached. In octets. */
const reach = 1024 * 1024;

/** More than any meeting takes, in octets. */
const longest = 256 * 1024;

/** The meeting that a mail is about: it has a calendar with a method as a form of its body. */
export function readMeeting(source: Buffer): Meeting | undefined {
  if (!/text\/calendar/i.test(source.toString('latin1', 0, reach))) return undefined;
  try {
    const part = calendarPart(new MimePart(source));
    return part && part.body.length <= longest ? meetingIn(textOf(part)) : undefined;
  } catch {
    // It is mail like any other then.
    return undefined;
  }
}

function calendarPart(part: MimePart): MimePart | undefined {
  if (part.header.parameterised('content-disposition')?.value === 'attachment') return undefined;
  if (part.contentType.value === 'text/calendar') return part;
  for (const inner of part.parts) {
    const found = calendarPart(inner);
    if (found) return found;
  }
  return undefined;
}

function textOf({ header, body }: MimePart): string {
  const encoding = header.parameterised('content-transfer-encoding')?.value;
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64').toString('utf8');
  return (encoding === 'quoted-printable' ? decodeQuotedPrintable(body.toString('latin1')) : body).toString('utf8');
}

/** RFC 2045 section 6.7 */
function decodeQuotedPrintable(text: string): Buffer {
  const octets = text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}

function meetingIn(text: string): Meeting | undefined {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const method = String(calendar.getFirstPropertyValue('method')).toUpperCase();
  const events = calendar.getAllSubcomponents('vevent');
  const event = events.find((each) => !each.getFirstProperty('recurrence-id')) ?? events[0];
  const uid = event?.getFirstPropertyValue('uid');
  const starts = event?.getFirstProperty('dtstart');
  if (!event || !uid || !starts || !isMethod(method)) return undefined;
  const [start, zone, isAllDay] = timeOf(starts);
  const ends = event.getFirstProperty('dtend');
  const lasts = new ICAL.Event(event).duration?.toSeconds() ?? 0;
  const occurs = event.getFirstProperty('recurrence-id');
  const textAt = (name: string) => event.getFirstPropertyValue(name)?.toString();
  return {
    method,
    uid: String(uid),
    sequence: Number(textAt('sequence') ?? 0),
    start,
    end: ends ? timeOf(ends)[0] : new Date(start.getTime() + lasts * 1000),
    isAllDay,
    subject: textAt('summary') ?? '',
    location: textAt('location'),
    organizer: addressOf(textAt('organizer')),
    attendees: event.getAllProperties('attendee').map(attendeeOf),
    rule: textAt('rrule'),
    zone,
    recurrenceId: occurs ? timeOf(occurs)[0] : undefined,
    excluded: event.getAllProperties('exdate').flatMap(timesOf),
  };
}

function isMethod(method: string): method is MeetingMethod {
  return ['REQUEST', 'REPLY', 'CANCEL'].includes(method);
}

/** When, by the clocks of which zone, and whether it is a day. */
function timeOf(property: ICAL.Property): [time: Date, zone: string | undefined, isDay: boolean] {
  const { isDate } = property.getFirstValue() as ICAL.Time;
  return [timesOf(property)[0]!, property.getFirstParameter('tzid') || undefined, isDate];
}

function timesOf(property: ICAL.Property): Date[] {
  const zone = ianaZone(property.getFirstParameter('tzid'));
  return (property.getValues() as ICAL.Time[]).map((time) => {
    const { year, month, day, hour, minute, second } = time;
    const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    return time.zone === ICAL.Timezone.utcTimezone ? local : fromLocal(local, zone);
  });
}

function attendeeOf(property: ICAL.Property): Attendee {
  const parameter = (name: string) => (property.getFirstParameter(name) ?? '').toUpperCase();
  const isResource = ['RESOURCE', 'ROOM'].includes(parameter('cutype'));
  const isOptional = parameter('role') === 'OPT-PARTICIPANT';
  return {
    name: property.getFirstParameter('cn') ?? '',
    address: addressOf(String(property.getFirstValue())),
    list: isResource ? 'Resources' : isOptional ? 'OptionalAttendees' : 'RequiredAttendees',
    response: responses[parameter('partstat')] ?? 'Unknown',
  };
}

const responses: Readonly<Record<string, ResponseType>> = {
  ACCEPTED: 'Accept',
  TENTATIVE: 'Tentative',
  DECLINED: 'Decline',
};

function addressOf(text: string | undefined): string {
  return (text ?? '').replace(/^mailto:/i, '').toLowerCase();
}
