import { keptOf, type PropertyChanges } from '../store/property-changes.js';
import type { Account, Arrival, MailStore, PropertyValue, StoredMessage } from '../store/store.js';
import { withoutTag } from '../store/store.js';
import { meetingProperties } from './appointment-meeting.js';
import { attendeeProperties, attendeesOf } from './attendees.js';
import { changeAppointment } from './change-appointment.js';
import { deleteOccurrences, restoreOccurrence } from './exceptions.js';
import { findAppointment } from './find-appointment.js';
import type { Meeting } from './meeting.js';
import { readMeeting } from './read-meeting.js';

/**
 * Does from now on what Exchange's Calendar Attendant does with mail about meetings, whoever delivers it: knows it by what it
 * is, before anybody else sees it, puts what it invites to into the calendar, tentatively, and notes there who answered and
 * what was called off. Once is enough.
 */
export function attendToMeetings({ events }: MailStore): void {
  if (!events.listeners('arrived').includes(attendTo)) events.prependListener('arrived', attendTo);
}

function attendTo(message: StoredMessage, { by }: Arrival): void {
  if (by !== 'delivery' || message.folder.role !== 'inbox') return;
  const meeting = readMeeting(message.source);
  if (meeting) attend[meeting.method](message, meeting);
}

const attend = { REQUEST: receiveRequest, REPLY: receiveReply, CANCEL: receiveCancellation };

function receiveRequest(message: StoredMessage, meeting: Meeting): void {
  const { account } = message.folder;
  const known = findInvitedTo(account, meeting);
  const about = meetingProperties(meeting);
  const isOutOfDate = sequenceOf(known) > meeting.sequence;
  const isSameTime = known !== undefined && isAtTimesOf(known, new Map(about));
  label(message, 'IPM.Schedule.Meeting.Request', [
    ...about,
    ['meetingRequest:MeetingRequestType', isOutOfDate ? 'Outdated' : requestType(known, isSameTime)],
    ['meetingRequest:IntendedFreeBusyStatus', 'Busy'],
    ['calendar:LegacyFreeBusyStatus', 'Tentative'],
    ['calendar:MyResponseType', 'NoResponseReceived'],
    ['meeting:ResponseType', 'NoResponseReceived'],
    ['meeting:IsOutOfDate', String(isOutOfDate)],
  ]);
  if (isOutOfDate || meeting.organizer === account.address) return;
  const own = invitedTo(about, isSameTime ? known.properties.get('calendar:MyResponseType') : undefined);
  const item = known ? changeAppointment(known, own, message.source) : addAppointment(account, own, message.source);
  if (item && !meeting.recurrenceId) deleteOccurrences(item, meeting.excluded);
}

function requestType(known: StoredMessage | undefined, isSameTime: boolean): string {
  if (!known) return 'NewMeetingRequest';
  return isSameTime ? 'InformationalUpdate' : 'FullUpdate';
}

/** What is in the calendar of who is invited, with what they answered before. */
function invitedTo(about: PropertyChanges, answered: PropertyValue = 'NoResponseReceived'): PropertyChanges {
  return [
    ...about,
    ['item:ItemClass', 'IPM.Appointment'],
    ['calendar:LegacyFreeBusyStatus', answered === 'Accept' ? 'Busy' : 'Tentative'],
    ['calendar:MyResponseType', answered],
    ['calendar:AppointmentState', '3'],
    ['calendar:IsCancelled', 'false'],
  ];
}

function isAtTimesOf({ properties }: StoredMessage, about: ReadonlyMap<string, unknown>): boolean {
  return ['calendar:Start', 'calendar:Recurrence'].every((uri) => properties.get(uri) === about.get(uri));
}

/** The appointment that an invitation is to; an occurrence that was declined is in its row again. */
function findInvitedTo(account: Account, { uid, recurrenceId }: Meeting): StoredMessage | undefined {
  const master = recurrenceId && findAppointment(account, uid);
  if (master) restoreOccurrence(master, recurrenceId);
  return findAppointment(account, uid, recurrenceId);
}

function addAppointment(account: Account, properties: PropertyChanges, source: Buffer): StoredMessage | undefined {
  return account.otherFolder('calendar')?.add({
    source,
    flags: ['\\Seen'],
    properties: keptOf(properties),
  });
}

function receiveReply(message: StoredMessage, meeting: Meeting): void {
  const { account } = message.folder;
  const [answer] = meeting.attendees;
  const response = answer?.response ?? 'Unknown';
  const suffix = { Accept: 'Pos', Decline: 'Neg', Tentative: 'Tent' }[response as string];
  if (!answer || !suffix) return;
  label(message, `IPM.Schedule.Meeting.Resp.${suffix}`, [
    ...meetingProperties(meeting),
    ['meeting:ResponseType', response],
  ]);
  const known = findAppointment(account, meeting.uid, meeting.recurrenceId);
  if (!known) return;
  const isWho = (address: string): boolean => withoutTag(address).toLowerCase() === withoutTag(answer.address);
  const attendees = attendeesOf(known).map((attendee) =>
    isWho(attendee.address) ? { ...attendee, response, respondedAt: new Date() } : attendee,
  );
  changeAppointment(known, attendeeProperties(attendees));
}

function receiveCancellation(message: StoredMessage, meeting: Meeting): void {
  label(message, 'IPM.Schedule.Meeting.Canceled', [
    ...meetingProperties(meeting),
    ['meeting:ResponseType', 'NoResponseReceived'],
  ]);
  const { account } = message.folder;
  const known = findAppointment(account, meeting.uid, meeting.recurrenceId);
  if (!known || meeting.organizer === account.address || sequenceOf(known) > meeting.sequence) return;
  const called = [
    ['calendar:IsCancelled', 'true'],
    ['calendar:AppointmentState', '7'],
    ['calendar:LegacyFreeBusyStatus', 'Free'],
  ] satisfies PropertyChanges;
  changeAppointment(known, called, message.source);
}

/** Says of a mail what it is; it has just come, so nobody is to hear of a change. */
function label(message: StoredMessage, itemClass: string, properties: PropertyChanges): void {
  message.properties.set('item:ItemClass', itemClass);
  for (const [uri, value] of properties) if (value !== undefined) message.properties.set(uri, value);
}

function sequenceOf(item: StoredMessage | undefined): number {
  return Number(item?.properties.get('calendar:AppointmentSequenceNumber') ?? 0);
}
