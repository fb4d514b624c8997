import type { PropertyValue, StoredMessage } from '../store/store.js';

/** What of an occurrence differs from its appointment. */
export interface OccurrenceException {
  /** Where in the row it is, from 1. */
  readonly index: number;
  /** Nothing where the occurrence lacks what its appointment has. */
  readonly properties: Readonly<Record<string, PropertyValue | null>>;
  /** Its own MIME source, in base64. */
  readonly source?: string;
}

type Properties = Pick<StoredMessage, 'properties'>;

/** The name under which an appointment keeps the original starts of occurrences that were deleted. */
const deleted = 'occurrences:deleted';

/** What the names begin with under which an appointment keeps its exceptions; their original starts follow. */
const prefix = 'occurrence:';

/** The original starts of the occurrences that were deleted, as ISO 8601 writes them. */
export function deletedOccurrences({ properties }: Properties): string[] {
  return [properties.get(deleted) ?? []].flat();
}

/** The exceptions by their original starts, as ISO 8601 writes them. */
export function exceptionsOf({ properties }: Properties): Map<string, OccurrenceException> {
  const own = [...properties].filter(([name]) => name.startsWith(prefix));
  return new Map(
    own.map(([name, value]) => [name.slice(prefix.length), JSON.parse(String(value)) as OccurrenceException]),
  );
}

export function setException(master: StoredMessage, original: Date, exception: OccurrenceException): void {
  master.folder.setProperty(master, `${prefix}${original.toISOString()}`, JSON.stringify(exception));
}

/** Takes occurrences out of the row. */
export function deleteOccurrences(master: StoredMessage, originals: readonly Date[]): void {
  const all = new Set([...deletedOccurrences(master), ...originals.map((original) => original.toISOString())]);
  if (all.size > 0) master.folder.setProperty(master, deleted, [...all]);
  for (const original of all)
    if (master.properties.has(`${prefix}${original}`))
      master.folder.setProperty(master, `${prefix}${original}`, undefined);
}

/** Puts an occurrence into the row again that was deleted. */
export function restoreOccurrence(master: StoredMessage, original: Date): void {
  const left = deletedOccurrences(master).filter((each) => each !== original.toISOString());
  master.folder.setProperty(master, deleted, left.length > 0 ? left : undefined);
}

/** Has every occurrence be as the rule says, as Exchange does where the rule or the time changes. */
export function dropExceptions(master: StoredMessage): void {
  const names = [...master.properties.keys()].filter((name) => name === deleted || name.startsWith(prefix));
  for (const name of names) master.folder.setProperty(master, name, undefined);
}

/** An appointment's properties without what it keeps of its occurrences. */
export function withoutExceptions({ properties }: Properties): Map<string, PropertyValue> {
  return new Map([...properties].filter(([name]) => name !== deleted && !name.startsWith(prefix)));
}
