import { attendeesOf } from '../../calendar/attendees.js';
import type { Attendee } from '../../calendar/meeting.js';
import { meetingUid } from '../../calendar/meeting-uid.js';
import { readNode, textAt } from '../../calendar/stored-node.js';
import type { StoredMessage } from '../../store/store.js';
import { changeKey, messageId, type IdType } from '../ids.js';
import { messageProperties, type BodyType } from '../messages/message-properties.js';
import type { EdmResource } from '../odata/edm.js';
import { renderEventTime } from './event-times.js';

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
const kept = (event: StoredMessage, name: string): string | undefined => {
  const value = event.properties.get(`calendar:${name}`);
  return typeof value === 'string' ? value : undefined;
};

const readers: Readonly<Record<string, Reader>> = {
  createdDateTime: fromMessage('createdDateTime'),
  lastModifiedDateTime: fromMessage('lastModifiedDateTime'),
  changeKey,
  categories: fromMessage('categories'),
  originalStartTimeZone: (event) => kept(event, 'StartTimeZoneId') ?? 'UTC',
  originalEndTimeZone: (event) => kept(event, 'EndTimeZoneId') ?? 'UTC',
  iCalUId: meetingUid,
  reminderMinutesBeforeStart: always(15),
  isReminderOn: always(true),
  hasAttachments: fromMessage('hasAttachments'),
  subject: fromMessage('subject'),
  bodyPreview: fromMessage('bodyPreview'),
  importance: fromMessage('importance'),
  sensitivity: always('normal'),
  isAllDay: (event) => kept(event, 'IsAllDayEvent') === 'true',
  isCancelled: (event) => kept(event, 'IsCancelled') === 'true',
  isOrganizer: (event) => organizerOf(event) === event.folder.account.address,
  responseRequested: always(true),
  seriesMasterId: always(null),
  showAs: (event) => showAs[kept(event, 'LegacyFreeBusyStatus') ?? 'Busy'] ?? 'unknown',
  type: (event) => (kept(event, 'Recurrence') === undefined ? 'singleInstance' : 'seriesMaster'),
  webLink: fromMessage('webLink'),
  onlineMeetingUrl: always(null),
  isOnlineMeeting: always(false),
  onlineMeetingProvider: always('unknown'),
  allowNewTimeProposals: always(true),
  responseStatus: (event) => ({ response: responses[kept(event, 'MyResponseType') ?? 'Organizer'], time: noTime }),
  body: fromMessage('body'),
  start: (event, { zone }) => renderEventTime(startOf(event), zone),
  end: (event, { zone }) => renderEventTime(endOf(event), zone),
  location: (event) => ({ displayName: kept(event, 'Location') ?? '', locationType: 'default' }),
  locations: (event) => (kept(event, 'Location') ? [{ displayName: kept(event, 'Location') }] : []),
  recurrence: always(null),
  attendees: (event) => attendeesOf(event).map(renderAttendee),
  organizer: (event) => ({ emailAddress: { name: organizerOf(event), address: organizerOf(event) } }),
};

export const eventEdm: EdmResource = {
  name: 'microsoft.graph.event',
  properties: new Set(['id', ...Object.keys(readers)]),
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
    id: messageId(event, view.idType),
  };
  for (const [name, read] of Object.entries(readers))
    if (!view.select || view.select.has(name)) rendered[name] = await read(event, view);
  return rendered;
}

export function startOf(event: StoredMessage): Date {
  return new Date(kept(event, 'Start') ?? NaN);
}

export function endOf(event: StoredMessage): Date {
  return new Date(kept(event, 'End') ?? NaN);
}

function organizerOf(event: StoredMessage): string {
  const named = textAt(readNode(event.properties.get('calendar:Organizer')), 'Mailbox', 'EmailAddress');
  return named?.toLowerCase() ?? event.folder.account.address;
}

const noTime = '0001-01-01T00:00:00Z';

const showAs: Readonly<Record<string, string>> = {
  Busy: 'busy',
  Free: 'free',
  OOF: 'oof',
  Tentative: 'tentative',
  WorkingElsewhere: 'workingElsewhere',
};

const responses: Readonly<Record<string, string>> = {
  Accept: 'accepted',
  Decline: 'declined',
  NoResponseReceived: 'notResponded',
  Organizer: 'organizer',
  Tentative: 'tentativelyAccepted',
  Unknown: 'none',
};

const types = { RequiredAttendees: 'required', OptionalAttendees: 'optional', Resources: 'resource' } as const;

function renderAttendee({ list, name, address, response, respondedAt }: Attendee): object {
  const status = { response: responses[response] ?? 'none', time: respondedAt?.toISOString() ?? noTime };
  return { type: types[list], status, emailAddress: { name: name || address, address } };
}
