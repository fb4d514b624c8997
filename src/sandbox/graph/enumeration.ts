import { cannotConvert } from './graph-error.js';

/** What a table has under a name, and never what every object has. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: unknown): T | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What stands for a member of an enumeration, whatever its case. @throws GraphError RequestBodyRead where it is none of them */
export function readMember<T>(members: Readonly<Record<string, T>>, value: unknown, type: string): T {
  const wanted = typeof value === 'string' ? value.toLowerCase() : undefined;
  const found = Object.entries(members).find(([name]) => name.toLowerCase() === wanted);
  if (found) return found[1];
  throw cannotConvert(typeof value === 'object' ? JSON.stringify(value) : value, type);
}
