import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import type { Sources } from '../sources.js';
import { receivedTime } from '../received-time.js';
import type { CallOptions, Folder, MessageRef, Position } from '../transport.js';
import { fetchRows } from './fetch-rows.js';
import type { ImapSession } from './imap-session.js';
import { formatMessageId } from './message-id.js';
import { envelopeQuery, messageRef } from './message-ref.js';
import { formatPosition, parsePosition, type ImapPosition } from './position.js';
import { selectedFolder } from './selected-folder.js';

/** How far before the last look to start over when the folder's UIDs start anew; clocks differ. Milliseconds. */
const margin = 60_000;
const day = 86_400_000;
/** Octets of a message that come along with its envelope. */
const along = 65_536;

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
    const end = await endOf(client);
    const first = since && (await firstSince(client, since));
    const { uidValidity } = selectedFolder(client);
    return formatPosition({ uidValidity, next: Math.min(first ?? end, end), asOf });
  });
}

/**
 * All that came after a position, in order, and the position after it. Of what the server has just told of,
 * the sources come along as far as they are small, and are kept: that saves a round trip.
 */
export async function arrivals(
  session: ImapSession,
  folder: Folder,
  after: Position,
  { sources, signal }: CallOptions & { readonly sources: Sources },
): Promise<{ messages: readonly MessageRef[]; position: Position }> {
  const point = parsePosition(after);
  const operation = { operation: `reading the folder ${folder.name}`, signal };
  return await session.inFolder(folder, operation, async (client) => {
    const asOf = Date.now();
    const isAnnounced = await hasNews(session, folder, client);
    const selected = selectedFolder(client);
    const from = await firstAfter(client, point);
    const isIdle = !isAnnounced && (await uidNext(client, from)) === from;
    const fresh = isIdle ? [] : await envelopes(client, from, isAnnounced ? along : 0);
    for (const row of fresh) keep(row, selected, sources);
    const next = fresh.length > 0 ? fresh.at(-1)!.uid + 1 : from;
    return {
      messages: fresh.map((row) => messageRef(row, selected)),
      position: formatPosition({ uidValidity: selected.uidValidity, next, asOf }),
    };
  });
}

/** The UID after the last message. What the server said when the folder was selected is old, if it said anything. */
async function endOf(client: ImapFlow): Promise<number> {
  await client.noop();
  return await uidNext(client, selectedFolder(client).uidNext || 1);
}

/** Whether the server tells of something new; it is given the opportunity (RFC 9051 section 6.1.2). */
async function hasNews(session: ImapSession, folder: Folder, client: ImapFlow): Promise<boolean> {
  if (session.takeAnnouncement(folder)) return true;
  await client.noop();
  return session.takeAnnouncement(folder);
}

/** The messages from a UID on, in order, with so many octets of each. */
async function envelopes(client: ImapFlow, from: number, maxLength: number): Promise<FetchMessageObject[]> {
  const query = maxLength > 0 ? { ...envelopeQuery, source: { start: 0, maxLength } } : envelopeQuery;
  const rows = await fetchRows(client, `${from}:*`, query);
  // A range that ends in * holds the last message in any case, and some rows are news of flags only.
  const fresh = rows.filter(({ uid, envelope }) => uid >= from && envelope);
  return fresh.toSorted((one, other) => one.uid - other.uid);
}

/** What is shorter than was asked for is all there is. */
function keep({ uid, source }: FetchMessageObject, { path, uidValidity }: MailboxObject, sources: Sources): void {
  if (source && source.length < along) sources.keep(formatMessageId({ path, uidValidity, uid }), source);
}

/** Where UIDs have started anew, what was received shortly before the last look may be new too. */
async function firstAfter(client: ImapFlow, point: ImapPosition): Promise<number> {
  if (selectedFolder(client).uidValidity === point.uidValidity) return point.next;
  const end = await endOf(client);
  return (await firstSince(client, new Date(point.asOf - margin))) ?? end;
}

/** The UID that the next message will have at least, knowing of one that it can't be below. */
async function uidNext(client: ImapFlow, known: number): Promise<number> {
  const rows = await fetchRows(client, `${known}:*`, { uid: true });
  return rows.reduce((next, { uid }) => Math.max(next, uid + 1), known);
}

/** The lowest UID of what was received at a date or later; nothing where there is none. */
async function firstSince(client: ImapFlow, since: Date): Promise<number | undefined> {
  // SEARCH knows days only, each message's in a time zone of its own.
  const found = await client.search({ since: new Date(since.getTime() - day) }, { uid: true });
  const first = lowest(Array.isArray(found) ? found : [1]);
  if (first === undefined) return undefined;
  const rows = await fetchRows(client, `${first}:*`, { uid: true, internalDate: true });
  const start = Math.floor(since.getTime() / 1000) * 1000;
  const uids = rows.filter(({ internalDate }) => receivedTime(internalDate).getTime() >= start).map(({ uid }) => uid);
  return lowest(uids);
}

function lowest(uids: readonly number[]): number | undefined {
  return uids.length > 0 ? uids.reduce((one, other) => Math.min(one, other)) : undefined;
}
