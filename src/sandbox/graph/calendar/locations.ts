import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { badRequest } from '../graph-error.js';
import { isRecord } from '../graph-request.js';

// Where an event takes place: EWS knows names alone, and what a client says beyond them is kept beside them.
// https://learn.microsoft.com/graph/api/resources/location

type Location = Readonly<Record<string, unknown>>;

const keptUri = 'graph:locations';

/** What keeps the locations that a client gives. @throws GraphError BadRequest */
export function locationProperties(value: unknown): [uri: string, value: PropertyValue | undefined][] {
  const given = [value ?? []].flat();
  if (!given.every(isRecord)) throw badRequest("A location has to have a 'displayName'.");
  const named = given.filter(({ displayName }) => typeof displayName === 'string' && displayName !== '');
  return [
    ['calendar:Location', named.length > 0 ? namesOf(named) : undefined],
    [keptUri, named.length > 0 ? JSON.stringify(named) : undefined],
  ];
}

export function locations({ properties }: StoredMessage): Location[] {
  const [names, kept] = [properties.get('calendar:Location'), properties.get(keptUri)];
  if (typeof names !== 'string') return [];
  const given = typeof kept === 'string' ? (JSON.parse(kept) as Location[]) : [];
  const current = namesOf(given) === names ? given : [{ displayName: names }];
  return current.map((location) => ({
    locationType: 'default',
    uniqueId: location['displayName'],
    uniqueIdType: 'private',
    ...location,
  }));
}

/** All of them as one. */
export function wholeLocation(event: StoredMessage): Location {
  const all = locations(event);
  const [first] = all;
  if (!first)
    return { displayName: '', locationType: 'default', uniqueIdType: 'unknown', address: {}, coordinates: {} };
  if (all.length === 1) return first;
  const names = namesOf(all);
  return { displayName: names, locationType: 'default', uniqueId: names, uniqueIdType: 'private' };
}

function namesOf(all: readonly Location[]): string {
  return all.map(({ displayName }) => String(displayName)).join('; ');
}
