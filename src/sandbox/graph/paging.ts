import { resourceUrl, type GraphContext } from './context.js';
import type { QueryOptions } from './odata/query-options.js';

/** A part of a list, with the link to what follows. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** `@odata.count` and `@odata.nextLink`, as far as they belong to it. */
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** Cuts `$skip` and `$top` out of a list; `path` is the list's own. */
export function page<T>(context: GraphContext, path: string, all: readonly T[], options: QueryOptions): Page<T> {
  const { skip, top, count } = options;
  const end = skip + top;
  return {
    rows: all.slice(skip, end),
    annotations: {
      ...(count && { '@odata.count': all.length }),
      ...(end < all.length && { '@odata.nextLink': nextLink(context, path, end) }),
    },
  };
}

/** The same request again, from further on. */
function nextLink(context: GraphContext, path: string, skip: number): string {
  const query = new URLSearchParams([...context.request.query].filter(([name]) => name !== '$skip'));
  query.set('$skip', String(skip));
  return `${resourceUrl(context, path)}?${query.toString().replaceAll('%24', '$')}`;
}
