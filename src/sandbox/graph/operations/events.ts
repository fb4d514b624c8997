import { takingPlace } from '../../calendar/occurrence-item.js';
import type { StoredMessage } from '../../store/store.js';
import { calendarOf } from '../calendar/calendars.js';
import { eventId } from '../calendar/event-id.js';
import { readQueryTime } from '../calendar/event-times.js';
import { eventOf } from '../calendar/find-event.js';
import { cannot } from '../calendar/read-event.js';
import { showEvent, showEvents } from '../calendar/show-events.js';
import type { GraphContext, Operation } from '../context.js';
import { badRequest } from '../graph-error.js';

/** Those that stand alone, and series. https://learn.microsoft.com/graph/api/user-list-events */
export const listEvents: Operation = (context) => showEvents(context, 'events', calendarOf(context).messages);

/** What touches a time, each occurrence by itself, in its order. https://learn.microsoft.com/graph/api/user-list-calendarview */
export const viewCalendar: Operation = (context) =>
  showEvents(context, 'calendarView', inWindow(context, calendarOf(context).messages));

/** https://learn.microsoft.com/graph/api/event-list-instances */
export const listInstances: Operation = (context) => {
  const event = eventOf(context);
  return showEvents(context, `events('${eventId(event, 'ordinary')}')/instances`, inWindow(context, [event]));
};

export const getEvent: Operation = (context) => showEvent(context, eventOf(context));

/** In days, as Graph takes it. */
const longestWindow = 1825;

function inWindow({ request }: GraphContext, events: readonly StoredMessage[]): StoredMessage[] {
  const [from, to] = ['startdatetime', 'enddatetime'].map((name) => readQueryTime(request.query.get(name)));
  if (from === undefined || to === undefined)
    throw badRequest(
      "This request requires a time window specified by the query string parameters 'StartDateTime' and 'EndDateTime'.",
    );
  if (to - from > longestWindow * 86_400_000)
    throw cannot(
      `The range between the start and end dates is greater than the allowed range. Maximum number of days: ${longestWindow}`,
    );
  return takingPlace(events, new Date(from), new Date(to));
}
