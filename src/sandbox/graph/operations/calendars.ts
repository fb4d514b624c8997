import { calendarOf, calendars, renderCalendar } from '../calendar/calendars.js';
import { odataContext, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { readName, refuseTaken, rename } from '../folders/given-name.js';
import { GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { folderId } from '../ids.js';

/** https://learn.microsoft.com/graph/api/user-list-calendars */
export const listCalendars: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'calendars'), value: calendars(context.account).map(renderCalendar) });

export const getCalendar: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'calendars/$entity'), ...renderCalendar(calendarOf(context)) });

/** https://learn.microsoft.com/graph/api/user-post-calendars */
export const createCalendar: Operation = (context) => {
  const { account, request } = context;
  const name = readName(readJson(request), 'name');
  refuseTaken(name, calendars(account));
  const created = account.createOtherFolder(name, account.root, 'IPF.Appointment');
  return jsonAnswer({ ...odataContext(context, 'calendars/$entity'), ...renderCalendar(created) }, 201);
};

export const updateCalendar: Operation = (context) => {
  const folder = calendarOf(context);
  const name = readName({ name: folder.name, ...readJson(context.request) }, 'name');
  rename(folder, name, calendars(context.account));
  return jsonAnswer({ ...odataContext(context, 'calendars/$entity'), ...renderCalendar(folder) });
};

/** All calendars are in one. https://learn.microsoft.com/graph/api/user-list-calendargroups */
export const listCalendarGroups: Operation = (context) => {
  const id = folderId(context.account.root);
  const group = { id, name: 'My Calendars', classId: '0006f0b7-0000-0000-c000-000000000046', changeKey: id.slice(-16) };
  return jsonAnswer({ ...odataContext(context, 'calendarGroups'), value: [group] });
};

export const deleteCalendar: Operation = (context) => {
  const folder = calendarOf(context);
  if (folder.otherId !== undefined)
    throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', { message: 'The default calendar stays.' });
  context.account.removeFolder(folder);
  return { status: 204 };
};
