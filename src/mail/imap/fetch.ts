import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { isOneItemsFault } from '../../async/bisect.js';
import { ExchangeError } from '../../errors.js';
import type { Sources } from '../sources.js';
import type { Fetched, FetchOptions, MessageRef } from '../transport.js';
import { longestAnswer } from '../longest-answer.js';
import { byFolder, type Located } from './by-folder.js';
import { fetchEach } from './fetch-rows.js';
import { imapError } from './imap-errors.js';
import type { ImapSession } from './imap-session.js';
import type { ImapSessions } from './imap-sessions.js';
import { presentUids, uidsOf } from './present-uids.js';

const limits = { count: 20, size: 20 * 1024 * 1024 };
const operation = 'fetching messages';

/** The sources of messages, in the order asked. */
export async function fetchSources(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { sources, signal, fresh = false, aside = false }: FetchOptions & { readonly sources: Sources },
): Promise<Fetched[]> {
  const kept = sources.takeAll(fresh ? [] : refs);
  const missing = refs.filter(({ id }) => !kept.has(id));
  const fetched = new Map<string, Fetched>();
  const fetchOver = (sessionOf: (path: string) => ImapSession): Promise<void> =>
    byFolder(missing, { operation, limits, sessionOf, signal }, async (client, messages) => {
      for (const answer of await fetchTogether(client, messages, sessions.main)) fetched.set(answer.ref.id, answer);
    });
  if (missing.length > 0 && aside) await sessions.aside((session) => fetchOver(() => session), signal);
  else if (missing.length > 0) await fetchOver((path) => sessions.of(path));
  return refs.map((ref) => {
    const source = kept.get(ref.id);
    return source ? { ref, source } : (fetched.get(ref.id) ?? { ref, gone: true });
  });
}

/** Rejects where the server refuses several, and it can't be told which of them it does not give. */
async function fetchTogether(client: ImapFlow, messages: readonly Located[], session: ImapSession): Promise<Fetched[]> {
  const found = new Map<number, Buffer>();
  const limit = longestAnswer(messages.map(({ ref }) => ref));
  let refusal: ExchangeError | undefined;
  try {
    const onRow = ({ uid, source }: FetchMessageObject): void => void (source && found.set(uid, source));
    await fetchEach(client, uidsOf(messages), { uid: true, source: true, limit, onRow });
  } catch (error) {
    refusal = imapError(error, session.attempt(operation));
    if (!isOneItemsFault(refusal)) throw error;
  }
  const lacking = messages.filter(({ uid }) => !found.has(uid));
  const there = lacking.length > 0 ? await presentUids(client, lacking) : [];
  if (refusal && there.length > 1) throw refusal;
  const unreadable = refusal ?? withoutSource();
  return messages.map(({ ref, uid }) => {
    const source = found.get(uid);
    if (source) return { ref, source };
    return there.includes(uid) ? { ref, unreadable } : { ref, gone: true };
  });
}

function withoutSource(): ExchangeError {
  return new ExchangeError('PROTOCOL', 'the server gave the message without its source');
}
