import { isExchangeError } from '../../errors.js';
import type { Answer } from '../each-item.js';
import type { CallOptions, Folder } from '../transport.js';
import { articleNumber, articleNumberOf } from './article-numbers.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { envelopeProperties, mimeContent } from './message-ref.js';
import { itemId, parentFolderId } from './read-items.js';
import { property } from './requests.js';
import type { XmlElement } from './xml-tree.js';

/** Where push names more, to list them costs less. */
const mostItems = 3;
/** For each, in octets: the source of what is longer is read when somebody wants it. */
const longestItem = 256 * 1024;
/** Milliseconds; listing them is another way. */
const timeout = 2000;

const parentFolder = property('item:ParentFolderId');

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
  /** Those that were read last: push may name each twice, when it is created and as new mail. */
  readonly #read = new Map<string, ReadonlySet<string>>();

  constructor(session: EwsSession) {
    this.#session = session;
  }

  /** Keeps the names of items that entered a folder. Without names, others may have entered it before. */
  name(folder: Folder, ids: readonly string[]): void {
    if (ids.length === 0) return this.forget(folder);
    const known = this.#named.get(folder.id) ?? new Set();
    this.#named.set(folder.id, known);
    const read = this.#read.get(folder.id);
    for (const id of ids) if (known.size <= mostItems && !read?.has(id)) known.add(id);
  }

  /** Forgets what was named so far. */
  forget(folder: Folder): void {
    this.#named.delete(folder.id);
  }

  /**
   * All that entered the folder after a number, as far as push has named it; nothing where there may be more, or where
   * what was named says nothing new.
   * @throws where the server wants to be left alone for a time
   */
  async above(folder: Folder, number: number, { signal }: CallOptions): Promise<PushedItem[] | undefined> {
    const ids = [...(this.#named.get(folder.id) ?? [])];
    this.forget(folder);
    if (ids.length === 0 || ids.length > mostItems) return undefined;
    this.#read.set(folder.id, new Set(ids));
    try {
      const items = (await this.#get(folder, ids, signal)).flatMap((answer) => pushedItem(folder, answer) ?? []);
      const above = items.filter((item) => item.number > number).toSorted((a, b) => a.number - b.number);
      const hasGap = above.some((item, index) => item.number !== number + 1 + index);
      return items.length < ids.length || above.length === 0 || hasGap ? undefined : above;
    } catch (error) {
      signal?.throwIfAborted();
      if (isExchangeError(error) && error.retryAfter) throw error;
      // Whatever else it is, the listing meets it again, or does without.
      return undefined;
    }
  }

  #get(
    folder: Folder,
    ids: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Answer<XmlElement | undefined>[]> {
    return getItems(this.#session, ids, {
      operation: `reading new messages in the folder ${folder.name}`,
      properties: [articleNumber, parentFolder, ...envelopeProperties, mimeContent],
      maxBody: ids.length * longestItem,
      timeout,
      signal,
    });
  }
}

/** Nothing where it can't be told that the item is in the folder, and where among the others. */
function pushedItem(folder: Folder, item: Answer<XmlElement | undefined>): PushedItem | undefined {
  if (!item || isExchangeError(item) || parentFolderId(item) !== folder.id) return undefined;
  const number = articleNumberOf(item);
  return number === undefined ? undefined : { item, id: itemId(item), number };
}
