import type { CallOptions, Folder, MessageRef } from '../transport.js';
import { fields, text } from './graph-answer.js';
import { immutableIds, type GraphSession } from './graph-session.js';

const pageSize = 1000;

/**
 * The ids of the messages that are in the folder still. What lies in it of the time in which they came is listed: asking
 * for each would be a request each to Graph's counters, and a removal that the changes tell of has another id there.
 */
export async function stillThere(
  session: GraphSession,
  folder: Folder,
  refs: readonly MessageRef[],
  options: CallOptions = {},
): Promise<ReadonlySet<string>> {
  const wanted = new Set(refs.map((ref) => ref.id));
  const there = new Set<string>();
  // What was listed and never described is known by the id that it has in the folder.
  for (const prefer of [immutableIds, folderIds]) {
    const listed = await list(session, folder, { ...options, prefer, query: sameTimes(refs) });
    for (const id of listed) if (wanted.has(id)) there.add(id);
    if (there.size === wanted.size) break;
  }
  return there;
}

const folderIds = 'IdType="Default"';

async function list(
  session: GraphSession,
  { id, name }: Folder,
  { signal, prefer, query }: CallOptions & { readonly prefer: string; readonly query: string },
): Promise<string[]> {
  const operation = { operation: `reading the folder ${name}`, isAboutFolder: true, signal };
  const ids: string[] = [];
  let path: unknown = `${session.root}/mailFolders/${encodeURIComponent(id)}/messages?${query}`;
  while (typeof path === 'string') {
    const page = await session.read(operation, { method: 'GET', path, prefer });
    ids.push(...(Array.isArray(page['value']) ? page['value'] : []).map((message) => text(fields(message)['id'])));
    path = page['@odata.nextLink'];
  }
  return ids;
}

/** Graph knows received times to the second. */
function sameTimes(refs: readonly MessageRef[]): string {
  const times = refs.map(({ receivedAt }) => receivedAt.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times) + 999].map((time) =>
    new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
  );
  const filter = `receivedDateTime ge ${first} and receivedDateTime le ${last}`;
  return `$select=id&$top=${pageSize}&$filter=${encodeURIComponent(filter)}`;
}
