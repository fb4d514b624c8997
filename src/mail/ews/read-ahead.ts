import type { Answer } from '../each-item.js';
import type { CallOptions } from '../transport.js';
import { untilAborted } from '../../async/until-aborted.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { envelopeProperties, mimeContent } from './message-ref.js';
import type { XmlElement } from './xml-tree.js';

/** The most that is read ahead at a time. */
const maxCount = 3;

/**
 * Messages that push has named, read while they are being listed: that saves a round trip for each arrival.
 * It is the listing that decides what has come; what was read in vain is let go.
 */
export class ReadAhead {
  readonly #session: EwsSession;
  readonly #items = new Map<string, Promise<Answer<XmlElement | undefined>>>();
  #abort = new AbortController();

  constructor(session: EwsSession) {
    this.#session = session;
  }

  /** Begins to read messages with their sources, unless they are many. */
  begin(ids: readonly string[]): void {
    if (ids.length === 0 || this.#items.size + ids.length > maxCount) return;
    const items = getItems(this.#session, ids, {
      operation: 'reading new messages',
      properties: [...envelopeProperties, mimeContent],
      signal: this.#abort.signal,
    });
    items.catch(() => {});
    for (const [index, id] of ids.entries()) {
      const item = items.then((all) => all[index]);
      item.catch(() => {});
      this.#items.set(id, item);
    }
  }

  /** The messages, where these were read, all of them; nothing where they have to be read still. */
  async take(ids: readonly string[], { signal }: CallOptions): Promise<Answer<XmlElement | undefined>[] | undefined> {
    const items = ids.flatMap((id) => this.#items.get(id) ?? []);
    if (items.length < ids.length) {
      this.drop();
      return undefined;
    }
    this.#items.clear();
    const taken = Promise.all(items).catch(() => undefined);
    return await (signal ? untilAborted(taken, signal) : taken);
  }

  /** Stops reading. */
  drop(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#items.clear();
  }
}
