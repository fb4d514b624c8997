import ICAL from 'ical.js';
import type { Attendee, Meeting, ResponseType } from './meeting.js';
import { timeZoneComponent } from './time-zone-component.js';
import { ianaZone, toLocal } from './zoned-time.js';

/** A meeting as an iCalendar object (RFC 5545), for a mail about it. */
export function writeMeeting(meeting: Meeting): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('prodid', '-//playwright-exchange//sandbox//EN');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('method', meeting.method);
  const zone = zoneIn(meeting);
  if (zone) calendar.addSubcomponent(timeZoneComponent(zone, meeting.start));
  const event = new ICAL.Component('vevent');
  event.updatePropertyWithValue('uid', meeting.uid);
  event.updatePropertyWithValue('sequence', meeting.sequence);
  event.updatePropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(), true));
  event.addProperty(timeProperty('dtstart', meeting.start, meeting));
  event.addProperty(timeProperty('dtend', meeting.end, meeting));
  if (meeting.recurrenceId) event.addProperty(timeProperty('recurrence-id', meeting.recurrenceId, meeting));
  for (const start of meeting.excluded) event.addProperty(timeProperty('exdate', start, meeting));
  if (meeting.rule) event.updatePropertyWithValue('rrule', ICAL.Recur.fromString(meeting.rule));
  event.updatePropertyWithValue('summary', meeting.subject);
  if (meeting.location) event.updatePropertyWithValue('location', meeting.location);
  event.updatePropertyWithValue('organizer', `mailto:${meeting.organizer}`);
  event.updatePropertyWithValue('status', meeting.method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
  for (const attendee of meeting.attendees) event.addProperty(attendeeProperty(attendee, meeting));
  calendar.addSubcomponent(event);
  return calendar.toString();
}

/** In UTC, or by the clock that it recurs by; a day alone where it is all day. */
function timeProperty(name: string, time: Date, meeting: Meeting): ICAL.Property {
  const { isAllDay, rule, zone } = meeting;
  const property = new ICAL.Property(name);
  const local = ICAL.Time.fromJSDate(rule || isAllDay ? toLocal(time, ianaZone(zone)) : time, true);
  const named = zoneIn(meeting);
  if (isAllDay) local.isDate = true;
  else if (named) {
    local.zone = ICAL.Timezone.localTimezone;
    property.setParameter('tzid', named);
  }
  property.setValue(local);
  return property;
}

/** The zone that the times of a meeting name: those of one that does not recur are UTC's. */
function zoneIn({ isAllDay, rule, zone }: Meeting): string | undefined {
  const iana = ianaZone(zone);
  return isAllDay || !rule || iana === 'UTC' ? undefined : iana;
}

function attendeeProperty({ name, address, list, response }: Attendee, { method }: Meeting): ICAL.Property {
  const property = new ICAL.Property('attendee');
  if (name) property.setParameter('cn', name);
  property.setParameter('role', list === 'OptionalAttendees' ? 'OPT-PARTICIPANT' : 'REQ-PARTICIPANT');
  if (list === 'Resources') property.setParameter('cutype', 'RESOURCE');
  property.setParameter('partstat', statuses[response] ?? 'NEEDS-ACTION');
  if (method === 'REQUEST') property.setParameter('rsvp', 'TRUE');
  property.setValue(`mailto:${address}`);
  return property;
}

const statuses: Partial<Readonly<Record<ResponseType, string>>> = {
  Accept: 'ACCEPTED',
  Tentative: 'TENTATIVE',
  Decline: 'DECLINED',
};
