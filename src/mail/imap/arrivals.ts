import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { isOneItemsFault } from '../../async/bisect.js';
import { ExchangeError, isExchangeError } from '../../errors.js';
import { EachItem, type Answer } from '../each-item.js';
import type { Sources } from '../sources.js';
import type { CallOptions, Folder, MessageRef, NewArrivals, Position, Unreadable } from '../transport.js';
import { fetchRows } from './fetch-rows.js';
import { firstSince } from './first-since.js';
import type { ImapSession } from './imap-session.js';
import type { ImapSessions } from './imap-sessions.js';
import { formatMessageId } from './message-id.js';
import { envelopeQuery, messageRef, withoutEnvelope } from './message-ref.js';
import { formatPosition, parsePosition, type ImapPosition } from './position.js';
import { selectedFolder, type SelectedFolder } from './selected-folder.js';

/** How far before the last look to start over when the folder's UIDs start anew; clocks differ. Milliseconds. */
const margin = 60_000;
/** Octets of a message that come along with its envelope. */
const along = 65_536;
/** Milliseconds that a server may think about envelopes. */
const silence = 10_000;
/** More than so many are no arrivals but a backlog: nothing comes along. */
const few = 50;
/** A backlog is read a portion at a time. Servers take command lines of some thousand octets. */
const portion = 200;

type Row = Answer<FetchMessageObject | undefined>;

/** Positions and what came after them. */
export class Arrivals {
  readonly #sessions: ImapSessions;
  readonly #sources: Sources;
  readonly #each = new EachItem(1);
  /** The folders that could not be read last time. */
  readonly #doubtful = new Set<string>();

  constructor(sessions: ImapSessions, sources: Sources) {
    this.#sessions = sessions;
    this.#sources = sources;
  }

  /** Where a folder stands now; with `since`, a point before all that was received then or later. */
  async position(folder: Folder, { since, signal }: CallOptions & { readonly since?: Date } = {}): Promise<Position> {
    return await this.#in(folder, signal, async (client) => {
      const asOf = Date.now();
      // In this order: what comes in between must be after the position.
      const end = await endOf(client);
      const first = since && (await firstSince(client, since));
      const { uidValidity, exists } = selectedFolder(client);
      return formatPosition({ uidValidity, next: Math.min(first ?? end, end), asOf, exists });
    });
  }

  /**
   * All that came after a position, in order. Where that fails, the messages are asked for one by one next, so that one
   * that the server does not give, or that breaks the connection, holds up none.
   */
  async after(folder: Folder, after: Position, { signal }: CallOptions = {}): Promise<NewArrivals> {
    const point = parsePosition(after);
    if (!this.#doubtful.has(folder.id)) {
      try {
        return await this.#together(folder, point, signal);
      } catch (error) {
        signal?.throwIfAborted();
        this.#doubtful.add(folder.id);
        if (!isOneItemsFault(error)) throw error;
      }
    }
    const arrivals = await this.#oneByOne(folder, point, signal);
    this.#doubtful.delete(folder.id);
    return arrivals;
  }

  /**
   * Of what the server has just told of, the sources come along as far as they are small and few, and are kept: that saves
   * a round trip.
   */
  async #together(folder: Folder, point: ImapPosition, signal: AbortSignal | undefined): Promise<NewArrivals> {
    const session = this.#sessions.of(folder.id);
    return await this.#in(folder, signal, async (client) => {
      const asOf = Date.now();
      const isAnnounced = await hasNews(session, folder, client);
      const from = await firstAfter(client, point);
      const areFew = isAnnounced && selectedFolder(client).exists - point.exists <= few;
      const uids = areFew ? undefined : await uidsFrom(client, from);
      const isPartial = uids !== undefined && uids.length > portion;
      const to = isPartial ? uids[portion - 1] : undefined;
      const isIdle = uids?.length === 0;
      const rows = isIdle ? [] : await envelopes(client, { from, to, maxLength: areFew ? along : 0 });
      const selected = selectedFolder(client);
      for (const row of rows) this.#keep(row, selected);
      const last = to ?? rows.at(-1)?.uid ?? from - 1;
      const exists = selected.exists - (isPartial ? uids.length - portion : 0);
      return {
        messages: rows.map((row) => messageRef(row, selected)),
        position: formatPosition({ ...selected, next: last + 1, asOf, exists }),
        isPartial,
      };
    });
  }

  async #oneByOne(folder: Folder, point: ImapPosition, signal: AbortSignal | undefined): Promise<NewArrivals> {
    const asOf = Date.now();
    const { all, from, selected } = await this.#in(folder, signal, async (client) => {
      await client.noop();
      const start = await firstAfter(client, point);
      const rows = await fetchRows(client, `${start}:*`, { uid: true, internalDate: true, silence });
      return { all: inOrder(rows, start), from: start, selected: selectedFolder(client) };
    });
    const listed = all.slice(0, portion);
    const read = (some: readonly FetchMessageObject[], isFirst: boolean): Promise<Row[]> =>
      isFirst
        ? this.#in(folder, signal, (client) => this.#rows(client, some, selected))
        : this.#sessions.aside(
            (session) =>
              session.inFolder(folder, reading(folder, signal), (client) => this.#rows(client, some, selected)),
            signal,
          );
    const messages: MessageRef[] = [];
    const unreadable: Unreadable[] = [];
    for (const [index, row] of (await this.#each.read(listed, read, signal)).entries()) {
      if (isExchangeError(row)) unreadable.push({ ref: withoutEnvelope(listed[index]!, selected), unreadable: row });
      else if (row) messages.push(messageRef(row, selected));
    }
    const next = (listed.at(-1)?.uid ?? from - 1) + 1;
    const left = all.length - listed.length;
    const position = formatPosition({ ...selected, next, asOf, exists: selected.exists - left });
    return { messages, ...(unreadable.length > 0 && { unreadable }), position, isPartial: left > 0 };
  }

  /** The rows of messages with their envelopes; nothing in place of one that is gone. */
  async #rows(
    client: ImapFlow,
    listed: readonly FetchMessageObject[],
    { uidValidity }: SelectedFolder,
  ): Promise<Row[]> {
    if (selectedFolder(client).uidValidity !== uidValidity) throw renumbered();
    const uids = listed.map(({ uid }) => uid).join(',');
    const rows = await fetchRows(client, uids, { ...envelopeQuery, silence });
    return listed.map(({ uid }) => {
      const own = rows.filter((row) => row.uid === uid);
      const whole = own.find(({ envelope }) => envelope);
      return whole ?? (own.length > 0 ? lacksEnvelope() : undefined);
    });
  }

  #in<T>(folder: Folder, signal: AbortSignal | undefined, commands: (client: ImapFlow) => Promise<T>): Promise<T> {
    return this.#sessions.of(folder.id).inFolder(folder, reading(folder, signal), commands);
  }

  /** What is shorter than was asked for is all there is. */
  #keep({ uid, source }: FetchMessageObject, { path, uidValidity }: SelectedFolder): void {
    if (source && source.length < along) this.#sources.keep(formatMessageId({ path, uidValidity, uid }), source);
  }
}

