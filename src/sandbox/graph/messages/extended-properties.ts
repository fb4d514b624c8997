import { internetHeaders, readMapiProperty, tagKey, type MapiProperty } from '../../message/mapi-properties.js';
import { writeValue } from '../../message/value.js';
import type { StoredMessage } from '../../store/store.js';
import { badRequest } from '../graph-error.js';

/** A property of MAPI, as Graph names it. */
export interface ExtendedProperty extends MapiProperty {
  /** `Integer 0xe08` */
  readonly id: string;
}

/** What they are called in a record, and in `$expand`. */
export const extendedName = 'singleValueExtendedProperties';
export const multipleName = 'multiValueExtendedProperties';

/** `String {00020386-0000-0000-c000-000000000046} Name X-Test`, `Integer 0x0E08` */
const pattern = /^(\w+)\s+(?:(0x[0-9a-f]{1,4})|\{([0-9a-f-]{36})\}\s+(?:Name\s+(.+)|Id\s+(0x[0-9a-f]+|\d+)))$/i;

/**
 * Reads an id of an extended property.
 * https://learn.microsoft.com/graph/api/resources/singlevaluelegacyextendedproperty
 * @throws GraphError BadRequest
 */
export function readPropertyId(text: string): ExtendedProperty {
  const [, type, tag, set = '', name, number] = pattern.exec(text.trim()) ?? [];
  if (type === undefined) throw badRequest(`The property ID '${text}' is invalid.`);
  if (tag !== undefined) {
    const key = tagKey(Number(tag));
    return { id: `${type} ${key}`, key, tag: Number(tag), header: undefined, type };
  }
  const own = name ?? String(Number(number));
  return {
    id: text.trim(),
    key: `${set.toLowerCase()}/${own.toLowerCase()}`,
    tag: undefined,
    header: set.toLowerCase() === internetHeaders ? name : undefined,
    type,
  };
}

const comparison = /\bid\s+eq\s+'((?:[^']|'')*)'/gi;

/** The ids in the `$filter` within an `$expand`: `id eq 'Integer 0x0E08' or id eq ...` */
export function readExpandedIds(filter: string): ExtendedProperty[] {
  const ids = [...filter.matchAll(comparison)].map(([, id = '']) => id.replaceAll("''", "'"));
  const isJoined = /^[\s(]*=[\s)]*(?:\bor[\s(]*=[\s)]*)*$/i.test(filter.replace(comparison, '='));
  if (ids.length === 0 || !isJoined)
    throw badRequest(`Invalid filter clause: '${filter}' is no list of extended properties, joined by or.`);
  return ids.map(readPropertyId);
}

/** Those that a message has. */
export async function extendedProperties(
  message: StoredMessage,
  wanted: readonly ExtendedProperty[],
): Promise<object[]> {
  return await present(message, wanted, (values) => values.join('; '));
}

/** Those of several values that a message has. */
export async function multipleProperties(
  message: StoredMessage,
  wanted: readonly ExtendedProperty[],
): Promise<object[]> {
  return await present(message, wanted, (values) => values);
}

async function present(
  message: StoredMessage,
  wanted: readonly ExtendedProperty[],
  write: (values: string[]) => unknown,
): Promise<object[]> {
  const found: object[] = [];
  for (const property of wanted) {
    const value = await readMapiProperty(property, message);
    if (value !== undefined) found.push({ id: property.id, value: write([value].flat().map(writeValue)) });
  }
  return found;
}
