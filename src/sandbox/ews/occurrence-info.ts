import { deletedOccurrences } from '../calendar/exceptions.js';
import { occurrenceItem } from '../calendar/occurrence-item.js';
import { occurrencesOf, type Occurrence } from '../calendar/occurrences.js';
import { writeValue } from '../message/value.js';
import type { StoredMessage } from '../store/store.js';
import { itemIdNode } from './ids.js';
import { xml, type XmlNode } from './xml.js';

// What a recurring appointment says of its occurrences: elements, as JSON; nothing for one that does not recur.

/** The first occurrence, or the last of a row that has one. */
export function occurrenceAtEnd(name: string, master: StoredMessage, at: 0 | -1): string | undefined {
  const recurrence = String(master.properties.get('calendar:Recurrence'));
  if (at === -1 && recurrence.includes('t:NoEndRecurrence')) return undefined;
  const occurrence = occurrencesOf(master).at(at);
  return occurrence && JSON.stringify(infoNode(name, master, occurrence));
}

export function modifiedOccurrences(master: StoredMessage): string | undefined {
  const nodes = occurrencesOf(master)
    .filter(({ exception }) => exception)
    .map((occurrence) => infoNode('Occurrence', master, occurrence));
  return nodes.length > 0 ? JSON.stringify(xml('t:ModifiedOccurrences', {}, ...nodes)) : undefined;
}

export function deletedOccurrenceNodes(master: StoredMessage): string | undefined {
  const nodes = deletedOccurrences(master).map((start) =>
    xml('t:DeletedOccurrence', {}, xml('t:Start', {}, writeValue(new Date(start)))),
  );
  return nodes.length > 0 ? JSON.stringify(xml('t:DeletedOccurrences', {}, ...nodes)) : undefined;
}

function infoNode(name: string, master: StoredMessage, occurrence: Occurrence): XmlNode {
  const { start, end, original } = occurrence;
  return xml(
    `t:${name}`,
    {},
    itemIdNode(occurrenceItem(master, occurrence)),
    xml('t:Start', {}, writeValue(start)),
    xml('t:End', {}, writeValue(end)),
    xml('t:OriginalStart', {}, writeValue(original)),
  );
}
