import type { Environment } from './environment.js';
import type { Fault } from './fault.js';

export interface Substituted {
  /** The definition with every reference replaced by its variable's value; without a field where there is none. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** Replaces `env()` references, at any depth, and notes those whose variable is not set or empty. */
export function substitute(definition: unknown, environment: Environment): Substituted {
  const faults: Fault[] = [];
  const value = replace(definition, [], (name, field) => {
    const text = environment[name];
    if (text) return text;
    const state = text === undefined ? 'not set' : 'empty';
    faults.push({ field, problem: `the environment variable ${name} is ${state}`, variable: name });
    return undefined;
  });
  return { value, faults };
}

/** The names of the variables that a definition refers to. */
export function variablesOf(definition: unknown): string[] {
  const names = new Set<string>();
  replace(definition, [], (name) => void names.add(name));
  return [...names];
}

function replace(value: unknown, path: readonly string[], lookUp: (name: string, field: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => replace(item, [...path, String(index)], lookUp));
  if (typeof value !== 'object' || value === null) return value;
  if ('env' in value && typeof value.env === 'string') return lookUp(value.env, path.join('.'));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replace(inner, [...path, key], lookUp)] as const),
  );
}
