import { batches } from '../../async/batches.js';
import { longestAnswer } from '../longest-answer.js';
import type { Sources } from '../sources.js';
import type { CallOptions, Gone, MessageRef, RawMessage } from '../transport.js';
import { isSuccess } from './graph-answer.js';
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
  { signal }: CallOptions = {},
): Promise<(RawMessage | Gone)[]> {
  const found = sources.takeAll(refs);
  const operation = { operation: 'fetching messages', timeout, repeatable: true, signal };
  const missing = refs.filter(({ id }) => !found.has(id));
  try {
    for (const batch of batches(missing, limits)) {
      for (const [id, source] of await fetchBatch(session, operation, batch)) found.set(id, source);
    }
  } catch (error) {
    for (const [id, source] of found) sources.keep(id, source);
    throw error;
  }
  return refs.map((ref) => {
    const source = found.get(ref.id);
    return source ? { ref, source } : { ref, gone: true };
  });
}

/** By their ids; without those that are gone. */
async function fetchBatch(
  session: GraphSession,
  operation: Operation,
  refs: readonly MessageRef[],
): Promise<Map<string, Buffer>> {
  const [first, ...more] = refs.map(({ id }) => mimeRequest(session, id));
  if (!first) return new Map();
  // A single one, of whatever size, comes as it is.
  const single = { ...first, maxBody: longestAnswer(refs) };
  const isBatch = more.length > 0;
  const answers = isBatch ? await session.batch(operation, [first, ...more]) : [await session.ask(operation, single)];
  const found = new Map<string, Buffer>();
  for (const [index, answer] of answers.entries()) {
    if (isGone(answer)) continue;
    if (!isSuccess(answer)) throw session.failure(operation, answer);
    found.set(refs[index]!.id, readMime(answer.body));
  }
  return found;
}
