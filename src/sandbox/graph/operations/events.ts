import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { calendarOf, calendars } from '../calendar/calendars.js';
import { endOf, eventEdm, renderEvent, startOf, type EventView } from '../calendar/event-resource.js';
import { wantedZone } from '../calendar/event-times.js';
import { readEventProperties } from '../calendar/read-event.js';
import { odataContext, resourceUrl, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { badRequest, itemNotFound } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { readMessageId } from '../ids.js';
import { editDraft, sourceOf } from '../messages/message-edit.js';
import { readMessageView } from '../messages/message-view.js';
import { draftOf, emptyDraft } from '../../message/draft.js';
import { sortBy } from '../odata/order.js';
import { readQueryOptions, readSelect } from '../odata/query-options.js';
import { page } from '../paging.js';

/** https://learn.microsoft.com/graph/api/user-list-events */
export const listEvents: Operation = (context) => list(context, 'events', eventsIn(context));

/** What touches a time, in its order. https://learn.microsoft.com/graph/api/user-list-calendarview */
export const viewCalendar: Operation = (context) => {
  const { query } = context.request;
  const [from, to] = ['startdatetime', 'enddatetime'].map((name) => readTime(query.get(name)));
  if (from === undefined || to === undefined)
    throw badRequest(
      "This request requires a time window specified by the query string parameters 'StartDateTime' and 'EndDateTime'.",
    );
  const within = eventsIn(context)
    .filter((event) => startOf(event).getTime() < to && endOf(event).getTime() > from)
    .toSorted((one, other) => startOf(one).getTime() - startOf(other).getTime());
  return list(context, 'calendarView', within);
};

export const getEvent: Operation = (context) => show(context, eventOf(context));

/** Nobody is invited. https://learn.microsoft.com/graph/api/user-post-events */
export const createEvent: Operation = async (context) => {
  const json = readJson(context.request);
  if (!json['start'] || !json['end']) throw badRequest("The properties 'start' and 'end' are required.");
  const given = readEventProperties(json);
  checkTimes(new Map(given));
  const draft = { ...emptyDraft(), from: { name: '', address: context.account.address } };
  await editDraft(draft, content(json));
  const kept = given.filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined);
  const properties: [string, PropertyValue][] = [['item:ItemClass', 'IPM.Appointment'], ...kept];
  const event = calendarOf(context).add({ source: await sourceOf(draft), flags: ['\\Seen'], properties });
  return show(context, event, 201);
};

/** https://learn.microsoft.com/graph/api/event-update */
export const updateEvent: Operation = async (context) => {
  const event = eventOf(context);
  const json = readJson(context.request);
  const properties = readEventProperties(json);
  checkTimes(new Map([...event.properties, ...properties]));
  if (Object.keys(content(json)).length > 0) {
    const draft = draftOf(await event.parsed(), event.source);
    await editDraft(draft, content(json));
    event.folder.replace(event, await sourceOf(draft));
  }
  for (const [name, value] of properties) event.folder.setProperty(event, name, value);
  return show(context, event);
};

export const deleteEvent: Operation = (context) => {
  const event = eventOf(context);
  event.folder.move(event, context.account.folder('deleteditems'));
  return { status: 204 };
};

/** What is the same as of a message. */
function content(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = ['subject', 'body', 'importance'];
  return Object.fromEntries(Object.entries(json).filter(([name]) => names.includes(name)));
}

/** @throws GraphError BadRequest where it would end before it begins */
function checkTimes(properties: ReadonlyMap<string, PropertyValue | undefined>): void {
  const [start, end] = ['calendar:Start', 'calendar:End'].map((name) => Date.parse(String(properties.get(name))));
  if (start !== undefined && end !== undefined && end < start)
    throw badRequest("The property 'end' has to be after 'start'.");
}

async function list(context: GraphContext, path: string, events: readonly StoredMessage[]): Promise<GraphAnswer> {
  const query = new Map([...context.request.query].filter(([name]) => name.startsWith('$')));
  const options = readQueryOptions(query, eventEdm);
  const view = viewOf(context);
  const rows: { event: StoredMessage; record: object }[] = [];
  for (const event of events) {
    const record = await renderEvent(event, { ...view, select: eventEdm.properties });
    if (options.filter?.accepts(record) ?? true) rows.push({ event, record });
  }
  const sorted = sortBy(rows, options.order ?? [], ({ record }) => record);
  const { rows: shown, annotations } = page(context, resourceUrl(context, path), sorted, options);
  const value: object[] = [];
  for (const { event } of shown) value.push(await renderEvent(event, { ...view, select: options.select }));
  return jsonAnswer({ ...odataContext(context, path), ...annotations, value });
}

async function show(context: GraphContext, event: StoredMessage, status = 200): Promise<GraphAnswer> {
  const select = readSelect(context.request.query, eventEdm);
  const rendered = await renderEvent(event, { ...viewOf(context), select });
  return jsonAnswer({ ...odataContext(context, 'events/$entity'), ...rendered }, status);
}

function viewOf({ request }: GraphContext): EventView {
  const { idType, bodyType } = readMessageView(request);
  return { idType, bodyType, zone: wantedZone(request) };
}

function eventsIn(context: GraphContext): readonly StoredMessage[] {
  return calendarOf(context).messages;
}

function eventOf({ account, parameters }: GraphContext): StoredMessage {
  const found = account.messageById(readMessageId(parameters['event'] ?? ''));
  if (!found || !calendars(account).includes(found.folder)) throw itemNotFound();
  return found;
}

/** Without an offset it is UTC. */
function readTime(text: string | undefined): number | undefined {
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text ?? '') ? (text ?? '') : `${text}Z`);
  return Number.isNaN(at) ? undefined : at;
}
