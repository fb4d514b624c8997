import { parseKeywordQuery } from '../../search/keyword-query.js';
import { QueryError } from '../../search/query-error.js';
import { searchedOf } from '../../search/searched-message.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';
import { candidates } from './candidates.js';
import { inCalendarView, inContactsView } from './calendar-view.js';
import { EwsError } from '../ews-error.js';
import { messageValue } from './message-value.js';
import { compile, filter } from './restriction.js';
import { isLatestFirst, sortItems } from './sort-items.js';
import { childElements, find, textOf, type XmlElement } from '../xml.js';

/**
 * The messages of a folder that a FindItem request is after, in its order. What is asked by article number or received time
 * is answered without walking the folder.
 */
export async function findItems(request: XmlElement, folder: StoredFolder): Promise<readonly StoredMessage[]> {
  const view = find(request, 'CalendarView');
  if (view) return inCalendarView(view, folder);
  const expression = childElements(find(request, 'Restriction'))[0];
  const query = textOf(find(request, 'QueryString'))?.trim();
  const contacts = find(request, 'ContactsView');
  const order = childElements(find(request, 'SortOrder'));
  if (query) return await sortItems(await search(folder.messages, query, expression), order);
  if (!contacts && !expression && isLatestFirst(order)) return folder.latestFirst;
  const shown = contacts ? inContactsView(contacts, folder) : candidates(folder, expression);
  const matches = expression ? await filter(shown, compile(expression, messageValue)) : shown;
  return contacts && order.length === 0 ? matches : await sortItems(matches, order);
}

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/querystring-querystringtype */
async function search(
  messages: readonly StoredMessage[],
  query: string,
  expression: XmlElement | undefined,
): Promise<StoredMessage[]> {
  if (expression) throw refused('A QueryString goes with no Restriction.');
  const accepts = readQuery(query);
  return await filter(messages, async (message) => accepts(await searchedOf(message)));
}

function readQuery(query: string): ReturnType<typeof parseKeywordQuery> {
  try {
    return parseKeywordQuery(query);
  } catch (error) {
    throw error instanceof QueryError ? refused(error.message) : error;
  }
}

function refused(message: string): EwsError {
  return new EwsError('ErrorUnsupportedQueryFilter', { message });
}
