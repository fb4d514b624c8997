import type { PropertyValue, StoredMessage } from '../store/store.js';
import { deletedOccurrences, occurrencesOf, type Occurrence } from './occurrences.js';

/** The appointment that an occurrence is of, and where in its row it is. */
export interface Place {
  readonly master: StoredMessage;
  readonly occurrence: Occurrence;
}

const masterIdLength = 18;
const places = new WeakMap<StoredMessage, Place>();

/** An occurrence as an item: its appointment, but for its id and its times. */
export function occurrenceItem(master: StoredMessage, occurrence: Occurrence): StoredMessage {
  const index = Buffer.alloc(4);
  index.writeUInt32BE(occurrence.index);
  const [start, end] = [occurrence.start.toISOString(), occurrence.end.toISOString()];
  const properties = new Map<string, PropertyValue>([
    ...master.properties,
    ['calendar:Start', start],
    ['calendar:End', end],
    ['calendar:OriginalStart', start],
    ['calendar:CalendarItemType', 'Occurrence'],
    ['calendar:IsRecurring', 'true'],
  ]);
  properties.delete('calendar:Recurrence');
  const own: Partial<StoredMessage> = {
    id: Buffer.concat([Buffer.from(master.id, 'base64'), index]).toString('base64'),
    properties,
  };
  const item = new Proxy(master, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return Reflect.get(own, name) as unknown;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  places.set(item, { master, occurrence });
  return item;
}

/** Where an item is in a row, if it is an occurrence. */
export function placeOf(item: StoredMessage): Place | undefined {
  return places.get(item);
}

/** What an occurrence's id says: the id of its appointment, and where in the row it is. Nothing for other ids. */
export function readOccurrenceId(id: string): { readonly masterId: string; readonly index: number } | undefined {
  const octets = Buffer.from(id, 'base64');
  if (octets.length !== masterIdLength + 4) return undefined;
  const masterId = octets.subarray(0, masterIdLength).toString('base64');
  return { masterId, index: octets.readUInt32BE(masterIdLength) };
}

/** The occurrences of an appointment that touch a time, or itself, where it does not recur and touches it. */
export function within(item: StoredMessage, from: Date, to: Date): StoredMessage[] {
  if (item.properties.has('calendar:Recurrence'))
    return occurrencesOf(item, { from, until: to }).map((occurrence) => occurrenceItem(item, occurrence));
  const [start, end] = ['Start', 'End'].map((name) => new Date(String(item.properties.get(`calendar:${name}`))));
  return start! < to && end! > from ? [item] : [];
}

/** Takes an occurrence out of its row. */
export function removeOccurrence({ master, occurrence }: Place): void {
  const gone = [master.properties.get(deletedOccurrences) ?? []].flat();
  master.folder.setProperty(master, deletedOccurrences, [...gone, occurrence.start.toISOString()]);
}
