import { types } from 'node:util';
import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { unknownFields } from '../../../input/unknown-fields.js';
import type { CodeLength } from './find-codes.js';

export interface CodeOptions {
  /**
   * How many letters and digits the code has: a number, or the least and the most.
   * @default [4, 9] for digits, [4, 12] where there are letters
   */
  readonly length?: number | readonly [least: number, most: number];
}

const longest = 64;

/** All that is wrong with what `code()` was asked for. */
export function codeOptionFaults(wanted: unknown): string[] {
  if (wanted === undefined || types.isRegExp(wanted)) return [];
  if (!isPlainObject(wanted)) {
    return [`pattern must be a regular expression, /code is (\\d+)/, or { length: 6 }, not ${kindOf(wanted)}`];
  }
  const { length } = wanted;
  const ends: readonly unknown[] = Array.isArray(length) ? length : [length, length];
  const isLength = ends.length === 2 && ends.every(isCount) && Number(ends[0]) <= Number(ends[1]);
  const fault = `length must be a number from 1 to ${longest}, or two, the least and the most, not ${kindOf(length)}`;
  return [...unknownFields(wanted, { of: "code()'s options", known: ['length'] }), ...(isLength ? [] : [fault])];
}

export function codeLength({ length }: CodeOptions): CodeLength | undefined {
  return typeof length === 'number' ? [length, length] : length;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longest;
}
