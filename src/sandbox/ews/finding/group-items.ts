import { compareValues, writeValue, type Value } from '../../message/value.js';
import type { StoredMessage } from '../../store/store.js';
import { schemaViolation } from '../ews-error.js';
import { messageValue } from './message-value.js';
import { isDescending } from './sort-items.js';
import { childElements, find, textOf, type XmlElement } from '../xml.js';

/** Items that have one value in common. */
export interface ItemGroup {
  readonly name: string;
  readonly items: readonly StoredMessage[];
}

/** Groups items by a value; the groups are in the order of another value, of the item that has the least or the most of it. */
export async function groupItems(groupBy: XmlElement, items: readonly StoredMessage[]): Promise<ItemGroup[]> {
  const { path, aggregateOn, isMost } = readGroupBy(groupBy);
  const [nameOf, valueOf] = [path, aggregateOn].map((each) => messageValue(each, 'ErrorUnsupportedPathForSortGroup'));
  const groups = new Map<string, { items: StoredMessage[]; best: Value }>();
  for (const item of items) {
    const [name, value] = [nameIn(await nameOf!(item)), await valueOf!(item)];
    const group = groups.get(name) ?? { items: [], best: value };
    const isBetter = compareValues(value, group.best) * (isMost ? 1 : -1) > 0;
    groups.set(name, { items: [...group.items, item], best: isBetter ? value : group.best });
  }
  const sign = isDescending(groupBy) ? -1 : 1;
  return [...groups]
    .toSorted(([, one], [, other]) => sign * compareValues(one.best, other.best))
    .map(([name, group]) => ({ name, items: group.items }));
}

interface GroupBy {
  readonly path: XmlElement;
  readonly aggregateOn: XmlElement;
  readonly isMost: boolean;
}

function readGroupBy(groupBy: XmlElement): GroupBy {
  if (groupBy.name === 'DistinguishedGroupBy') {
    if (textOf(find(groupBy, 'StandardGroupBy')) !== 'ConversationTopic')
      throw schemaViolation("The 'StandardGroupBy' element is invalid.");
    const [path, aggregateOn] = ['message:ConversationTopic', 'item:DateTimeReceived'].map(field);
    return { path: path!, aggregateOn: aggregateOn!, isMost: true };
  }
  const [path, aggregate] = childElements(groupBy);
  const aggregateOn = childElements(aggregate)[0];
  if (!path || !aggregateOn) throw schemaViolation("The element 'GroupBy' has incomplete content.");
  return { path, aggregateOn, isMost: aggregate?.attributes['Aggregate'] === 'Maximum' };
}

function field(FieldURI: string): XmlElement {
  return { name: 'FieldURI', namespace: '', attributes: { FieldURI }, children: [] };
}

function nameIn(value: Value): string {
  return value === undefined
    ? ''
    : Array.isArray(value)
      ? value.join('; ')
      : writeValue(value as Exclude<Value, undefined | readonly string[]>);
}
