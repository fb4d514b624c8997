import type { Faults } from '../faults.js';
import { faultCatalogue, isFault, isFaultValue, isRecord } from './fault-catalogue.js';

/**
 * Sets the faults that `changes` names, `null` standing for none; all of them or, where one is wrong, none.
 * @throws TypeError with what is wrong
 */
export function mergeFaults(faults: Faults, changes: unknown): void {
  if (!isRecord(changes)) throw new TypeError('faults: an object is wanted');
  const values = Object.entries(changes).map(([name, value]) => [name, value ?? undefined] as const);
  for (const [name, value] of values) {
    if (!isFault(name)) throw new TypeError(`faults: '${name}' is none of ${Object.keys(faultCatalogue).join(', ')}`);
    if (!isFaultValue(name, value)) throw new TypeError(`faults: '${name}' cannot be ${JSON.stringify(value)}`);
  }
  Object.assign(faults, Object.fromEntries(values));
}
