import type { ExtendedPropertyDefinition, Item } from 'ews-javascript-api';
import type { CallOptions, Folder } from '../transport.js';
import { hasResponseCode } from './ews-errors.js';
import type { EwsSession, Library } from './ews-session.js';
import { listItems, type Listing } from './list-items.js';

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

  /** In the order asked: the library groups the items by their kind. */
  async #list(folder: Folder, listing: Omit<Listing, 'properties'> & CallOptions): Promise<Listed[] | undefined> {
    try {
      const { ItemSchema, SortDirection } = this.#session.library;
      const properties = [this.#number, ItemSchema.Size];
      const items = (await listItems(this.#session, folder, { ...listing, properties })).map((item) =>
        this.#listed(item),
      );
      if (!items.every((item) => item !== undefined)) return undefined;
      const direction = listing.sort[1] === SortDirection.Ascending ? 1 : -1;
      return items.toSorted((a, b) => direction * (a.number - b.number));
    } catch (error) {
      if (hasResponseCode(error, unsupported)) return undefined;
      throw error;
    }
  }

  #listed(item: Item): Listed | undefined {
    const out: { outValue: unknown } = { outValue: undefined };
    if (!item.ExtendedProperties.TryGetValue(this.#number, out)) return undefined;
    return { id: item.Id.UniqueId, number: Number(out.outValue), size: item.Size };
  }
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
