import { articleNumberTag } from '../../message/mapi-properties.js';
import { compareValues, type Value } from '../../message/value.js';
import type { StoredMessage } from '../../store/store.js';
import { EwsError } from '../ews-error.js';
import { readExtendedField } from '../items/extended-properties.js';
import { fieldUri } from '../items/item-shape.js';
import { messageValue } from './message-value.js';
import { childElements, type XmlElement } from '../xml.js';

interface SortKey {
  readonly read: (message: StoredMessage) => Value | Promise<Value>;
  readonly sign: 1 | -1;
}

/** Whether an order is that in which a folder has its messages at hand: also where none is asked for. */
export function isLatestFirst([first, ...others]: readonly XmlElement[]): boolean {
  const path = childElements(first)[0];
  const isReceived = path?.name === 'FieldURI' && fieldUri(path) === 'item:DateTimeReceived';
  return !first || (others.length === 0 && isReceived && isDescending(first));
}

/** Sorts by several keys, latest first where none is given. Messages come by ascending article number. */
export async function sortItems(
  messages: readonly StoredMessage[],
  fields: readonly XmlElement[],
): Promise<readonly StoredMessage[]> {
  const first = childElements(fields[0])[0];
  if (first?.name === 'ExtendedFieldURI' && readExtendedField(first).tag === articleNumberTag) {
    return isDescending(fields[0]!) ? messages.toReversed() : messages;
  }
  const keys =
    fields.length > 0 ? fields.map(sortKey) : [{ read: (message) => message.receivedAt, sign: -1 } satisfies SortKey];
  const rows: { message: StoredMessage; values: Value[] }[] = [];
  for (const message of messages) {
    const values: Value[] = [];
    for (const key of keys) values.push(await key.read(message));
    rows.push({ message, values });
  }
  const order = (a: Value[], b: Value[]) =>
    keys.reduce((result, { sign }, index) => result || sign * compareValues(a[index], b[index]), 0);
  return rows.toSorted((a, b) => order(a.values, b.values)).map((row) => row.message);
}

function sortKey(field: XmlElement): SortKey {
  const path = childElements(field)[0];
  if (!path) throw new EwsError('ErrorInvalidRestriction');
  return { read: messageValue(path, 'ErrorUnsupportedPathForSortGroup'), sign: isDescending(field) ? -1 : 1 };
}

export function isDescending({ attributes }: XmlElement): boolean {
  return attributes['Order'] === 'Descending';
}
