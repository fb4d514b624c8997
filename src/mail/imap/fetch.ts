import type { Sources } from '../sources.js';
import type { CallOptions, Gone, MessageRef, RawMessage } from '../transport.js';
import { longestAnswer } from '../longest-answer.js';
import { byFolder } from './by-folder.js';
import { fetchRows } from './fetch-rows.js';
import type { ImapSessions } from './imap-sessions.js';

const limits = { count: 20, size: 20 * 1024 * 1024 };

/** The sources of messages, in the order asked. */
export async function fetchSources(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { sources, signal }: CallOptions & { readonly sources: Sources },
): Promise<(RawMessage | Gone)[]> {
  const found = sources.takeAll(refs);
  const missing = refs.filter(({ id }) => !found.has(id));
  const operation = { operation: 'fetching messages', limits, signal };
  await byFolder(sessions, missing, operation, async (client, messages) => {
    const range = messages.map(({ uid }) => uid).join(',');
    const limit = longestAnswer(messages.map(({ ref }) => ref));
    for (const { uid, source } of await fetchRows(client, range, { uid: true, source: true, limit })) {
      const message = messages.find((candidate) => candidate.uid === uid);
      if (message && source) found.set(message.ref.id, source);
    }
  });
  return refs.map((ref) => answer(ref, found.get(ref.id)));
}

function answer(ref: MessageRef, source: Buffer | undefined): RawMessage | Gone {
  return source ? { ref, source } : { ref, gone: true };
}
