import type { PropertyChanges } from '../store/property-changes.js';
import type { StoredMessage } from '../store/store.js';
import { timesOf } from './appointment-time.js';
import { deleteOccurrences, dropExceptions, setException } from './exceptions.js';
import { occurrenceItem, placeOf, type Place } from './occurrence-item.js';
import { exceptional, occurrenceAt, zoneOf, type Occurrence } from './occurrences.js';
import { toLocal } from './zoned-time.js';

/**
 * Changes an appointment or, where it is an occurrence of one, that alone, which is an exception from then on. Exceptions go
 * where the appointment comes to take place at another time.
 * @returns it as it is now
 */
export function changeAppointment(item: StoredMessage, changes: PropertyChanges, source?: Buffer): StoredMessage {
  const place = placeOf(item);
  if (place) return changeOccurrence(place, changes, source);
  const before = timesOf(item);
  if (source) item.folder.replace(item, source);
  for (const [uri, value] of changes) item.folder.setProperty(item, uri, value);
  if (timesOf(item) !== before) dropExceptions(item);
  return item;
}

/** Takes an occurrence out of its row. */
export function removeOccurrence({ master, occurrence }: Place): void {
  deleteOccurrences(master, [occurrence.original]);
}

/** Whether an occurrence would come to the day of the one before it or after it, or beyond: Exchange has none of that. */
export function leavesItsPlace({ master, occurrence }: Place, start: Date): boolean {
  const zone = zoneOf(master);
  const day = (time: Date) => toLocal(time, zone).toISOString().slice(0, 10);
  const [before, after] = [neighbour(master, occurrence.index, -1), neighbour(master, occurrence.index, 1)];
  return (
    (before !== undefined && day(start) <= day(before.start)) || (after !== undefined && day(start) >= day(after.start))
  );
}

function neighbour(master: StoredMessage, index: number, step: 1 | -1): Occurrence | undefined {
  const found = occurrenceAt(master, index + step);
  return found === 'deleted' ? neighbour(master, index + step, step) : found;
}

function changeOccurrence({ master, occurrence }: Place, changes: PropertyChanges, source?: Buffer): StoredMessage {
  const { exception: before, index, original, start, end } = occurrence;
  const changed = [...changes].map(([uri, value]) => [uri, value ?? null] as const);
  const exception = {
    ...before,
    index,
    properties: { ...before?.properties, ...Object.fromEntries(changed) },
    ...(source && { source: source.toString('base64') }),
  };
  setException(master, original, exception);
  return occurrenceItem(master, exceptional({ index, original, length: end.getTime() - start.getTime() }, exception));
}
