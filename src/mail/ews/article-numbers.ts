import type { ExtendedPropertyDefinition } from 'ews-javascript-api';
import type { CallOptions, Folder } from '../transport.js';
import { hasResponseCode } from './ews-errors.js';
import type { EwsSession, Library } from './ews-session.js';
import { listItems, type Listing } from './list-items.js';
import { itemId } from './read-items.js';
import { textAt, type XmlElement } from './xml-tree.js';

/** An item as a listing shows it. */
export interface Listed {
  readonly id: string;
  /** Grows with every message that enters the folder. */
  readonly number: number;
  readonly size: number;
}

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
  readonly #number: ExtendedPropertyDefinition;

  constructor(session: EwsSession) {
    this.#session = session;
    this.#number = articleNumber(session.library);
  }

  /** The highest number; 0 in an empty folder. */
  async highest(folder: Folder, { signal }: CallOptions): Promise<number | undefined> {
    const { Descending } = this.#session.library.SortDirection;
    const top = await this.#list(folder, { sort: [this.#number, Descending], count: 1, ...(signal && { signal }) });
    return top && (top[0]?.number ?? 0);
  }

  /** The lowest number among the messages received at or after a date. */
  async lowestSince(folder: Folder, since: Date, { signal }: CallOptions): Promise<number | undefined> {
    const { DateTime, DateTimeKind, ItemSchema, SearchFilter, SortDirection } = this.#session.library;
    const date = new DateTime(since.getTime(), DateTimeKind.Utc);
    const filter = new SearchFilter.IsGreaterThanOrEqualTo(ItemSchema.DateTimeReceived, date);
    const sort = [this.#number, SortDirection.Ascending] as const;
    const first = await this.#list(folder, { filter, sort, count: 1, ...(signal && { signal }) });
    return first?.[0]?.number;
  }

  /**
   * All above a number, by ascending number. A few are read from the top down, a view that the server
   * keeps sorted; only to catch up with many is the folder searched.
   */
  async above(folder: Folder, number: number, options: CallOptions): Promise<Listed[] | undefined> {
    const { Descending } = this.#session.library.SortDirection;
    const top = await this.#list(folder, { sort: [this.#number, Descending], count: topCount, ...options });
    if (!top) return undefined;
    const isWhole = top.length < topCount || top.some((item) => item.number <= number);
    if (!isWhole) return this.#allAbove(folder, number, options);
    return top.filter((item) => item.number > number).toReversed();
  }

  /** Pages by the number itself: offsets would shift when a message leaves the folder. */
  async #allAbove(folder: Folder, number: number, options: CallOptions): Promise<Listed[]> {
    const { SearchFilter, SortDirection } = this.#session.library;
    const sort = [this.#number, SortDirection.Ascending] as const;
    const all: Listed[] = [];
    for (;;) {
      const filter = new SearchFilter.IsGreaterThan(this.#number, all.at(-1)?.number ?? number);
      const page = (await this.#list(folder, { filter, sort, count: pageCount, ...options })) ?? [];
      all.push(...page);
      if (page.length < pageCount) return all;
    }
  }

  async #list(folder: Folder, listing: Omit<Listing, 'properties'>): Promise<Listed[] | undefined> {
    try {
      const properties = [this.#number, this.#session.library.ItemSchema.Size];
      const items = (await listItems(this.#session, folder, { ...listing, properties })).map(listed);
      return items.every((item) => item !== undefined) ? items : undefined;
    } catch (error) {
      if (hasResponseCode(error, unsupported)) return undefined;
      throw error;
    }
  }
}

function listed(item: XmlElement): Listed | undefined {
  const number = textAt(item, 'ExtendedProperty', 'Value');
  if (number === undefined) return undefined;
  return { id: itemId(item), number: Number(number), size: Number(textAt(item, 'Size') ?? 0) };
}

const unsupported = [
  'ErrorInvalidExtendedProperty',
  'ErrorUnsupportedPathForQuery',
  'ErrorUnsupportedPathForSortGroup',
  'ErrorUnsupportedPropertyDefinition',
];

function articleNumber({
  ExtendedPropertyDefinition: Definition,
  MapiPropertyType,
}: Library): ExtendedPropertyDefinition {
  return new Definition(0x0e23, MapiPropertyType.Integer);
}
