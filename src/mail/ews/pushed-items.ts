import { isExchangeError } from '../../errors.js';
import type { CallOptions, Folder } from '../transport.js';
import { articleNumber, articleNumberOf } from './article-numbers.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { envelopeProperties, mimeContent } from './message-ref.js';
import { itemId } from './read-items.js';
import type { XmlElement } from './xml-tree.js';

/** Where push names more, to list them costs less. */
const mostItems = 3;
/** For each, in octets: the source of what is longer is read when somebody wants it. */
const longestItem = 256 * 1024;
/** Milliseconds; listing them is another way. */
const timeout = 2000;

/** An item that push named, read with its source. */
export interface PushedItem {
  readonly item: XmlElement;
  readonly id: string;
  /** Its article number. */
  readonly number: number;
}

/**
 * What push names is read by its name, and need not be listed where the article numbers leave no gap: nothing else can
 * have come in between. That is one request for each arrival.
 */
export class PushedItems {
  readonly #session: EwsSession;
  readonly #named = new Map<string, Set<string>>();

  constructor(session: EwsSession) {
    this.#session = session;
  }

  /** Keeps the names of items that entered a folder. Without names, others may have entered it before. */
  name(folder: Folder, ids: readonly string[]): void {
    if (ids.length === 0) return this.forget(folder);
    const known = this.#named.get(folder.id) ?? new Set();
    this.#named.set(folder.id, known);
    for (const id of ids) if (known.size <= mostItems) known.add(id);
  }

  /** Forgets what was named so far. */
  forget(folder: Folder): void {
    this.#named.delete(folder.id);
  }

  /** All that entered the folder after a number, as far as push has named it; nothing where there may be more. */
  async above(folder: Folder, number: number, { signal }: CallOptions): Promise<PushedItem[] | undefined> {
    const ids = [...(this.#named.get(folder.id) ?? [])];
    this.forget(folder);
    if (ids.length === 0 || ids.length > mostItems) return undefined;
    try {
      const read = (await this.#read(folder, ids, signal)).toSorted((a, b) => a.number - b.number);
      const above = read.filter((item) => item.number > number);
      const hasGap = above.some((item, index) => item.number !== number + 1 + index);
      return read.length < ids.length || hasGap ? undefined : above;
    } catch {
      // Whatever it is, the listing meets it again, or does without.
      signal?.throwIfAborted();
      return undefined;
    }
  }

  async #read(folder: Folder, ids: readonly string[], signal: AbortSignal | undefined): Promise<PushedItem[]> {
    const answers = await getItems(this.#session, ids, {
      operation: `reading new messages in the folder ${folder.name}`,
      properties: [articleNumber, ...envelopeProperties, mimeContent],
      maxBody: ids.length * longestItem,
      timeout,
      signal,
    });
    return answers.flatMap((item) => {
      const number = item && !isExchangeError(item) ? articleNumberOf(item) : undefined;
      return item && !isExchangeError(item) && number !== undefined ? [{ item, id: itemId(item), number }] : [];
    });
  }
}
