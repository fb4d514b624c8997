import { types } from 'node:util';
import { kindOf } from '../../input/kind-of.js';

/**
 * What a text must be like: a string is looked for anywhere in it, in any case, with white space folded;
 * a regular expression is tested against it.
 */
export type TextPattern = string | RegExp;

export function matchesText(text: string, pattern: TextPattern): boolean {
  if (typeof pattern === 'string') return fold(text).includes(fold(pattern));
  // One that is global or sticky begins where its last match ended.
  return new RegExp(pattern).test(text);
}

/** As people read it in an error message. */
export function describePattern(pattern: TextPattern): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
}

/** What is wrong with a pattern, after its name: nothing where it will do. An empty text would be found in any. */
export function patternFault(pattern: unknown): string | undefined {
  if (types.isRegExp(pattern) || (typeof pattern === 'string' && pattern.trim() !== '')) return undefined;
  if (pattern === undefined) return 'is undefined';
  const empty = typeof pattern === 'string' ? ': write /^$/ for what has no text' : '';
  return `must be a text or a regular expression, not ${kindOf(pattern)}${empty}`;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
