import { batches } from '../../async/batches.js';
import type { CallOptions, MessageRef } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';

const limits = { count: 100 };

/**
 * The ids of the messages that are where they were: one that moves has another id from then on. A folder's changes
 * (SyncFolderItems) would tell as much, and begin with all that is in it.
 */
export async function stillThere(
  session: EwsSession,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  for (const batch of batches(refs, limits)) {
    const ids = batch.map(({ id }) => id);
    const items = await getItems(session, ids, { operation: 'looking for messages', properties: [], signal });
    for (const [index, item] of items.entries()) if (item) there.add(ids[index]!);
  }
  return there;
}
