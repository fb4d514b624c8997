import type { ImapFlow } from 'imapflow';
import type { CallOptions, Folder, MessageRef, Position } from '../transport.js';
import type { ImapSession } from './imap-session.js';
import { envelopeQuery, messageRef } from './message-ref.js';
import { formatPosition, parsePosition, type ImapPosition } from './position.js';
import { selectedFolder } from './selected-folder.js';

/** How far before the last look to start over when the folder's UIDs start anew; clocks differ. Milliseconds. */
const margin = 60_000;
const day = 86_400_000;

/** Where a folder stands now; with `since`, a point before all that was received then or later. */
export async function position(
  session: ImapSession,
  folder: Folder,
  { since, signal }: CallOptions & { readonly since?: Date } = {},
): Promise<Position> {
  const operation = { operation: `reading the folder ${folder.name}`, signal };
  return await session.inFolder(folder, operation, async (client) => {
    const asOf = Date.now();
    // In this order: what comes in between must be after the position.
    const end = await uidNext(client);
    const first = since && (await firstSince(client, since));
    const { uidValidity } = selectedFolder(client);
    return formatPosition({ uidValidity, next: Math.min(first ?? end, end), asOf });
  });
}

/** All that came after a position, in order, and the position after it. */
export async function arrivals(
  session: ImapSession,
  folder: Folder,
  after: Position,
  { signal }: CallOptions = {},
): Promise<{ messages: readonly MessageRef[]; position: Position }> {
  const point = parsePosition(after);
  const operation = { operation: `reading the folder ${folder.name}`, signal };
  return await session.inFolder(folder, operation, async (client) => {
    const asOf = Date.now();
    // A command sees what the server has told of before it: RFC 9051 section 6.1.2.
    if (!session.takeAnnouncement(folder)) await client.noop();
    const selected = selectedFolder(client);
    const from = await firstAfter(client, point);
    const rows = await client.fetchAll(`${from}:*`, envelopeQuery, { uid: true });
    // A range that ends in * holds the last message in any case, and rows may be news of others' flags.
    const fresh = rows
      .filter(({ uid, envelope }) => uid >= from && envelope)
      .toSorted((one, other) => one.uid - other.uid);
    const next = fresh.length > 0 ? fresh.at(-1)!.uid + 1 : from;
    return {
      messages: fresh.map((row) => messageRef(row, selected)),
      position: formatPosition({ uidValidity: selected.uidValidity, next, asOf }),
    };
  });
}

/** Where UIDs have started anew, what was received shortly before the last look may be new too. */
async function firstAfter(client: ImapFlow, point: ImapPosition): Promise<number> {
  if (selectedFolder(client).uidValidity === point.uidValidity) return point.next;
  const end = await uidNext(client);
  return (await firstSince(client, new Date(point.asOf - margin))) ?? end;
}

/** The UID that the next message will have at least. What the server said of it when selecting grows old. */
async function uidNext(client: ImapFlow): Promise<number> {
  await client.noop();
  // Some servers do not say: then all are looked through.
  const known = selectedFolder(client).uidNext || 1;
  const rows = await client.fetchAll(`${known}:*`, { uid: true }, { uid: true });
  return Math.max(known, ...rows.map(({ uid }) => uid + 1));
}

/** The lowest UID of what was received at a date or later; nothing where there is none. */
async function firstSince(client: ImapFlow, since: Date): Promise<number | undefined> {
  // SEARCH knows days only, each message's in a time zone of its own.
  const found = await client.search({ since: new Date(since.getTime() - day) }, { uid: true });
  const candidates = Array.isArray(found) ? found : [1];
  if (candidates.length === 0) return undefined;
  const range = `${candidates.reduce((lowest, uid) => Math.min(lowest, uid))}:*`;
  const rows = await client.fetchAll(range, { uid: true, internalDate: true }, { uid: true });
  const start = Math.floor(since.getTime() / 1000) * 1000;
  const uids = rows.filter(({ internalDate }) => new Date(internalDate ?? 0).getTime() >= start).map(({ uid }) => uid);
  return uids.length > 0 ? uids.reduce((lowest, uid) => Math.min(lowest, uid)) : undefined;
}
