import { refuseOperation } from '../absent.js';
import type { Operation, Route, Routes } from '../context.js';
import { attachmentRoutes } from './attachment-routes.js';
import {
  createCalendar,
  deleteCalendar,
  getCalendar,
  listCalendarGroups,
  listCalendars,
  updateCalendar,
} from './calendars.js';
import { createEvent, deleteEvent, updateEvent } from './change-events.js';
import { cancelEvent, dismissReminder, forwardEvent, respondToEvent, snoozeReminder } from './event-actions.js';
import { getEvent, listEvents, listInstances, viewCalendar } from './events.js';
import { getSchedule } from './get-schedule.js';

const read = (run: Operation): Route => ({ permissions: ['Calendars.Read', 'Calendars.ReadWrite'], run });
const write = (run: Operation): Route => ({ permissions: ['Calendars.ReadWrite'], run });

/** What Graph has, and the sandbox has not. */
const lacking: Routes = Object.fromEntries(
  ['GET events/delta', 'GET calendarview/delta', 'GET calendar/calendarview/delta', 'POST findmeetingtimes'].map(
    (name) => [name, read(refuseOperation)],
  ),
);

/** Events by the way that leads to them: the mailbox, its own calendar, any of its calendars. */
const eventsBy = (way: string): Routes => ({
  [`GET ${way}events`]: read(listEvents),
  [`POST ${way}events`]: write(createEvent),
  [`GET ${way}calendarview`]: read(viewCalendar),
});

const event = 'events/{event}';

/** What can be done with calendars. */
export const calendarRoutes: Routes = {
  'GET calendars': read(listCalendars),
  'POST calendars': write(createCalendar),
  'GET calendar': read(getCalendar),
  'GET calendars/{calendar}': read(getCalendar),
  'PATCH calendars/{calendar}': write(updateCalendar),
  'DELETE calendars/{calendar}': write(deleteCalendar),
  'GET calendargroups': read(listCalendarGroups),
  'POST calendar/getschedule': read(getSchedule),
  ...lacking,
  ...eventsBy(''),
  ...eventsBy('calendar/'),
  ...eventsBy('calendars/{calendar}/'),

  [`GET ${event}`]: read(getEvent),
  [`PATCH ${event}`]: write(updateEvent),
  [`DELETE ${event}`]: write(deleteEvent),
  [`GET ${event}/instances`]: read(listInstances),
  [`POST ${event}/accept`]: write(respondToEvent('Accept')),
  [`POST ${event}/tentativelyaccept`]: write(respondToEvent('Tentative')),
  [`POST ${event}/decline`]: write(respondToEvent('Decline')),
  [`POST ${event}/cancel`]: write(cancelEvent),
  [`POST ${event}/forward`]: write(forwardEvent),
  [`POST ${event}/snoozereminder`]: write(snoozeReminder),
  [`POST ${event}/dismissreminder`]: write(dismissReminder),

  // Messages and events are found the same way.
  ...attachmentRoutes('events/{message}', { read, write }),
};
