import { appointmentTime } from '../../calendar/appointment-time.js';
import { findWindows, type IanaName } from 'windows-iana';
import { appointmentAbout } from '../../calendar/find-appointment.js';
import { meetingUid } from '../../calendar/meeting-uid.js';
import { itemIdNode } from '../ids.js';
import {
  deletedOccurrenceNodes,
  firstOccurrenceNode,
  lastOccurrenceNode,
  modifiedOccurrenceNodes,
} from './occurrence-info.js';
import { xml } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

/** What Exchange says of a field that nobody has set, by its URI. */
export const kindDefaults: Readonly<Record<string, ((message: StoredMessage) => string | undefined) | undefined>> = {
  'calendar:UID': meetingUid,
  'calendar:DateTimeStamp': (message) => message.modifiedAt.toISOString(),
  'calendar:IsAllDayEvent': no,
  'calendar:LegacyFreeBusyStatus': () => 'Busy',
  'calendar:IsMeeting': (message) => String(hasAttendees(message)),
  'calendar:IsCancelled': no,
  'calendar:IsRecurring': no,
  'calendar:MeetingRequestWasSent': no,
  'calendar:IsResponseRequested': () => 'true',
  'calendar:CalendarItemType': ({ properties }) =>
    properties.has('calendar:Recurrence') ? 'RecurringMaster' : 'Single',
  'calendar:MyResponseType': (message) => (hasAttendees(message) ? 'Organizer' : 'Unknown'),
  'calendar:Organizer': organizer,
  'calendar:Duration': duration,
  'calendar:StartTimeZone': timeZone('StartTimeZone'),
  'calendar:EndTimeZone': timeZone('EndTimeZone'),
  'calendar:AppointmentSequenceNumber': () => '0',
  'calendar:AppointmentState': (message) => (hasAttendees(message) ? '1' : '0'),
  'calendar:FirstOccurrence': firstOccurrenceNode,
  'calendar:LastOccurrence': lastOccurrenceNode,
  'calendar:ModifiedOccurrences': modifiedOccurrenceNodes,
  'calendar:DeletedOccurrences': deletedOccurrenceNodes,
  'meeting:AssociatedCalendarItemId': associatedItem,
  'meeting:IsDelegated': no,
  'meeting:IsOutOfDate': no,
  'meeting:HasBeenProcessed': () => 'true',
  'postitem:PostedTime': ({ receivedAt }) => receivedAt.toISOString(),
  'task:ChangeCount': () => '1',
  'task:CompleteDate': ({ properties, modifiedAt }) =>
    properties.get('task:Status') === 'Completed' ? modifiedAt.toISOString() : undefined,
  'task:IsComplete': ({ properties }) => String(properties.get('task:Status') === 'Completed'),
  'task:IsRecurring': no,
  'task:IsTeamTask': no,
  'task:Owner': ({ folder }) => folder.account.address,
  'task:PercentComplete': ({ properties }) => (properties.get('task:Status') === 'Completed' ? '100' : '0'),
  'task:Status': () => 'NotStarted',
  'contacts:FileAsMapping': () => 'None',
  'contacts:ContactSource': () => 'Store',
};

function no(): string {
  return 'false';
}

/** The zone that another door was given by its name, as Windows calls it. */
function timeZone(name: 'StartTimeZone' | 'EndTimeZone') {
  return ({ properties }: StoredMessage): string | undefined => {
    const given = properties.get(`calendar:${name}Id`);
    if (typeof given !== 'string') return undefined;
    const Id = findWindows(given as IanaName)[0] ?? given;
    return JSON.stringify(xml(`t:${name}`, { Id, Name: Id }));
  };
}

function hasAttendees({ properties }: StoredMessage): boolean {
  return properties.has('calendar:RequiredAttendees') || properties.has('calendar:OptionalAttendees');
}

/** The appointment that a mail is about. */
function associatedItem(message: StoredMessage): string | undefined {
  const item = appointmentAbout(message);
  return item && JSON.stringify(itemIdNode(item, 't:AssociatedCalendarItemId'));
}

function organizer({ folder }: StoredMessage): string {
  const { address } = folder.account;
  const parts = [xml('t:Name', {}, address.replace(/@.*/, '')), xml('t:EmailAddress', {}, address)];
  return JSON.stringify(xml('t:Organizer', {}, xml('t:Mailbox', {}, ...parts, xml('t:RoutingType', {}, 'SMTP'))));
}

function duration(message: StoredMessage): string | undefined {
  const length = appointmentTime(message, 'End').getTime() - appointmentTime(message, 'Start').getTime();
  return Number.isNaN(length) ? undefined : `PT${Math.round(length / 60_000)}M`;
}
