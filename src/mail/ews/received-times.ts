import { createHash } from 'node:crypto';
import type { CallOptions, Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { listItems } from './list-items.js';
import { itemId } from './read-items.js';
import { textAt } from './xml-tree.js';

/** A position where the server gives no article numbers: what to look at, and what of it was seen. */
export interface ReceivedPosition {
  /** Everything received before is known, as milliseconds since 1970. */
  readonly from: number;
  /** Digests of the ids already seen among the rest. */
  readonly seen: readonly string[];
}

interface Received {
  readonly id: string;
  readonly receivedAt: number;
  readonly size: number;
}

/** Mail that was delayed or released carries an old time: so far back it is still noticed. */
const overlap = 48 * 60 * 60 * 1000;
const pageCount = 500;

/**
 * Lists a folder by received time, with a wide overlap. It misses a message whose received time is older
 * than the overlap (moved here, say), and costs the more the more mail the overlap holds.
 */
export class ReceivedTimes {
  readonly #session: EwsSession;

  constructor(session: EwsSession) {
    this.#session = session;
  }

  /** The folder's present state, or where it stood before the first message received at or after a date. */
  async position(folder: Folder, options: CallOptions & { since?: Date }): Promise<ReceivedPosition> {
    if (options.since) return { from: options.since.getTime(), seen: [] };
    const [latest] = await this.#page(folder, { ...options, latest: true });
    if (!latest) return { from: 0, seen: [] };
    const from = latest.receivedAt - overlap;
    return { from, seen: (await this.#since(folder, from, options)).map(digest) };
  }

  /** What was not seen before, oldest first, and the position after it. */
  async after(
    folder: Folder,
    { from, seen }: ReceivedPosition,
    options: CallOptions,
  ): Promise<{ items: readonly Received[]; position: ReceivedPosition }> {
    const all = await this.#since(folder, from, options);
    const known = new Set(seen);
    const latest = all.reduce((time, item) => Math.max(time, item.receivedAt), 0);
    const next = Math.max(from, latest - overlap);
    return {
      items: all.filter((item) => !known.has(digest(item))),
      position: { from: next, seen: all.filter(({ receivedAt }) => receivedAt >= next).map(digest) },
    };
  }

  async #since(folder: Folder, from: number, options: CallOptions): Promise<Received[]> {
    const all = new Map<string, Received>();
    for (let offset = 0; ; offset += pageCount) {
      const page = await this.#page(folder, { ...options, from, offset });
      for (const item of page) all.set(item.id, item);
      if (page.length < pageCount) return [...all.values()].toSorted((a, b) => a.receivedAt - b.receivedAt);
    }
  }

  async #page(
    folder: Folder,
    { from, offset = 0, latest = false, signal }: CallOptions & { from?: number; offset?: number; latest?: boolean },
  ): Promise<Received[]> {
    const { DateTime, DateTimeKind, ItemSchema, SearchFilter, SortDirection } = this.#session.library;
    const { DateTimeReceived, Size } = ItemSchema;
    const date = from === undefined ? undefined : new DateTime(from, DateTimeKind.Utc);
    const items = await listItems(this.#session, folder, {
      properties: [DateTimeReceived, Size],
      filter: date && new SearchFilter.IsGreaterThanOrEqualTo(DateTimeReceived, date),
      sort: [DateTimeReceived, latest ? SortDirection.Descending : SortDirection.Ascending],
      count: latest ? 1 : pageCount,
      offset,
      ...(signal && { signal }),
    });
    return items.map((item) => ({
      id: itemId(item),
      receivedAt: Date.parse(textAt(item, 'DateTimeReceived') ?? '') || 0,
      size: Number(textAt(item, 'Size') ?? 0),
    }));
  }
}

/** Ids are long, and a position is kept as text. */
function digest({ id }: Received): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}
