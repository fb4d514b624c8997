import { batches } from '../../async/batches.js';
import { isOneItemsFault } from '../../async/bisect.js';
import type { ExchangeError } from '../../errors.js';
import { longestAnswer } from '../longest-answer.js';
import type { Sources } from '../sources.js';
import type { Fetched, FetchOptions, MessageRef } from '../transport.js';
import { isSuccess, type GraphAnswer } from './graph-answer.js';
import { isGone } from './graph-errors.js';
import type { GraphSession, Operation } from './graph-session.js';
import { mimeRequest, readMime } from './mime.js';

const limits = { count: 20, size: 4 * 1024 * 1024 };
const timeout = 300_000;

/** The sources of messages, in the order asked. What was read before a failure is not read again. */
export async function fetchSources(
  session: GraphSession,
  sources: Sources,
  refs: readonly MessageRef[],
  { signal, fresh = false, aside = false }: FetchOptions = {},
): Promise<Fetched[]> {
  const kept = sources.takeAll(fresh ? [] : refs);
  const fetched = new Map<string, Fetched>();
  for (const [id, source] of kept) fetched.set(id, { ref: refs.find((ref) => ref.id === id)!, source });
  const operation = { operation: 'fetching messages', timeout, repeatable: true, aside, signal };
  const missing = refs.filter(({ id }) => !kept.has(id));
  try {
    for (const batch of batches(missing, limits)) {
      for (const answer of await fetchBatch(session, operation, batch)) fetched.set(answer.ref.id, answer);
    }
  } catch (error) {
    for (const answer of fetched.values()) if ('source' in answer) sources.keep(answer.ref.id, answer.source);
    throw error;
  }
  return refs.map((ref) => fetched.get(ref.id)!);
}

async function fetchBatch(
  session: GraphSession,
  operation: Operation,
  refs: readonly MessageRef[],
): Promise<Fetched[]> {
  const [first, ...more] = refs.map(({ id }) => mimeRequest(session, id));
  if (!first) return [];
  // A single one, of whatever size, comes as it is.
  const single = { ...first, maxBody: longestAnswer(refs) };
  const isBatch = more.length > 0;
  const answers = isBatch ? await session.batch(operation, [first, ...more]) : [await session.ask(operation, single)];
  const answersEach = answers.some((answer) => isSuccess(answer) || isGone(answer));
  return refs.map((ref, index) => {
    const answer = answers[index]!;
    if (isGone(answer)) return { ref, gone: true };
    if (isSuccess(answer)) return readSource(ref, answer);
    const unreadable = session.failure(operation, answer);
    // Where all fail alike, it may be the server that does.
    if (!isOneItemsFault(unreadable) && !(answersEach && unreadable.transient)) throw unreadable;
    return { ref, unreadable };
  });
}

function readSource(ref: MessageRef, { body }: GraphAnswer): Fetched {
  try {
    return { ref, source: readMime(body) };
  } catch (error) {
    return { ref, unreadable: error as ExchangeError };
  }
}
