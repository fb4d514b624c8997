import { deletedOccurrences } from '../../calendar/exceptions.js';
import { occurrenceItem } from '../../calendar/occurrence-item.js';
import { exceptionalOccurrences, firstOccurrence, occurrencesOf, type Occurrence } from '../../calendar/occurrences.js';
import { writeValue } from '../../message/value.js';
import type { StoredMessage } from '../../store/store.js';
import { itemIdNode } from '../ids.js';
import { xml, type XmlNode } from '../xml.js';

// What a recurring appointment says of its occurrences: elements, as JSON; nothing for one that does not recur.

export function firstOccurrenceNode(master: StoredMessage): string | undefined {
  const first = firstOccurrence(master);
  return first && JSON.stringify(infoNode('FirstOccurrence', master, first));
}

/** Nothing where the row goes on. */
export function lastOccurrenceNode(master: StoredMessage): string | undefined {
  if (String(master.properties.get('calendar:Recurrence')).includes('t:NoEndRecurrence')) return undefined;
  const last = occurrencesOf(master).at(-1);
  return last && JSON.stringify(infoNode('LastOccurrence', master, last));
}

export function modifiedOccurrenceNodes(master: StoredMessage): string | undefined {
  const nodes = exceptionalOccurrences(master).map((occurrence) => infoNode('Occurrence', master, occurrence));
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