function reading({ name }: Folder, signal: AbortSignal | undefined) {
  return { operation: `reading the folder ${name}`, signal };
}

/** The UID after the last message. What the server calls the next one may be old, missing or too high. */
async function endOf(client: ImapFlow): Promise<number> {
  await client.noop();
  return selectedFolder(client).exists > 0 ? await uidAfterLast(client) : 1;
}

async function uidAfterLast(client: ImapFlow): Promise<number> {
  const rows = await fetchRows(client, '*', { uid: true, silence });
  return rows.reduce((next, { uid }) => Math.max(next, uid + 1), 1);
}

/** Whether the server tells of something new; it is given the opportunity (RFC 9051 section 6.1.2). */
async function hasNews(session: ImapSession, folder: Folder, client: ImapFlow): Promise<boolean> {
  if (session.takeAnnouncement(folder)) return true;
  await client.noop();
  return session.takeAnnouncement(folder);
}

/** The messages from a UID on, up to another or all, in order, with so many octets of each. */
async function envelopes(
  client: ImapFlow,
  { from, to, maxLength }: { readonly from: number; readonly to: number | undefined; readonly maxLength: number },
): Promise<FetchMessageObject[]> {
  const source = maxLength > 0 && { source: { start: 0, maxLength } };
  const rows = await fetchRows(client, `${from}:${to ?? '*'}`, { ...envelopeQuery, ...source, silence });
  const whole = inOrder(
    rows.filter(({ envelope }) => envelope),
    from,
  );
  if (whole.length < inOrder(rows, from).length) throw lacksEnvelope();
  return whole;
}

/** Each message once: a range that ends in * holds the last one in any case, and some rows are news of flags only. */
function inOrder(rows: readonly FetchMessageObject[], from: number): FetchMessageObject[] {
  const byUid = new Map(rows.filter(({ uid }) => uid >= from).map((row) => [row.uid, row]));
  return [...byUid.values()].toSorted((one, other) => one.uid - other.uid);
}

/**
 * Where UIDs have started anew, what was received shortly before the last look may be new too, and what stands behind
 * as many messages as there were then.
 */
async function firstAfter(client: ImapFlow, { uidValidity, next, asOf, exists }: ImapPosition): Promise<number> {
  const selected = selectedFolder(client);
  if (selected.uidValidity === uidValidity) return next;
  const end = await endOf(client);
  const received = await firstSince(client, new Date(asOf - margin));
  const [behind] = selected.exists > exists ? await fetchRowsBySequence(client, exists + 1) : [];
  return Math.min(end, received ?? end, behind ?? end);
}

async function fetchRowsBySequence(client: ImapFlow, sequence: number): Promise<number[]> {
  const row = await client.fetchOne(String(sequence), { uid: true });
  return row ? [row.uid] : [];
}

/** The UIDs of the messages from one on, in order. */
async function uidsFrom(client: ImapFlow, from: number): Promise<number[]> {
  const rows = await fetchRows(client, `${from}:*`, { uid: true, silence });
  return inOrder(rows, from).map(({ uid }) => uid);
}

function lacksEnvelope(): ExchangeError {
  return new ExchangeError('PROTOCOL', 'the server gave a message without its envelope');
}

function renumbered(): ExchangeError {
  return new ExchangeError('NETWORK', 'the server has numbered the folder anew meanwhile', { transient: true });
}
