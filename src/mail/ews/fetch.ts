import { ExchangeError, isExchangeError } from '../../errors.js';
import type { Fetched, FetchOptions, MessageRef } from '../transport.js';
import { batches } from '../../async/batches.js';
import type { Answer } from '../each-item.js';
import { longestAnswer } from '../longest-answer.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { mimeContent } from './message-ref.js';
import { itemSource } from './read-items.js';
import type { Sources } from '../sources.js';
import type { XmlElement } from './xml-tree.js';

const limits = { count: 20, size: 20 * 1024 * 1024 };
const timeout = 300_000;
const sourceless = 'the server gave a message without its MIME content';

/** The sources of messages, in the order asked. */
export async function fetchSources(
  session: EwsSession,
  sources: Sources,
  refs: readonly MessageRef[],
  { signal, fresh = false }: FetchOptions = {},
): Promise<Fetched[]> {
  const kept = sources.takeAll(fresh ? [] : refs);
  const found = new Map<string, Fetched>();
  const request = { operation: 'fetching messages', properties: [mimeContent], timeout, signal };
  const missing = refs.filter(({ id }) => !kept.has(id));
  for (const batch of batches(missing, limits)) {
    const items = await getItems(
      session,
      batch.map(({ id }) => id),
      { ...request, maxBody: longestAnswer(batch) },
    );
    for (const [index, ref] of batch.entries()) found.set(ref.id, answer(ref, items[index]));
  }
  return refs.map((ref) => {
    const source = kept.get(ref.id);
    return source ? { ref, source } : found.get(ref.id)!;
  });
}

function answer(ref: MessageRef, item: Answer<XmlElement | undefined>): Fetched {
  if (!item) return { ref, gone: true };
  if (isExchangeError(item)) return { ref, unreadable: item };
  const source = itemSource(item);
  return source ? { ref, source } : { ref, unreadable: new ExchangeError('PROTOCOL', sourceless) };
}
