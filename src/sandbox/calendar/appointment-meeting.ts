import { appointmentTime } from './appointment-time.js';
import type { PropertyValue, StoredMessage } from '../store/store.js';
import { attendeeProperties, attendeesOf, mailboxNode } from './attendees.js';
import type { Meeting, MeetingMethod } from './meeting.js';
import { deletedOccurrences } from './exceptions.js';
import { meetingUid, recurrenceIdOf } from './meeting-uid.js';
import { zoneOf } from './occurrences.js';
import { recurrenceOf, ruleOf } from './recurrence-rule.js';
import { node, readNode, textAt } from './stored-node.js';
import { ianaZone, toLocal } from './zoned-time.js';

// An appointment's properties, and the meeting that mails about it tell of, each made of the other.

export async function meetingOf(item: StoredMessage, method: MeetingMethod): Promise<Meeting> {
  const { properties } = item;
  const recurrence = readNode(properties.get('calendar:Recurrence'));
  const location = properties.get('calendar:Location');
  return {
    method,
    uid: meetingUid(item),
    sequence: Number(properties.get('calendar:AppointmentSequenceNumber') ?? 0),
    start: appointmentTime(item, 'Start'),
    end: appointmentTime(item, 'End'),
    isAllDay: properties.get('calendar:IsAllDayEvent') === 'true',
    subject: (await item.parsed()).subject ?? '',
    location: typeof location === 'string' ? location : undefined,
    organizer: organizerOf(item),
    attendees: attendeesOf(item),
    rule: recurrence && ruleOf(recurrence),
    zone: zoneOf(item),
    recurrenceId: recurrenceIdOf(item),
    excluded: deletedOccurrences(item).map((start) => new Date(start)),
  };
}

/** Whose meeting it is: that of whose calendar it is in, where nobody else is named. */
export function organizerOf({ properties, folder }: StoredMessage): string {
  const named = textAt(readNode(properties.get('calendar:Organizer')), 'Mailbox', 'EmailAddress');
  return named?.toLowerCase() ?? folder.account.address;
}

/** Whether the meeting is of the mailbox that it is in. */
export function isOwn(item: StoredMessage): boolean {
  return organizerOf(item) === item.folder.account.address;
}

/** What an item about a meeting keeps of it. */
export function meetingProperties(meeting: Meeting): [uri: string, value: PropertyValue | undefined][] {
  const { uid, sequence, start, end, isAllDay, location, organizer, attendees } = meeting;
  const organizerNode = node('Organizer', mailboxNode({ name: '', address: organizer }));
  return [
    ['calendar:UID', uid],
    ['calendar:Start', start.toISOString()],
    ['calendar:End', end.toISOString()],
    ['calendar:IsAllDayEvent', String(isAllDay)],
    ['calendar:Location', location],
    ['calendar:Organizer', JSON.stringify(organizerNode)],
    ['calendar:IsMeeting', 'true'],
    ['calendar:MeetingRequestWasSent', 'true'],
    ['calendar:AppointmentSequenceNumber', String(sequence)],
    ...recurrenceProperties(meeting),
    ...attendeeProperties(attendees),
  ];
}

function recurrenceProperties({ start, rule, zone, recurrenceId }: Meeting): [string, PropertyValue | undefined][] {
  if (recurrenceId) return [['calendar:RecurrenceId', recurrenceId.toISOString()]];
  const recurrence = rule === undefined ? undefined : recurrenceOf(rule, toLocal(start, ianaZone(zone)));
  return [
    ['calendar:IsRecurring', String(recurrence !== undefined)],
    ['calendar:Recurrence', recurrence && JSON.stringify(recurrence)],
    ['calendar:StartTimeZoneId', recurrence && zone],
  ];
}
