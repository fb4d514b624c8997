import type { CallOptions, Folder, MessageRef } from '../transport.js';
import { text } from './graph-answer.js';
import { immutableIds, type GraphSession } from './graph-session.js';
import { graphTime, listPages, readingFolder } from './read-folder.js';

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
  const path = `${session.root}/mailFolders/${encodeURIComponent(folder.id)}/messages?${sameTimes(refs)}`;
  // What was listed and never described is known by the id that it has in the folder.
  for (const prefer of [immutableIds, folderIds]) {
    const pages = listPages(session, readingFolder(folder, options), { path, prefer });
    for await (const id of idsIn(pages)) if (wanted.has(id)) there.add(id);
    if (there.size === wanted.size) break;
  }
  return there;
}

const folderIds = 'IdType="Default"';

/** Graph knows received times to the second. */
function sameTimes(refs: readonly MessageRef[]): string {
  const times = refs.map(({ receivedAt }) => receivedAt.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times) + 999].map(graphTime);
  const filter = `receivedDateTime ge ${first} and receivedDateTime le ${last}`;
  return `$select=id&$top=${pageSize}&$filter=${encodeURIComponent(filter)}`;
}

async function* idsIn(pages: ReturnType<typeof listPages>): AsyncGenerator<string> {
  for await (const page of pages) yield* page.map((message) => text(message['id']));
}
