import { badRequest } from '../graph-error.js';
import { checkProperty, type EdmResource } from './edm.js';
import { parseFilter, type Filter } from './filter.js';
import { checkOrderWithFilter, parseOrder, type OrderKey } from './order.js';

/** The system query options of a request (OData 4.01, part 2, section 5.1). */
export interface QueryOptions {
  /** Nothing where all is given that is given by default. */
  readonly select: ReadonlySet<string> | undefined;
  readonly expand: string | undefined;
  readonly filter: Filter | undefined;
  readonly order: readonly OrderKey[] | undefined;
  readonly search: string | undefined;
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
}

const known = new Set(['$select', '$expand', '$filter', '$orderby', '$search', '$top', '$skip', '$count']);
const maxTop = 1000;

/** @throws GraphError BadRequest and its like where an option is none, or not as it should be */
export function readQueryOptions(query: ReadonlyMap<string, string>, resource: EdmResource): QueryOptions {
  const isKnown = (name: string) => known.has(name) && (name !== '$search' || resource.isSearchable);
  const unknown = [...query.keys()].find((name) => name.startsWith('$') && !isKnown(name));
  if (unknown !== undefined) throw badRequest(`The query parameter '${unknown}' is not supported.`);
  const [filterText, orderText] = [query.get('$filter'), query.get('$orderby')];
  const filter = filterText === undefined ? undefined : parseFilter(filterText, resource);
  const order = orderText === undefined ? undefined : parseOrder(orderText, resource);
  if (filter && order) checkOrderWithFilter(order, filter.paths);
  return {
    select: readSelect(query, resource),
    expand: query.get('$expand'),
    filter,
    order,
    search: query.get('$search'),
    top: readNumber(query, '$top', { smallest: 1, largest: maxTop }) ?? resource.pageSize ?? 10,
    skip: readNumber(query, '$skip', { smallest: 0, largest: Number.MAX_SAFE_INTEGER }) ?? 0,
    count: query.get('$count')?.toLowerCase() === 'true',
  };
}

export function readSelect(query: ReadonlyMap<string, string>, resource: EdmResource): ReadonlySet<string> | undefined {
  const names = (query.get('$select') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0 || names.includes('*')) return undefined;
  const byLowerCase = new Map([...resource.properties].map((name) => [name.toLowerCase(), name]));
  return new Set(
    names.map((name) => {
      const property = byLowerCase.get(name.toLowerCase());
      const isDerived = resource.derived?.some((type) => name.startsWith(`${type}/`)) ?? false;
      if (property === undefined && !isDerived) checkProperty(resource, name);
      return property ?? name;
    }),
  );
}

function readNumber(
  query: ReadonlyMap<string, string>,
  name: string,
  { smallest, largest }: { readonly smallest: number; readonly largest: number },
): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && text.trim() !== '' && value >= smallest && value <= largest) return value;
  throw badRequest(
    `Invalid value '${text}' for ${name} query option found. It has to be from ${smallest} to ${largest}.`,
  );
}
