import type { CallOptions, Folder } from '../transport.js';
import { isOneItemsFault } from '../../async/bisect.js';
import { hasResponseCode } from './ews-errors.js';
import type { EwsSession } from './ews-session.js';
import { listFromTop } from './list-from-top.js';
import { listItems, type Listing } from './list-items.js';
import { listedItem, listedProperties, receivedProperty, type ListedItem } from './message-ref.js';
import { integerProperty, isGreaterThan, type PropertyPath } from './requests.js';
import { textAt, type XmlElement } from './xml-tree.js';

/** An item as a listing shows it. */
export interface Listed extends ListedItem {
  /** Grows with every message that enters the folder. */
  readonly number: number;
}

/** What a listing tells: all that was asked for, or the first of it. */
interface Above {
  readonly items: readonly Listed[];
  readonly isPartial: boolean;
}

export const articleNumber = integerProperty(0x0e23);
const topCount = 10;
const pageCount = 200;

/**
 * Lists a folder by PidTagInternetArticleNumber (0x0E23), which grows with every message that enters the
 * folder: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxprops
 *
 * Each listing is undefined where the server does not give the number.
 */
export class ArticleNumbers {
  readonly #session: EwsSession;

  constructor(session: EwsSession) {
    this.#session = session;
  }

  /** The highest number; 0 in an empty folder. */
  async highest(folder: Folder, options: CallOptions): Promise<number | undefined> {
    const top = await this.#top(folder, 1, options);
    return top && (top.items[0]?.number ?? 0);
  }

  /** The lowest number among the messages received at or after a date, or up to two seconds before it. */
  async lowestSince(folder: Folder, since: Date, options: CallOptions): Promise<number | undefined> {
    // Some servers keep whole seconds, and some do not know IsGreaterThanOrEqualTo.
    const before = (Math.floor(since.getTime() / 1000) - 1) * 1000;
    const filter = isGreaterThan(receivedProperty, new Date(before).toISOString());
    const sort = [articleNumber, 'Ascending'] as const;
    const first = await this.#found(folder, { filter, sort, count: 1 }, options);
    if (first) return first[0]?.number;
    const isKnown = (item: XmlElement): boolean => listedItem(item).receivedAt.getTime() <= before;
    const all = await this.#fromTop(folder, { by: receivedProperty, isKnown }, options);
    return all.reduce<number | undefined>((lowest, { number }) => Math.min(lowest ?? number, number), undefined);
  }

  /**
   * Those above a number, by ascending number. A few are read from the top down, a view that the server
   * keeps sorted; only to catch up with many is the folder searched, a page at a time.
   */
  async above(folder: Folder, number: number, options: CallOptions): Promise<Above | undefined> {
    const top = await this.#top(folder, topCount, options);
    if (!top) return undefined;
    const isWhole = top.isAll || top.items.some((item) => item.number <= number);
    if (!isWhole) return await this.#firstAbove(folder, number, options);
    return { items: top.items.filter((item) => item.number > number).toReversed(), isPartial: false };
  }

  /** A page is found by the number itself: offsets would shift when a message leaves the folder. */
  async #firstAbove(folder: Folder, number: number, options: CallOptions): Promise<Above> {
    const sort = [articleNumber, 'Ascending'] as const;
    const filter = isGreaterThan(articleNumber, number);
    const page = await this.#found(folder, { filter, sort, count: pageCount }, options);
    if (!page) return { items: await this.#allFromTop(folder, number, options), isPartial: false };
    return { items: page, isPartial: page.length === pageCount };
  }

  async #allFromTop(folder: Folder, number: number, options: CallOptions): Promise<Listed[]> {
    const isKnown = (item: XmlElement): boolean => (listed(item)?.number ?? Infinity) <= number;
    return (await this.#fromTop(folder, { by: articleNumber, isKnown }, options)).toReversed();
  }

  /** So many with the highest numbers, in descending order; nothing where the server gives no numbers. */
  async #top(
    folder: Folder,
    count: number,
    { signal }: CallOptions,
  ): Promise<{ readonly items: Listed[]; readonly isAll: boolean } | undefined> {
    const sort = [articleNumber, 'Descending'] as const;
    try {
      const found = await listItems(this.#session, folder, { ...this.#listing(signal), sort, count });
      const items = found.flatMap((item) => listed(item) ?? []);
      return items.length > 0 || found.length === 0 ? { items, isAll: found.length < count } : undefined;
    } catch (error) {
      if (hasResponseCode(error, unsupported)) return undefined;
      throw error;
    }
  }

  /** Those that a filter finds; nothing where the server refuses it. */
  async #found(
    folder: Folder,
    listing: Pick<Listing, 'filter' | 'sort' | 'count'>,
    { signal }: CallOptions,
  ): Promise<Listed[] | undefined> {
    try {
      const items = await listItems(this.#session, folder, { ...this.#listing(signal), ...listing });
      return items.flatMap((item) => listed(item) ?? []);
    } catch (error) {
      if (isOneItemsFault(error)) return undefined;
      throw error;
    }
  }

  async #fromTop(
    folder: Folder,
    { by, isKnown }: { readonly by: PropertyPath; readonly isKnown: (item: XmlElement) => boolean },
    { signal }: CallOptions,
  ): Promise<Listed[]> {
    const sort = [by, 'Descending'] as const;
    const items = await listFromTop(this.#session, folder, { ...this.#listing(signal), sort, isKnown });
    return items.flatMap((item) => listed(item) ?? []);
  }

  #listing(signal: AbortSignal | undefined) {
    const properties = [articleNumber, ...listedProperties];
    return { properties, ...(signal && { signal }) };
  }
}

/** The number of an item that was read with it; nothing where the server does not give it. */
export function articleNumberOf(item: XmlElement): number | undefined {
  const number = Number(textAt(item, 'ExtendedProperty', 'Value') || NaN);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function listed(item: XmlElement): Listed | undefined {
  const number = articleNumberOf(item);
  return number === undefined ? undefined : { ...listedItem(item), number };
}

const unsupported = [
  'ErrorInvalidExtendedProperty',
  'ErrorUnsupportedPathForQuery',
  'ErrorUnsupportedPathForSortGroup',
  'ErrorUnsupportedPropertyDefinition',
];
