import type { CallOptions, Gone, MessageRef, RawMessage } from '../transport.js';
import { batches } from '../../async/batches.js';
import { longestAnswer } from '../longest-answer.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { itemSource } from './read-items.js';
import type { Sources } from '../sources.js';

const limits = { count: 20, size: 20 * 1024 * 1024 };
const timeout = 300_000;

/** The sources of messages, in the order asked. */
export async function fetchSources(
  session: EwsSession,
  sources: Sources,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<(RawMessage | Gone)[]> {
  const found = sources.takeAll(refs);
  const { library } = session;
  const request = { operation: 'fetching messages', properties: [library.ItemSchema.MimeContent], timeout, signal };
  const missing = refs.filter(({ id }) => !found.has(id));
  for (const batch of batches(missing, limits)) {
    const items = await getItems(
      session,
      batch.map(({ id }) => id),
      { ...request, maxBody: longestAnswer(batch) },
    );
    for (const [index, item] of items.entries()) {
      if (item) found.set(batch[index]!.id, itemSource(item));
    }
  }
  return refs.map((ref) => answer(ref, found.get(ref.id)));
}

function answer(ref: MessageRef, source: Buffer | undefined): RawMessage | Gone {
  return source ? { ref, source } : { ref, gone: true };
}
