import { appointmentTime } from '../../calendar/appointment-time.js';
import { attendeeProperties, attendeesOf } from '../../calendar/attendees.js';
import type { Attendee, AttendeeList } from '../../calendar/meeting.js';
import type { Address } from '../../message/address.js';
import { categoriesProperty } from '../../message/derived-properties.js';
import { withChanges } from '../../store/property-changes.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { readMember } from '../enumeration.js';
import { GraphError } from '../graph-error.js';
import { fieldOf } from '../graph-request.js';
import { readRecipient } from '../messages/message-edit.js';
import { readBody } from '../odata/edm.js';
import { eventEdm, transactionId } from './event-resource.js';
import { readEventTime } from './event-times.js';
import { locationProperties } from './locations.js';
import { firstDay, localDay, readRecurrence } from './recurrence.js';

type Json = Readonly<Record<string, unknown>>;
type Property = readonly [uri: string, value: PropertyValue | undefined];

/**
 * What an event that is described in JSON keeps beside its subject, body and attachments.
 * @param event What is there already, if it is changed
 * @throws GraphError
 */
export function readEventProperties(json: Json, event?: StoredMessage): Property[] {
  const properties = readBody(json, eventEdm).flatMap(([name, value]) => writers[name]?.(value, event) ?? []);
  checkTimes(withChanges(event?.properties, properties), json);
  return properties;
}

type Writer = (value: unknown, event: StoredMessage | undefined) => Property[];

const flag =
  (uri: string): Writer =>
  (value) => [[uri, String(value === true)]];

/** What only Exchange itself can set is passed over, as it does. */
const writers: Readonly<Record<string, Writer>> = {
  start: (value) => timeProperties('Start', value),
  end: (value) => timeProperties('End', value),
  isAllDay: flag('calendar:IsAllDayEvent'),
  location: locationProperties,
  locations: locationProperties,
  showAs: (value) => [['calendar:LegacyFreeBusyStatus', readMember(statuses, value, 'freeBusyStatus')]],
  sensitivity: (value) => [['item:Sensitivity', readMember(sensitivities, value, 'sensitivity')]],
  attendees: (value, event) => attendeeProperties(withAnswers([value ?? []].flat().map(readAttendee), event)),
  recurrence: (value) => [
    ['calendar:Recurrence', value === null ? undefined : JSON.stringify(readRecurrence(value))],
    ['calendar:IsRecurring', String(value !== null)],
  ],
  categories: (value) => [[categoriesProperty, Array.isArray(value) ? value.map(String) : undefined]],
  isReminderOn: flag('item:ReminderIsSet'),
  reminderMinutesBeforeStart: (value) => [['item:ReminderMinutesBeforeStart', String(Number(value))]],
  responseRequested: flag('calendar:IsResponseRequested'),
  allowNewTimeProposals: flag('calendar:AllowNewTimeProposal'),
  hideAttendees: flag('graph:hideAttendees'),
  transactionId: (value) => [[transactionId, typeof value === 'string' && value ? value : undefined]],
};

const statuses: Readonly<Record<string, string>> = {
  busy: 'Busy',
  free: 'Free',
  oof: 'OOF',
  tentative: 'Tentative',
  workingElsewhere: 'WorkingElsewhere',
  unknown: 'NoData',
};

const sensitivities: Readonly<Record<string, string>> = {
  normal: 'Normal',
  personal: 'Personal',
  private: 'Private',
  confidential: 'Confidential',
};

function timeProperties(name: 'Start' | 'End', value: unknown): Property[] {
  const { at, zone } = readEventTime(name.toLowerCase(), value);
  // What EWS says of zones would go before.
  const other: Property[] = name === 'Start' ? [['calendar:MeetingTimeZone', undefined]] : [];
  return [
    [`calendar:${name}`, at.toISOString()],
    [`calendar:${name}TimeZoneId`, zone],
    [`calendar:${name}TimeZone`, undefined],
    ...other,
  ];
}

/** @throws GraphError ErrorInvalidRecipients where somebody has no address to be invited by */
export function checkInvited({ address }: Address): void {
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) throw new GraphError(400, 'ErrorInvalidRecipients');
}

const lists: Readonly<Record<string, AttendeeList>> = {
  required: 'RequiredAttendees',
  optional: 'OptionalAttendees',
  resource: 'Resources',
};

function readAttendee(value: unknown): Attendee {
  const recipient = readRecipient(value);
  checkInvited(recipient);
  const list = readMember(lists, fieldOf(value, 'type') ?? 'required', 'attendeeType');
  return { ...recipient, list, response: 'Unknown' };
}

/** Whoever answered before has answered. */
function withAnswers(attendees: readonly Attendee[], event: StoredMessage | undefined): Attendee[] {
  const before = event ? attendeesOf(event) : [];
  return attendees.map((attendee) => {
    const known = before.find(({ address }) => address.toLowerCase() === attendee.address.toLowerCase());
    return known ? { ...attendee, response: known.response, respondedAt: known.respondedAt } : attendee;
  });
}

/** @throws GraphError where an event would end before it begins, or not be of whole days that is said to be */
function checkTimes(properties: Map<string, PropertyValue>, json: Json): void {
  const [start, end] = (['Start', 'End'] as const).map((name) => appointmentTime({ properties }, name).getTime());
  if (start === undefined || end === undefined || Number.isNaN(end - start)) return;
  if (end < start) throw failedValidation();
  const first = firstDay(json['recurrence']);
  if (first !== undefined && first !== localDay({ properties }, new Date(start))) throw failedValidation();
  if (properties.get('calendar:IsAllDayEvent') !== 'true') return;
  for (const name of ['start', 'end'])
    if (json[name] !== undefined && readEventTime(name, json[name]).local.getTime() % day !== 0)
      throw cannot(
        `The Event.${name === 'start' ? 'Start' : 'End'} property for an all-day event needs to be set to midnight.`,
      );
  if (end - start < day - hour) throw cannot('The duration of an event marked as All day must be at least 24 hours.');
}

/** Where clocks are put forward, a day has an hour less. */
const hour = 3_600_000;
const day = 24 * hour;

function failedValidation(): GraphError {
  return new GraphError(400, 'ErrorPropertyValidationFailure', { message: 'At least one property failed validation.' });
}

/** What Exchange can't do, in its words. */
export function cannot(why: string): GraphError {
  return new GraphError(400, 'ErrorInvalidRequest', { message: `Your request can't be completed. ${why}` });
}
