import { calendarOf, calendars, renderCalendar } from '../calendar/calendars.js';
import { odataContext, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest, GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';

/** https://learn.microsoft.com/graph/api/user-list-calendars */
export const listCalendars: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'calendars'), value: calendars(context.account).map(renderCalendar) });

export const getCalendar: Operation = (context) =>
  jsonAnswer({ ...odataContext(context, 'calendars/$entity'), ...renderCalendar(calendarOf(context)) });

/** https://learn.microsoft.com/graph/api/user-post-calendars */
export const createCalendar: Operation = (context) => {
  const { account, request } = context;
  const { name } = readJson(request);
  if (typeof name !== 'string' || !name.trim()) throw badRequest("The property 'name' is required.");
  if (calendars(account).some((folder) => folder.name.toLowerCase() === name.toLowerCase()))
    throw new GraphError(409, 'ErrorFolderExists');
  const created = account.createOtherFolder(name, account.root, 'IPF.Appointment');
  return jsonAnswer({ ...odataContext(context, 'calendars/$entity'), ...renderCalendar(created) }, 201);
};

export const deleteCalendar: Operation = (context) => {
  const folder = calendarOf(context);
  if (folder.otherId !== undefined)
    throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', { message: 'The default calendar stays.' });
  context.account.removeFolder(folder);
  return { status: 204 };
};
