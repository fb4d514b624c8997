import { entryOf } from '../enumeration.js';
import { badRequest, unknownProperty } from '../graph-error.js';
import { checkKind, type Kind } from './kinds.js';

/** What a property can be compared as. */
export type EdmType = 'string' | 'boolean' | 'number' | 'date' | 'strings';

/** What the properties of a resource are, as far as `$filter` and `$orderby` may name them. */
export interface EdmResource {
  /** `microsoft.graph.message` */
  readonly name: string;
  /** All of its properties, those that are only returned when selected too. */
  readonly properties: ReadonlySet<string>;
  /** Those that are no texts, and what can be given with it beside them. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  /** Types that have it for their base, whose properties `$select` may name too: `microsoft.graph.eventMessage/isDelegated`. */
  readonly derived?: readonly string[];
  /** Those that can be filtered by, by path: `from/emailAddress/address`. */
  readonly filterable: ReadonlyMap<string, EdmType>;
  /** Whether `$search` finds it. @default false */
  readonly isSearchable?: boolean;
  /** Whether it can be filtered by properties of MAPI. @default false */
  readonly isExtensible?: boolean;
  /** The functions of `$filter` that it knows. @default startswith and contains */
  readonly functions?: ReadonlySet<string>;
  /** How many a page has, unless `$top` says otherwise. @default 10 */
  readonly pageSize?: number;
}

/** A value as comparisons take it: texts in lower case, times in milliseconds. */
export function comparable(value: unknown, type: EdmType): string | number | boolean | null {
  if (typeof value === 'string') return type === 'date' ? new Date(value).getTime() : value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Walks into a record along a path. */
export function valueAt(record: unknown, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], record);
}

/** The first name of a path: the property that has to be read for it. */
export function rootOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** @throws GraphError BadRequest where a resource has no such property */
export function checkProperty(resource: EdmResource, name: string): void {
  if (!resource.properties.has(name)) {
    throw badRequest(`Could not find a property named '${name}' on type '${resource.name}'.`);
  }
}

/**
 * What a body sets of a resource, annotations left out.
 * @throws GraphError RequestBodyRead where a name is none of its properties, or a value of another kind
 */
export function readBody(
  json: Readonly<Record<string, unknown>>,
  { name: type, properties, kinds = {} }: EdmResource,
): (readonly [name: string, value: unknown])[] {
  const entries = Object.entries(json).filter(([name]) => !name.includes('@'));
  for (const [name, value] of entries) {
    const kind = entryOf(kinds, name) ?? (properties.has(name) ? 'string' : undefined);
    if (!kind) throw unknownProperty(name, type);
    checkKind(name, value, kind);
  }
  return entries;
}

/** What hangs on an item of Exchange's, and can be given with it. */
export const extras = {
  attachments: [{}],
  extensions: [{}],
  singleValueExtendedProperties: [{ id: 'string', value: 'string' }],
  multiValueExtendedProperties: [{ id: 'string', value: ['string'] }],
} as const satisfies Readonly<Record<string, Kind>>;
