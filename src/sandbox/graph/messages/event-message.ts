import { appointmentAbout } from '../../calendar/find-appointment.js';
import { itemClass } from '../../message/derived-properties.js';
import type { StoredMessage } from '../../store/store.js';
import { endOf, eventEdm, renderEvent, startOf, type EventView } from '../calendar/event-resource.js';
import { renderEventTime } from '../calendar/event-times.js';
import { wholeLocation } from '../calendar/locations.js';
import { renderRecurrence } from '../calendar/recurrence.js';
import { entryOf } from '../enumeration.js';
import type { Expansion } from '../odata/expand.js';
import { readSelect } from '../odata/query-options.js';

// What a mail about a meeting has beyond a message. https://learn.microsoft.com/graph/api/resources/eventmessage

interface MailType {
  readonly type: string;
  readonly meetingMessageType: string;
  readonly properties: Readonly<Record<string, Reader>>;
}

type Reader = (message: StoredMessage, zone: string) => unknown;

const kept = (message: StoredMessage, uri: string): unknown => message.properties.get(uri);

const common: Readonly<Record<string, Reader>> = {
  type: (message) =>
    kept(message, 'calendar:RecurrenceId') !== undefined
      ? 'exception'
      : kept(message, 'calendar:Recurrence') === undefined
        ? 'singleInstance'
        : 'seriesMaster',
  isOutOfDate: (message) => kept(message, 'meeting:IsOutOfDate') === 'true',
  isAllDay: (message) => kept(message, 'calendar:IsAllDayEvent') === 'true',
  isDelegated: () => false,
  startDateTime: (message, zone) => renderEventTime(startOf(message), zone),
  endDateTime: (message, zone) => renderEventTime(endOf(message), zone),
  location: wholeLocation,
  recurrence: renderRecurrence,
};

const ofRequest: Readonly<Record<string, Reader>> = {
  ...common,
  responseRequested: () => true,
  allowNewTimeProposals: () => true,
  meetingRequestType: (message) => entryOf(requestTypes, kept(message, 'meetingRequest:MeetingRequestType')) ?? 'none',
};

const requestTypes: Readonly<Record<string, string>> = {
  NewMeetingRequest: 'newMeetingRequest',
  FullUpdate: 'fullUpdate',
  InformationalUpdate: 'informationalUpdate',
  Outdated: 'outdated',
};

const ofResponse = (responseType: string): Readonly<Record<string, Reader>> => ({
  ...common,
  responseType: () => responseType,
  proposedNewTime: () => null,
});

/** By the class of an item; one of the names is Microsoft's own misspelling. */
const mailTypes: Readonly<Record<string, MailType>> = {
  'IPM.Schedule.Meeting.Request': {
    type: 'eventMessageRequest',
    meetingMessageType: 'meetingRequest',
    properties: ofRequest,
  },
  'IPM.Schedule.Meeting.Canceled': {
    type: 'eventMessage',
    meetingMessageType: 'meetingCancelled',
    properties: common,
  },
  'IPM.Schedule.Meeting.Resp.Pos': {
    type: 'eventMessageResponse',
    meetingMessageType: 'meetingAccepted',
    properties: ofResponse('accepted'),
  },
  'IPM.Schedule.Meeting.Resp.Tent': {
    type: 'eventMessageResponse',
    meetingMessageType: 'meetingTenativelyAccepted',
    properties: ofResponse('tentativelyAccepted'),
  },
  'IPM.Schedule.Meeting.Resp.Neg': {
    type: 'eventMessageResponse',
    meetingMessageType: 'meetingDeclined',
    properties: ofResponse('declined'),
  },
};

const cast = /^microsoft\.graph\.eventmessage(?:request|response)?\//i;

/** Whether an `$expand` is of the event that a mail is about. */
export function expandsEvent({ name }: Pick<Expansion, 'name'>): boolean {
  return /^microsoft\.graph\.eventmessage(?:request|response)?\/event$/i.test(name);
}

/** Nothing where it is not about a meeting. */
export function renderEventMessage(
  message: StoredMessage,
  { select, zone }: { readonly select: ReadonlySet<string> | undefined; readonly zone: string },
): Record<string, unknown> {
  const found = entryOf(mailTypes, itemClass(message));
  if (!found) return {};
  const wanted = select && new Set([...select].filter((name) => cast.test(name)).map((name) => name.replace(cast, '')));
  const all: Readonly<Record<string, Reader>> = {
    meetingMessageType: () => found.meetingMessageType,
    ...found.properties,
  };
  const shown = Object.entries(all).filter(([name]) => wanted?.has(name) ?? true);
  return {
    '@odata.type': `#microsoft.graph.${found.type}`,
    ...Object.fromEntries(shown.map(([name, read]) => [name, read(message, zone)])),
  };
}

/** The event that a mail is about, as an expansion wants it. */
export async function renderEventOf(
  message: StoredMessage,
  { options }: Pick<Expansion, 'options'>,
  view: EventView,
): Promise<object | null> {
  const event = entryOf(mailTypes, itemClass(message)) && appointmentAbout(message);
  return event ? await renderEvent(event, { ...view, select: readSelect(options, eventEdm) }) : null;
}
