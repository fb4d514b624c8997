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
  const nameOf = messageValue(path, refusal);
  const valueOf = messageValue(aggregateOn, refusal);
  const groups = new Map<string, { items: StoredMessage[]; best: Value }>();
  for (const item of items) {
    const name = nameIn(await nameOf(item));
    const value = await valueOf(item);
    const group = groups.get(name) ?? { items: [], best: value };
    groups.set(name, group);
    group.items.push(item);
    if (compareValues(value, group.best) * (isMost ? 1 : -1) > 0) group.best = value;
  }
  const sign = isDescending(groupBy) ? -1 : 1;
  return [...groups]
    .toSorted(([, one], [, other]) => sign * compareValues(one.best, other.best))
    .map(([name, group]) => ({ name, items: group.items }));
}

const refusal = 'ErrorUnsupportedPathForSortGroup';

interface GroupBy {
  readonly path: XmlElement;
  readonly aggregateOn: XmlElement;
  readonly isMost: boolean;
}

function readGroupBy(groupBy: XmlElement): GroupBy {
  if (groupBy.name === 'DistinguishedGroupBy') {
    if (textOf(find(groupBy, 'StandardGroupBy')) !== 'ConversationTopic')
      throw schemaViolation("The 'StandardGroupBy' element is invalid.");
    return { path: field('message:ConversationTopic'), aggregateOn: field('item:DateTimeReceived'), isMost: true };
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
