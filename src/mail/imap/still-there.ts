import type { CallOptions, MessageRef } from '../transport.js';
import { byFolder } from './by-folder.js';
import { presentUids } from './present-uids.js';
import type { ImapSession } from './imap-session.js';
import type { ImapSessions } from './imap-sessions.js';

const operation = 'looking for messages';
/** Servers take command lines of some thousand octets. */
const limits = { count: 200 };

/** The ids of the messages that are where they were. EXPUNGE would tell too, by positions that change with each one. */
export async function stillThere(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<ReadonlySet<string>> {
  const there = new Set<string>();
  const sessionOf = (path: string): ImapSession => sessions.of(path);
  await byFolder(refs, { operation, limits, sessionOf, signal }, async (client, messages) => {
    const uids = await presentUids(client, messages);
    for (const { ref, uid } of messages) if (uids.includes(uid)) there.add(ref.id);
  });
  return there;
}
