import { types } from 'node:util';
import { kindOf } from '../../input/kind-of.js';

/**
 * What a text must be like: a string is looked for anywhere in it, as a reader compares: in any case, with white
 * space folded, letters composed (Unicode NFC), and without what can't be seen. A regular expression is tested
 * against it as it is, and against what can be seen of it.
 */
export type TextPattern = string | RegExp;

/** Soft hyphens, zero-width spaces and joiners, variation selectors, marks of direction. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const unseen = /[\s\p{Default_Ignorable_Code_Point}]/u;
const leadingUnseen = /^[\s\p{Default_Ignorable_Code_Point}]+/u;

export function matchesText(text: string, pattern: TextPattern): boolean {
  if (typeof pattern === 'string') return fold(text).includes(fold(pattern));
  const seen = text.replace(invisible, '').normalize();
  return tests(pattern, text) || (seen !== text && tests(pattern, seen));
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

/** White space folded, without what can't be seen; joiners stay within a text, where letters and emoji need them. */
export function cleanText(text: string): string {
  const folded = text.replace(/\u00ad|\u034f|\u200b|\u2060|\ufeff/g, '').replace(/\s+/g, ' ');
  let end = folded.length;
  while (end > 0 && unseen.test(folded[end - 1] ?? '')) end--;
  return folded.slice(0, end).replace(leadingUnseen, '');
}

function tests(pattern: RegExp, text: string): boolean {
  // One that is global or sticky begins where its last match ended.
  return new RegExp(pattern).test(text);
}

/** Full case folding, which JavaScript lacks, is lower case of upper case: ß as SS is ss. Turkish İ and ı are i. */
function fold(text: string): string {
  return text
    .normalize()
    .replace(invisible, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('ς', 'σ')
    .normalize()
    .replace(/\s+/g, ' ')
    .trim();
}
