import type { Operation, Route, Routes } from '../context.js';
import { GraphError } from '../graph-error.js';
import { createCalendar, deleteCalendar, getCalendar, listCalendars } from './calendars.js';
import { createEvent, deleteEvent, getEvent, listEvents, updateEvent, viewCalendar } from './events.js';

const read = (run: Operation): Route => ({ permissions: ['Calendars.Read', 'Calendars.ReadWrite'], run });
const write = (run: Operation): Route => ({ permissions: ['Calendars.ReadWrite'], run });

/** What Graph has, and the sandbox has over EWS alone, or not at all. */
const lacking: Routes = Object.fromEntries(
  [
    ...['accept', 'cancel', 'decline', 'forward', 'tentativelyaccept'].map((action) => `POST events/{event}/${action}`),
    'GET events/{event}/instances',
    'GET events/delta',
    'GET calendarview/delta',
    'POST calendar/getschedule',
    'POST findmeetingtimes',
  ].map((name) => [name, read(refuse)]),
);

function refuse(): never {
  throw new GraphError(501, 'NotImplemented', { message: 'The sandbox has no such action, which Graph has.' });
}

/** Events by the way that leads to them: the mailbox, its own calendar, any of its calendars. */
const eventRoutes = (way: string): Routes => ({
  [`GET ${way}events`]: read(listEvents),
  [`POST ${way}events`]: write(createEvent),
  [`GET ${way}calendarview`]: read(viewCalendar),
  [`GET ${way}events/{event}`]: read(getEvent),
  [`PATCH ${way}events/{event}`]: write(updateEvent),
  [`DELETE ${way}events/{event}`]: write(deleteEvent),
});

/** What can be done with calendars. */
export const calendarRoutes: Routes = {
  'GET calendars': read(listCalendars),
  'POST calendars': write(createCalendar),
  'GET calendar': read(getCalendar),
  'GET calendars/{calendar}': read(getCalendar),
  'DELETE calendars/{calendar}': write(deleteCalendar),
  ...lacking,
  ...eventRoutes(''),
  ...eventRoutes('calendar/'),
  ...eventRoutes('calendars/{calendar}/'),
};
