import type { Environment } from './environment.js';
import type { Fault } from './fault.js';

export interface Substituted {
  /** The definition with every reference replaced by its variable's value; without a field where there is none. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** Definitions have less. */
const deepest = 10;

/** Fields that say where mail and secrets go: without a value they would go somewhere else. */
const destinations: ReadonlySet<string> = new Set(['host', 'smtp.host', 'user', 'mailbox', 'auth.cloud']);

/** Replaces `env()` references, at any depth, and notes those whose variable is not set or empty. */
export function substitute(definition: unknown, environment: Environment): Substituted {
  const faults: Fault[] = [];
  const note = (field: string, problem: string): void => void faults.push({ field, problem });
  const value = replace(definition, [], {
    lookUp(name, field) {
      const text = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (text) return text;
      const state = text === undefined ? 'not set' : 'empty';
      faults.push({ field, problem: `the environment variable ${name} is ${state}`, variable: name });
      return undefined;
    },
    note,
  });
  return { value, faults };
}

/** The names of the variables that a definition refers to. */
export function variablesOf(definition: unknown): string[] {
  const names = new Set<string>();
  replace(definition, [], { lookUp: (name) => void names.add(name), note: () => {} });
  return [...names];
}

/** What was meant where a variable of the environment was read too early. */
export const useEnv = `write env('NAME') for what stands in the environment`;

interface Replacing {
  readonly lookUp: (name: string, field: string) => unknown;
  readonly note: (field: string, problem: string) => void;
}

function replace(value: unknown, path: readonly string[], replacing: Replacing): unknown {
  const field = path.join('.');
  if (value === undefined && destinations.has(field)) replacing.note(field, `has no value: leave it out, or ${useEnv}`);
  if (typeof value !== 'object' || value === null) return value;
  if (path.length > deepest) {
    replacing.note(field, 'lies too deep, or refers to itself');
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item, index) => replace(item, [...path, String(index)], replacing));
  if (Object.hasOwn(value, 'env')) return referred((value as { env: unknown }).env, field, replacing);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replace(inner, [...path, key], replacing)] as const),
  );
}

function referred(name: unknown, field: string, { lookUp, note }: Replacing): unknown {
  if (typeof name === 'string' && name !== '') return lookUp(name, field);
  note(field, `env() takes the name of an environment variable`);
  return undefined;
}
