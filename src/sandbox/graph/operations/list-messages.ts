import { searchedOf } from '../../search/searched-message.js';
import { latestFirst, type StoredFolder, type StoredMessage } from '../../store/store.js';
import {
  folderOf,
  odataContext,
  refuseUnreadable,
  resourceUrl,
  type GraphContext,
  type Operation,
} from '../context.js';
import { jsonAnswer, octetsAnswer, type GraphAnswer } from '../graph-answer.js';
import { candidates } from '../messages/candidates.js';
import { GraphError } from '../graph-error.js';
import { folderId } from '../ids.js';
import { messageEdm } from '../messages/message-properties.js';
import { appliedPreferences, messageRecord, readMessageView, renderMessage } from '../messages/message-view.js';
import { findRows } from '../odata/find-rows.js';
import type { OrderKey } from '../odata/order.js';
import { readQueryOptions, type QueryOptions } from '../odata/query-options.js';
import { parseSearch } from '../odata/search.js';
import { page } from '../paging.js';

/** The messages of all folders. */
export const listMessages: Operation = (context) => list(context, 'messages', allMessages(context));

export const countMessages: Operation = (context) => count(context, allMessages(context));

export const listFolderMessages: Operation = (context) => {
  const folder = folderOf(context);
  return list(context, `mailFolders('${folderId(folder)}')/messages`, candidatesIn(folder, context));
};

export const countFolderMessages: Operation = (context) => count(context, candidatesIn(folderOf(context), context));

function candidatesIn(folder: StoredFolder, { request }: GraphContext): readonly StoredMessage[] {
  return candidates(folder, request.query.get('$filter'));
}

function allMessages(context: GraphContext): StoredMessage[] {
  return context.account.folders.flatMap((folder) => candidatesIn(folder, context)).toSorted(latestFirst);
}

async function count({ request }: GraphContext, all: readonly StoredMessage[]): Promise<GraphAnswer> {
  const messages = await find(all, readQueryOptions(request.query, messageEdm));
  return octetsAnswer(Buffer.from(String(messages.length)), 'text/plain');
}

async function list(context: GraphContext, path: string, all: readonly StoredMessage[]): Promise<GraphAnswer> {
  const { request } = context;
  const options = readQueryOptions(request.query, messageEdm);
  const view = readMessageView(request, options);
  const { rows, annotations } = page(context, resourceUrl(context, path), await find(all, options), options);
  const value: object[] = [];
  for (const message of rows) {
    // One that is corrupt fails the whole page, where more than what a listing has at hand is asked for.
    if (view.select?.has('internetMessageHeaders') ?? true) await refuseUnreadable(context, message, 'envelope');
    value.push(await renderMessage(message, view));
  }
  const answer = jsonAnswer({ ...odataContext(context, path), ...annotations, value });
  return { ...answer, headers: appliedPreferences(request) };
}

/** What the options ask for of messages that come latest first, in their order. */
async function find(all: readonly StoredMessage[], options: QueryOptions): Promise<readonly StoredMessage[]> {
  const { filter, order, search } = options;
  if (search !== undefined) return await searched(all, search, options);
  if (!filter && (!order || isLatestFirst(order))) return all;
  const sorted = { filter, order: order && !isLatestFirst(order) ? order : undefined };
  return await findRows(all, sorted, (message, names) => messageRecord(message, names, filter?.extended));
}

/** `$search` goes with neither `$filter` nor `$orderby`. */
async function searched(
  all: readonly StoredMessage[],
  search: string,
  { filter, order }: QueryOptions,
): Promise<StoredMessage[]> {
  for (const [name, isThere, code] of [
    ['$filter', filter, 'SearchWithFilter'],
    ['$orderBy', order, 'SearchWithOrderBy'],
  ] as const) {
    const message = `The query parameter '${name}' is not supported with '$search'.`;
    if (isThere) throw new GraphError(400, code, { message });
  }
  const accepts = parseSearch(search);
  const found: StoredMessage[] = [];
  for (const message of all) if (accepts(await searchedOf(message))) found.push(message);
  return found;
}

/** As they come. */
function isLatestFirst([first, ...others]: readonly OrderKey[]): boolean {
  return others.length === 0 && first?.path === 'receivedDateTime' && first.isDescending;
}
