import { attendeeProperties } from '../../calendar/attendees.js';
import type { Attendee, AttendeeList } from '../../calendar/meeting.js';
import type { PropertyValue } from '../../store/store.js';
import { badRequest, GraphError } from '../graph-error.js';
import { isRecord } from '../graph-request.js';
import { eventEdm } from './event-resource.js';
import { readEventTime } from './event-times.js';

type Json = Readonly<Record<string, unknown>>;
type Property = readonly [uri: string, value: PropertyValue | undefined];

/** What an event that is described in JSON keeps beside its subject and body. @throws GraphError */
export function readEventProperties(json: Json): Property[] {
  const entries = Object.entries(json).filter(([name, value]) => !name.includes('@') && value !== undefined);
  const unknown = entries.find(([name]) => !eventEdm.properties.has(name) && !ignored.has(name));
  if (unknown) throw badRequest(`The property '${unknown[0]}' does not exist on type 'microsoft.graph.event'.`);
  return entries.flatMap(([name, value]) => writers[name]?.(value) ?? []);
}

const ignored = new Set(['transactionId', 'isDraft', 'hideAttendees', 'attachments']);

const writers: Readonly<Record<string, (value: unknown) => Property[]>> = {
  start: (value) => timeProperties('Start', value),
  end: (value) => timeProperties('End', value),
  isAllDay: (value) => [['calendar:IsAllDayEvent', String(value === true)]],
  location: (value) => {
    const { displayName } = isRecord(value) ? value : {};
    return [['calendar:Location', typeof displayName === 'string' && displayName ? displayName : undefined]];
  },
  showAs: (value) => [['calendar:LegacyFreeBusyStatus', statuses[String(value)] ?? 'Busy']],
  attendees: (value) => attendeeProperties([value].flat().map(readAttendee)),
  recurrence: (value) => {
    if (value === null) return [];
    throw new GraphError(501, 'NotImplemented', { message: 'Over Graph the sandbox takes no recurring events.' });
  },
};

const statuses: Readonly<Record<string, string>> = {
  busy: 'Busy',
  free: 'Free',
  oof: 'OOF',
  tentative: 'Tentative',
  workingElsewhere: 'WorkingElsewhere',
};

function timeProperties(name: 'Start' | 'End', value: unknown): Property[] {
  const { at, zone } = readEventTime(name.toLowerCase(), value);
  return [
    [`calendar:${name}`, at.toISOString()],
    [`calendar:${name}TimeZoneId`, zone],
  ];
}

const lists: Readonly<Record<string, AttendeeList>> = { optional: 'OptionalAttendees', resource: 'Resources' };

function readAttendee(value: unknown): Attendee {
  const { emailAddress, type = 'required' } = isRecord(value) ? value : {};
  const { address, name } = isRecord(emailAddress) ? emailAddress : {};
  if (typeof address !== 'string') throw badRequest("The property 'emailAddress/address' is required.");
  const list = lists[String(type)] ?? 'RequiredAttendees';
  return { address, name: typeof name === 'string' ? name : '', list, response: 'Unknown' };
}
