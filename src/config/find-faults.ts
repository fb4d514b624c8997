import { isPlainObject } from '../input/plain-object.js';
import type { Environment } from './environment.js';
import type { Fault } from './fault.js';
import { mandatoryFaults } from './mandatory.js';
import { checkDefinition, type CheckedDefinition } from './schema.js';
import { substitute } from './substitute.js';
import { unknownField } from './unknown-field.js';

export interface Findings {
  /** The definition with its variables read; nothing where there are faults. */
  readonly checked: CheckedDefinition | undefined;
  readonly faults: readonly Fault[];
}

/** Reads a definition's variables and checks it as a whole. */
export function findFaults(definition: unknown, environment: Environment): Findings {
  const { value, faults: unset } = substitute(definition, environment);
  if (!isPlainObject(value)) return { checked: undefined, faults: mandatoryFaults(value) };
  const shape = checkDefinition(value);
  const wrong = shape.success ? [] : shape.error.issues.flatMap(toFaults);
  const faults = dedupe([...unset, ...mandatoryFaults(value), ...wrong]);
  return { checked: shape.success && faults.length === 0 ? shape.data : undefined, faults };
}

function toFaults(issue: { code: string; path: PropertyKey[]; message: string; keys?: string[] }): Fault[] {
  const field = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field, problem: issue.message }];
  return (issue.keys ?? []).map((key) => ({
    field: field ? `${field}.${key}` : key,
    problem: unknownField(field, key),
  }));
}

/** The first fault of each field, or of a part of it: it says why, those after it only follow from it. */
function dedupe(faults: readonly Fault[]): Fault[] {
  const isSame = (first: string, later: string): boolean => first === later || first.startsWith(`${later}.`);
  return faults.filter(({ field }, index) => faults.findIndex((other) => isSame(other.field, field)) === index);
}
