import { badRequest, GraphError } from '../graph-error.js';
import { checkProperty, comparable, rootOf, valueAt, type EdmResource, type EdmType } from './edm.js';

/** One key of an `$orderby`. */
export interface OrderKey {
  readonly path: string;
  readonly type: EdmType;
  readonly isDescending: boolean;
}

/** @throws GraphError BadRequest, ErrorInvalidUrlQueryFilter */
export function parseOrder(text: string, resource: EdmResource): OrderKey[] {
  return text.split(',').map((key) => {
    const [, path, direction = 'asc'] = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(key) ?? [];
    if (path === undefined) throw badRequest(`Invalid orderby clause: '${key.trim()}'.`);
    checkProperty(resource, rootOf(path));
    const type = resource.filterable.get(path);
    if (!type || type === 'strings') throw new GraphError(400, 'ErrorInvalidUrlQueryFilter');
    return { path, type, isDescending: direction.toLowerCase() === 'desc' };
  });
}

/**
 * What is sorted by has to be filtered by too, in the same order and before all else.
 * https://learn.microsoft.com/graph/api/user-list-messages
 * @throws GraphError InefficientFilter
 */
export function checkOrderWithFilter(keys: readonly OrderKey[], filtered: readonly string[]): void {
  const paths = [...new Set(filtered)];
  if (!keys.every(({ path }, index) => paths[index] === path)) throw new GraphError(400, 'InefficientFilter');
}

/** Sorts rows by what `recordOf` gives of each. */
export function sortBy<T>(rows: readonly T[], keys: readonly OrderKey[], recordOf: (row: T) => unknown): T[] {
  return rows.toSorted((a, b) => compare(keys, recordOf(a), recordOf(b)));
}

function compare(keys: readonly OrderKey[], a: unknown, b: unknown): number {
  for (const { path, type, isDescending } of keys) {
    const [left, right] = [comparable(valueAt(a, path), type), comparable(valueAt(b, path), type)];
    if (left === right) continue;
    const isBefore = left === null || (right !== null && left < right);
    return isBefore === isDescending ? 1 : -1;
  }
  return 0;
}
