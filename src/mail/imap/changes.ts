import type { ImapFlow } from 'imapflow';
import type { CallOptions, Folder, MessageRef } from '../transport.js';
import { byFolder } from './by-folder.js';
import { refused } from './imap-errors.js';
import type { ImapSession, Operation } from './imap-session.js';
import type { ImapSessions } from './imap-sessions.js';
import { uidsOf } from './present-uids.js';

/** Commands on UIDs; false where the server refused. */
type Change = (client: ImapFlow, range: string) => Promise<unknown>;

const byUid = { uid: true } as const;

/** Servers take command lines of some thousand octets. */
const limits = { count: 200 };

/** Marks messages as read or unread. */
export async function flag(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { isRead, signal }: CallOptions & { readonly isRead: boolean },
): Promise<void> {
  await change(sessions, refs, { operation: 'marking messages', signal }, (client, range) =>
    isRead ? client.messageFlagsAdd(range, ['\\Seen'], byUid) : client.messageFlagsRemove(range, ['\\Seen'], byUid),
  );
}

/** Moves messages: RFC 6851, or a copy and a deletion where the server is older. */
export async function move(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { to, signal }: CallOptions & { readonly to: Folder },
): Promise<void> {
  const operation = { operation: `moving messages to the folder ${to.name}`, signal };
  await change(sessions, refs, operation, async (client, range) => {
    if (client.capabilities.has('MOVE')) return await client.messageMove(range, to.id, byUid);
    return (await client.messageCopy(range, to.id, byUid)) && (await expunge(client, range));
  });
}

/** Deletes messages for good. */
export async function remove(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<void> {
  await change(sessions, refs, { operation: 'deleting messages', signal }, expunge);
}

/** Puts a message into a folder; unread unless `flags` say otherwise. */
export async function append(
  { main }: ImapSessions,
  folder: Folder,
  { source, flags = [], signal }: CallOptions & { readonly source: Buffer; readonly flags?: readonly string[] },
): Promise<void> {
  const operation = { operation: `putting a message into the folder ${folder.name}`, signal };
  await main.run(operation, async (client) => {
    if (!(await client.append(folder.id, source, [...flags]))) throw refused(main.attempt(operation.operation));
  });
}

async function change(
  sessions: ImapSessions,
  refs: readonly MessageRef[],
  operation: Operation,
  run: Change,
): Promise<void> {
  const sessionOf = (path: string): ImapSession => sessions.of(path);
  await byFolder(refs, { ...operation, limits, sessionOf }, async (client, messages) => {
    const range = uidsOf(messages);
    if ((await run(client, range)) || !(await isThere(client, range))) return;
    throw refused(sessions.main.attempt(operation.operation));
  });
}

/** Some servers refuse a change of messages that are all gone. */
async function isThere(client: ImapFlow, range: string): Promise<boolean> {
  const found = await client.search({ uid: range }, byUid);
  return Array.isArray(found) && found.length > 0;
}

/**
 * Without UIDPLUS (RFC 4315) only all that is marked as deleted can be expunged: what others have marked
 * loses its mark for the moment.
 */
async function expunge(client: ImapFlow, range: string): Promise<boolean> {
  if (client.capabilities.has('UIDPLUS')) return await client.messageDelete(range, byUid);
  const ours = new Set(range.split(',').map(Number));
  const marked = await client.search({ deleted: true }, byUid);
  const others = Array.isArray(marked) ? marked.filter((uid) => !ours.has(uid)).join(',') : '';
  if (others) await client.messageFlagsRemove(others, ['\\Deleted'], byUid);
  try {
    return await client.messageDelete(range, byUid);
  } finally {
    if (others) await client.messageFlagsAdd(others, ['\\Deleted'], byUid);
  }
}
