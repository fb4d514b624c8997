import { isOwn, organizerOf } from '../../calendar/appointment-meeting.js';
import { attendeesOf } from '../../calendar/attendees.js';
import { deletedOccurrences } from '../../calendar/exceptions.js';
import type { Attendee } from '../../calendar/meeting.js';
import { placeOf } from '../../calendar/occurrence-item.js';
import { zoneNameOf, zoneOf } from '../../calendar/occurrences.js';
import { toLocal } from '../../calendar/zoned-time.js';
import { withoutTag, type StoredMessage } from '../../store/store.js';
import { entryOf } from '../enumeration.js';
import { changeKey, messageId, type IdType } from '../ids.js';
import { messageProperties, type BodyType } from '../messages/message-properties.js';
import { extras, type EdmResource } from '../odata/edm.js';
import { dateTimeTimeZone, itemBody, recipient } from '../odata/kinds.js';
import { eventId } from './event-id.js';
import { renderEventTime } from './event-times.js';
import { globalId } from './global-id.js';
import { locations, wholeLocation } from './locations.js';
import { renderRecurrence } from './recurrence.js';

/** How a request wants events shown. */
export interface EventView {
  readonly idType: IdType;
  readonly bodyType: BodyType;
  readonly zone: string;
  readonly select?: ReadonlySet<string> | undefined;
}

type Reader = (event: StoredMessage, view: EventView) => unknown;

const fromMessage =
  (name: string): Reader =>
  (event, { bodyType }) =>
    messageProperties.get(name)?.(event, bodyType);
const always =
  (value: unknown): Reader =>
  () =>
    value;
const kept = (event: StoredMessage, uri: string): string | undefined => {
  const value = event.properties.get(uri.includes(':') ? uri : `calendar:${uri}`);
  return typeof value === 'string' ? value : undefined;
};
const is =
  (uri: string): Reader =>
  (event) =>
    kept(event, uri) === 'true';
const isUnlessSaid =
  (uri: string): Reader =>
  (event) =>
    kept(event, uri) !== 'false';

