import { rootOf } from './edm.js';
import { sortBy } from './order.js';
import type { QueryOptions } from './query-options.js';

/** What `$filter` and `$orderby` ask for; `recordOf` gives the properties of an item that they name. */
export async function findRows<T>(
  items: readonly T[],
  { filter, order }: Pick<QueryOptions, 'filter' | 'order'>,
  recordOf: (item: T, names: ReadonlySet<string>) => Promise<object>,
): Promise<readonly T[]> {
  if (!filter && !order) return items;
  const names = new Set([...(filter?.paths ?? []), ...(order ?? []).map(({ path }) => path)].map(rootOf));
  const rows: { readonly item: T; readonly record: object }[] = [];
  for (const item of items) {
    const record = await recordOf(item, names);
    if (filter?.accepts(record) ?? true) rows.push({ item, record });
  }
  return sortBy(rows, order ?? [], ({ record }) => record).map(({ item }) => item);
}
