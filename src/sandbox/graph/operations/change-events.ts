import { isOwn } from '../../calendar/appointment-meeting.js';
import { attendeesOf } from '../../calendar/attendees.js';
import { changeAppointment, leavesItsPlace, removeOccurrence } from '../../calendar/change-appointment.js';
import { placeOf, type Place } from '../../calendar/occurrence-item.js';
import { callOff, invite } from '../../calendar/organize.js';
import { arrangementOf, tellOfChange } from '../../calendar/tell-of-change.js';
import { draftOf, emptyDraft } from '../../message/draft.js';
import { keptOf } from '../../store/property-changes.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { calendarOf } from '../calendar/calendars.js';
import { transactionId } from '../calendar/event-resource.js';
import { eventOf } from '../calendar/find-event.js';
import { readEventProperties } from '../calendar/read-event.js';
import { showEvent } from '../calendar/show-events.js';
import type { Operation } from '../context.js';
import { badRequest, GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { editDraft, markMessage, sourceOf } from '../messages/message-edit.js';

type Json = Readonly<Record<string, unknown>>;

/** Its attendees are invited. https://learn.microsoft.com/graph/api/user-post-events */
export const createEvent: Operation = async (context) => {
  const { account, request, store } = context;
  const json = readJson(request);
  if (!json['start'] || !json['end']) throw badRequest("The properties 'start' and 'end' are required.");
  const given = readEventProperties(json);
  const calendar = calendarOf(context);
  refuseSecond(calendar.messages, json[transaction]);
  const draft = { ...emptyDraft(), from: { name: '', address: account.address } };
  await editDraft(draft, pick(json, [...content, 'attachments']));
  const properties: [string, PropertyValue][] = [['item:ItemClass', 'IPM.Appointment'], ...keptOf(given)];
  const event = calendar.add({ source: await sourceOf(draft), flags: ['\\Seen'], properties });
  try {
    markMessage(event, pick(json, extras));
  } catch (error) {
    calendar.remove(event);
    throw error;
  }
  await invite(event, { keepsCopy: true }, store);
  return showEvent(context, event, 201);
};

/** Of what concerns them, its attendees are told. https://learn.microsoft.com/graph/api/event-update */
export const updateEvent: Operation = async (context) => {
  const event = eventOf(context);
  const json = readJson(context.request);
  const properties = readEventProperties(json, event);
  const place = placeOf(event);
  if (place) checkPlace(place, new Map(properties), json);
  const before = arrangementOf(event);
  const source = await writtenAnew(event, pick(json, content));
  if (!place) markMessage(event, pick(json, extras));
  const now = changeAppointment(event, properties, source);
  const told = Object.keys(json).filter((name) => telling.includes(name));
  const newOnly = told.join() === 'attendees';
  if (isOwn(now) && told.length > 0) await tellOfChange(now, { before, newOnly, keepsCopy: true }, context.store);
  return showEvent(context, eventOf(context));
};

/** Its MIME with what is changed of it; nothing where that is nothing. */
async function writtenAnew(event: StoredMessage, json: Json): Promise<Buffer | undefined> {
  if (Object.keys(json).length === 0) return undefined;
  const draft = draftOf(await event.parsed(), event.source);
  await editDraft(draft, json);
  return await sourceOf(draft);
}

/** @throws GraphError where a change is of what an occurrence has not by itself, or would take it out of its place */
function checkPlace(place: Place, properties: ReadonlyMap<string, unknown>, json: Json): void {
  if (json['recurrence']) throw new GraphError(400, 'ErrorInvalidPropertySet');
  if (Object.keys(json).some((name) => extras.includes(name)))
    throw new GraphError(501, 'NotImplemented', { message: 'In the sandbox no occurrence has extensions of its own.' });
  const start = properties.get('calendar:Start');
  if (typeof start === 'string' && leavesItsPlace(place, new Date(start)))
    throw new GraphError(400, 'ErrorOccurrenceCrossingBoundary', {
      message: 'Modified occurrence is crossing or overlapping adjacent occurrence.',
    });
}

/** Whoever organizes it calls it off. https://learn.microsoft.com/graph/api/event-delete */
export const deleteEvent: Operation = async (context) => {
  const event = eventOf(context);
  if (isOwn(event) && attendeesOf(event).length > 0) await callOff(event, { keepsCopy: true }, context.store);
  discard(event);
  return { status: 204 };
};

/** Takes an event out of its calendar, an occurrence out of its series. */
export function discard(event: StoredMessage): void {
  const place = placeOf(event);
  if (place) removeOccurrence(place);
  else event.folder.move(event, event.folder.account.folder('deleteditems'));
}

const transaction = 'transactionId';

/** What is the same as of a message. */
const content = ['subject', 'body', 'importance'];
const extras = ['singleValueExtendedProperties', 'multiValueExtendedProperties', 'extensions'];

/** What concerns more people than the one whose calendar it is in. */
const telling = [...content, 'start', 'end', 'isAllDay', 'location', 'locations', 'recurrence', 'attendees'];

function pick(json: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([name]) => names.includes(name)));
}

/** @throws GraphError ErrorDuplicateTransactionId where a client makes again what it has made */
function refuseSecond(events: readonly StoredMessage[], id: unknown): void {
  if (typeof id !== 'string' || !id || !events.some(({ properties }) => properties.get(transactionId) === id)) return;
  const why = 'The TransactionId specified in the request has already been used to create a different event.';
  throw new GraphError(409, 'ErrorDuplicateTransactionId', { message: `Your request can't be completed. ${why}` });
}
