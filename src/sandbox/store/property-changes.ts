import type { PropertyValue } from './new-message.js';

/** What becomes of an item's properties; nothing for one that is taken away. */
export type PropertyChanges = Iterable<readonly [uri: string, value: PropertyValue | undefined]>;

/** What of changes is there to keep of an item that is new. */
export function keptOf(changes: PropertyChanges): [uri: string, value: PropertyValue][] {
  return [...changes].filter((entry): entry is [string, PropertyValue] => entry[1] !== undefined);
}

/** An item's properties as changes leave them. */
export function withChanges(
  properties: Iterable<readonly [string, PropertyValue]> | undefined,
  changes: PropertyChanges,
): Map<string, PropertyValue> {
  const merged = new Map(properties ?? []);
  for (const [uri, value] of changes) {
    if (value === undefined) merged.delete(uri);
    else merged.set(uri, value);
  }
  return merged;
}
