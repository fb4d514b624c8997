import { createHash } from 'node:crypto';
import type { CallOptions, Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { listFromTop } from './list-from-top.js';
import { listItems } from './list-items.js';
import { listedItem, listedProperties, receivedProperty, type ListedItem } from './message-ref.js';

/** A position where the server gives no article numbers: what to look at, and what of it was seen. */
export interface ReceivedPosition {
  /** Everything received before is known, as milliseconds since 1970. */
  readonly from: number;
  /** Digests of the ids already seen among the rest. */
  readonly seen: readonly string[];
}

/** Mail that was delayed or released carries an old time: so far back it is still noticed. */
const overlap = 48 * 60 * 60 * 1000;

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
    const [latest] = await listItems(this.#session, folder, { ...this.#listing(options), count: 1 });
    if (!latest) return { from: 0, seen: [] };
    const from = timeOf(listedItem(latest)) - overlap;
    return { from, seen: (await this.#since(folder, from, options)).map(digest) };
  }

  /** What was not seen before, oldest first, and the position after it. */
  async after(
    folder: Folder,
    { from, seen }: ReceivedPosition,
    options: CallOptions,
  ): Promise<{ items: readonly ListedItem[]; position: ReceivedPosition }> {
    const all = await this.#since(folder, from, options);
    const known = new Set(seen);
    const latest = all.reduce((time, item) => Math.max(time, timeOf(item)), 0);
    const next = Math.max(from, latest - overlap);
    return {
      items: all.filter((item) => !known.has(digest(item))),
      position: { from: next, seen: all.filter((item) => timeOf(item) >= next).map(digest) },
    };
  }

  async #since(folder: Folder, from: number, options: CallOptions): Promise<ListedItem[]> {
    const isKnown = (item: Parameters<typeof listedItem>[0]): boolean => timeOf(listedItem(item)) < from;
    const items = await listFromTop(this.#session, folder, { ...this.#listing(options), isKnown });
    return items.map(listedItem).toReversed();
  }

  /** Without a restriction: not every server knows those for times. */
  #listing({ signal }: CallOptions) {
    const sort = [receivedProperty, 'Descending'] as const;
    return { properties: listedProperties, sort, ...(signal && { signal }) };
  }
}

function timeOf({ receivedAt }: ListedItem): number {
  return receivedAt.getTime() || 0;
}

/** Ids are long, and a position is kept as text. */
function digest({ id }: ListedItem): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}
