import { noFaults, type Faults } from '../faults.js';
import { faultCatalogue, isFault, isRecord, type FaultDescription } from './fault-catalogue.js';

/** A fault, and what it is set to. */
export interface FaultState extends FaultDescription {
  readonly name: string;
  /** Nothing for a failure that is off. */
  readonly value: unknown;
  /** What it is when it is off. */
  readonly off: unknown;
  readonly isOn: boolean;
}

export function faultStates(faults: Faults): FaultState[] {
  const off = noFaults();
  return Object.keys(faultCatalogue)
    .filter(isFault)
    .map((name) => ({
      name,
      ...faultCatalogue[name],
      value: faults[name],
      off: off[name],
      isOn: isOn(faults[name], off[name]),
    }));
}

/** What strikes so many times strikes no more at 0, whatever else it says. */
function isOn(value: unknown, off: unknown): boolean {
  return isRecord(value) && isRecord(off) ? value['times'] !== 0 : value !== off;
}