/** What is given unless `$select` says otherwise, in Microsoft's order. */
const byDefault: Readonly<Record<string, Reader>> = {
  createdDateTime: fromMessage('createdDateTime'),
  lastModifiedDateTime: fromMessage('lastModifiedDateTime'),
  changeKey,
  categories: fromMessage('categories'),
  transactionId: (event) => kept(event, transactionId) ?? null,
  originalStartTimeZone: zoneNameOf,
  originalEndTimeZone: (event) => kept(event, 'EndTimeZoneId') ?? zoneNameOf(event),
  iCalUId: globalId,
  reminderMinutesBeforeStart: (event) => Number(kept(event, 'item:ReminderMinutesBeforeStart') ?? 15),
  isReminderOn: isUnlessSaid('item:ReminderIsSet'),
  hasAttachments: fromMessage('hasAttachments'),
  subject: fromMessage('subject'),
  bodyPreview: fromMessage('bodyPreview'),
  importance: fromMessage('importance'),
  sensitivity: (event) => (kept(event, 'item:Sensitivity') ?? 'Normal').toLowerCase(),
  isAllDay: is('IsAllDayEvent'),
  isCancelled: is('IsCancelled'),
  isOrganizer: isOwn,
  responseRequested: isUnlessSaid('IsResponseRequested'),
  seriesMasterId: (event, { idType }) => {
    const place = placeOf(event);
    return place ? messageId(place.master, idType) : null;
  },
  showAs: (event) => entryOf(showAs, kept(event, 'LegacyFreeBusyStatus') ?? 'Busy') ?? 'unknown',
  type: (event) =>
    entryOf(types, kept(event, 'CalendarItemType')) ?? (kept(event, 'Recurrence') ? 'seriesMaster' : 'singleInstance'),
  webLink: ({ id }) =>
    `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
  onlineMeetingUrl: always(null),
  isOnlineMeeting: always(false),
  onlineMeetingProvider: always('unknown'),
  allowNewTimeProposals: isUnlessSaid('AllowNewTimeProposal'),
  occurrenceId: (event, { idType }) => {
    const place = placeOf(event);
    return place ? occurrenceId(place.master, place.occurrence.original, idType) : null;
  },
  isDraft: always(false),
  hideAttendees: is('graph:hideAttendees'),
  responseStatus: (event) =>
    responseStatus(kept(event, 'MyResponseType') ?? 'Organizer', kept(event, 'AppointmentReplyTime')),
  body: fromMessage('body'),
  start: (event, { zone }) => renderEventTime(startOf(event), zone, clockOf(event, zone)),
  end: (event, { zone }) => renderEventTime(endOf(event), zone, clockOf(event, zone)),
  location: wholeLocation,
  locations,
  recurrence: renderRecurrence,
  attendees: renderAttendees,
  organizer: (event) => ({ emailAddress: { name: organizerOf(event), address: organizerOf(event) } }),
  onlineMeeting: always(null),
};

/** What is only given when it is selected, or where there is something to give. */
const further: Readonly<Record<string, Reader>> = {
  originalStart: (event) => placeOf(event)?.occurrence.original.toISOString().replace('.000', ''),
  cancelledOccurrences: (event, { idType }) =>
    deletedOccurrences(event).map((start) => occurrenceId(event, new Date(start), idType)),
};

const readers = { ...byDefault, ...further };
const defaults: ReadonlySet<string> = new Set([...Object.keys(byDefault), 'originalStart']);

/** The name under which what a client calls the making of an event is kept. */
export const transactionId = 'graph:transactionId';

const location = { displayName: 'string', locationEmailAddress: 'string', locationUri: 'string' } as const;

export const eventEdm: EdmResource = {
  name: 'microsoft.graph.event',
  properties: new Set(['id', ...Object.keys(readers)]),
  kinds: {
    ...extras,
    createdDateTime: 'date',
    lastModifiedDateTime: 'date',
    originalStart: 'date',
    categories: ['string'],
    cancelledOccurrences: ['string'],
    reminderMinutesBeforeStart: 'number',
    isReminderOn: 'boolean',
    hasAttachments: 'boolean',
    isAllDay: 'boolean',
    isCancelled: 'boolean',
    isOrganizer: 'boolean',
    responseRequested: 'boolean',
    isOnlineMeeting: 'boolean',
    allowNewTimeProposals: 'boolean',
    isDraft: 'boolean',
    hideAttendees: 'boolean',
    responseStatus: {},
    body: itemBody,
    start: dateTimeTimeZone,
    end: dateTimeTimeZone,
    location,
    locations: [location],
    recurrence: {},
    attendees: [{ ...recipient, type: 'string' }],
    organizer: recipient,
    onlineMeeting: {},
  },
  filterable: new Map([
    ['createdDateTime', 'date'],
    ['lastModifiedDateTime', 'date'],
    ['categories', 'strings'],
    ['subject', 'string'],
    ['importance', 'string'],
    ['isAllDay', 'boolean'],
    ['isCancelled', 'boolean'],
    ['showAs', 'string'],
    ['type', 'string'],
    ['iCalUId', 'string'],
    ['start/dateTime', 'string'],
    ['end/dateTime', 'string'],
    ['location/displayName', 'string'],
  ]),
};

/** An appointment as JSON. https://learn.microsoft.com/graph/api/resources/event */
export async function renderEvent(event: StoredMessage, view: EventView): Promise<Record<string, unknown>> {
  const rendered: Record<string, unknown> = {
    '@odata.etag': `W/"${changeKey(event)}"`,
    id: eventId(event, view.idType),
  };
  return Object.assign(rendered, await eventRecord(event, view, view.select ?? defaults));
}

/** Those properties of an appointment that are named. */
export async function eventRecord(
  event: StoredMessage,
  view: EventView,
  names: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) {
    const value = names.has(name) ? await read(event, view) : undefined;
    if (value !== undefined) record[name] = value;
  }
  return record;
}

export function startOf(event: StoredMessage): Date {
  return new Date(kept(event, 'Start') ?? NaN);
}

export function endOf(event: StoredMessage): Date {
  return new Date(kept(event, 'End') ?? NaN);
}

/** A day is the same one in every zone. */
function clockOf(event: StoredMessage, zone: string): string {
  return kept(event, 'IsAllDayEvent') === 'true' ? zoneOf(event) : zone;
}

function occurrenceId(master: StoredMessage, start: Date, idType: IdType): string {
  return `OID.${messageId(master, idType)}.${toLocal(start, zoneOf(master)).toISOString().slice(0, 10)}`;
}

const noTime = '0001-01-01T00:00:00Z';

const showAs: Readonly<Record<string, string>> = {
  Busy: 'busy',
  Free: 'free',
  OOF: 'oof',
  Tentative: 'tentative',
  WorkingElsewhere: 'workingElsewhere',
};

const types: Readonly<Record<string, string>> = { Occurrence: 'occurrence', Exception: 'exception' };

const responses: Readonly<Record<string, string>> = {
  Accept: 'accepted',
  Decline: 'declined',
  NoResponseReceived: 'notResponded',
  Organizer: 'organizer',
  Tentative: 'tentativelyAccepted',
  Unknown: 'none',
};

const attendeeTypes = { RequiredAttendees: 'required', OptionalAttendees: 'optional', Resources: 'resource' } as const;

/** Whoever's calendar it is knows their own answer. */
function renderAttendees(event: StoredMessage): object[] {
  const own = kept(event, 'MyResponseType');
  return attendeesOf(event).map(({ list, name, address, response, respondedAt }: Attendee) => {
    const isMe = !isOwn(event) && withoutTag(address).toLowerCase() === event.folder.account.address;
    const status = isMe ? responseStatus(own ?? response) : responseStatus(response, respondedAt?.toISOString());
    return { type: attendeeTypes[list], status, emailAddress: { name: name || address, address } };
  });
}

function responseStatus(response: string, time = noTime): object {
  return { response: entryOf(responses, response) ?? 'none', time };
}
