import { types } from 'node:util';
import { isPlainObject } from './plain-object.js';

/** What was given in place of what is wanted, in words. A text is not repeated: it may be a secret. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : `the number ${value}`;
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  if (types.isRegExp(value)) return 'a regular expression';
  if (types.isPromise(value)) return 'a promise: is an await missing?';
  return isPlainObject(value) ? 'an object' : instanceOf(value);
}

function instanceOf(value: object): string {
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  if (typeof name !== 'string' || !/^\w{1,60}$/.test(name)) return 'an object of a class';
  return `an instance of ${name.replace(/^_+(?=\w)/, '')}`;
}
