import type { TenantContext } from './context.js';
import type { QueryOptions } from './odata/query-options.js';

/** A part of a list, with the link to what follows. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** `@odata.count` and `@odata.nextLink`, as far as they belong to it. */
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** Cuts `$skip` and `$top` out of a list; `url` is the list's own. */
export function page<T>(
  { request }: TenantContext,
  url: string,
  all: readonly T[],
  { skip, top, count }: Pick<QueryOptions, 'skip' | 'top' | 'count'>,
): Page<T> {
  const end = skip + top;
  return {
    rows: all.slice(skip, end),
    annotations: {
      ...(count && { '@odata.count': all.length }),
      ...(end < all.length && { '@odata.nextLink': nextLink(url, request.query, end) }),
    },
  };
}

/** The same request again, from further on. */
function nextLink(url: string, asked: ReadonlyMap<string, string>, skip: number): string {
  const query = new URLSearchParams([...asked].filter(([name]) => name !== '$skip'));
  query.set('$skip', String(skip));
  return `${url}?${query.toString().replaceAll('%24', '$')}`;
}
