import { isPlainObject } from './plain-object.js';

/** Options over their defaults; what is undefined counts as left out. What is no options stays as it is, to be refused. */
export function withDefaults<T extends object, D extends Partial<T>>(options: T | undefined, defaults: D): T & D {
  if (options !== undefined && !isPlainObject(options)) return options as T & D;
  const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as T & D;
}
