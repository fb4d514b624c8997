import { appointmentTime } from './appointment-time.js';
import { StoredMessage } from '../store/store.js';
import { withoutExceptions } from './exceptions.js';
import { occurrencesOf, type Occurrence } from './occurrences.js';

/** The appointment that an occurrence is of, and where in its row it is. */
export interface Place {
  readonly master: StoredMessage;
  readonly occurrence: Occurrence;
}

const masterIdLength = 18;
const places = new WeakMap<StoredMessage, Place>();

/** An occurrence as an item: its appointment, but for its id, its times and what was changed of it alone. */
export function occurrenceItem(master: StoredMessage, occurrence: Occurrence): StoredMessage {
  const { source } = occurrence.exception ?? {};
  let properties: StoredMessage['properties'] | undefined;
  const own: Partial<StoredMessage> = {
    ...(source !== undefined && contentOf(master, source)),
    // Of a long view, a page shows a few.
    get id() {
      return occurrenceId(master, occurrence.index);
    },
    get properties() {
      return (properties ??= propertiesOf(master, occurrence));
    },
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

export function occurrenceId({ id }: StoredMessage, index: number): string {
  const place = Buffer.alloc(4);
  place.writeUInt32BE(index);
  return Buffer.concat([Buffer.from(id, 'base64'), place]).toString('base64');
}

/** What an occurrence's id says: the id of its appointment, and where in the row it is. Nothing for other ids. */
export function readOccurrenceId(id: string): { readonly masterId: string; readonly index: number } | undefined {
  const octets = Buffer.from(id, 'base64');
  if (octets.length !== masterIdLength + 4) return undefined;
  const masterId = octets.subarray(0, masterIdLength).toString('base64');
  return { masterId, index: octets.readUInt32BE(masterIdLength) };
}

/** What of appointments touches a time, each occurrence of those that recur by itself; the first that begins first. */
export function takingPlace(items: readonly StoredMessage[], from: Date, to: Date): StoredMessage[] {
  const found = items.flatMap((item) => within(item, from, to));
  return found.toSorted((one, other) => one.start.getTime() - other.start.getTime()).map(({ item }) => item);
}

interface TakingPlace {
  readonly item: StoredMessage;
  readonly start: Date;
}

/** The occurrences of an appointment that touch a time, or itself, where it does not recur and touches it. */
function within(item: StoredMessage, from: Date, until: Date): TakingPlace[] {
  if (item.properties.has('calendar:Recurrence'))
    return occurrencesOf(item, { from, until }).map((occurrence) => ({
      item: occurrenceItem(item, occurrence),
      start: occurrence.start,
    }));
  const start = appointmentTime(item, 'Start');
  return start < until && appointmentTime(item, 'End') > from ? [{ item, start }] : [];
}

function propertiesOf(
  master: StoredMessage,
  { original, start, end, exception }: Occurrence,
): StoredMessage['properties'] {
  const properties = withoutExceptions(master);
  properties.delete('calendar:Recurrence');
  for (const [name, value] of Object.entries(exception?.properties ?? {})) {
    if (value === null) properties.delete(name);
    else properties.set(name, value);
  }
  return properties
    .set('calendar:Start', start.toISOString())
    .set('calendar:End', end.toISOString())
    .set('calendar:OriginalStart', original.toISOString())
    .set('calendar:RecurrenceId', original.toISOString())
    .set('calendar:CalendarItemType', exception ? 'Exception' : 'Occurrence')
    .set('calendar:IsRecurring', 'true');
}

function contentOf({ folder }: StoredMessage, base64: string): Partial<StoredMessage> {
  const content = new StoredMessage({ folder, uid: 0 }, { source: Buffer.from(base64, 'base64') });
  const { source, size } = content;
  return { source, size, parsed: () => content.parsed(), trouble: () => content.trouble() };
}
