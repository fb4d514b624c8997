import { isEvenlyGrouped } from './shapes.js';

/** What could be a code by its looks. */
export interface Candidate {
  /** As one types it: digits without what groups them. */
  readonly value: string;
  readonly kind: 'digits' | 'letters and digits' | 'letters';
  /** Where it stands in its text. */
  readonly start: number;
  readonly end: number;
}

const boxes = /(?<![\p{L}\d]-?)(?:[A-Z\d](?: {1,3}(?:- {1,2})?|-)){3,11}[A-Z\d](?!-?[\p{L}\d])/gu;
const dashedGroups = /(?<![\d-] ?|\p{sc=Latin})\d{3} - \d{3}(?! ?[\d-]|\p{sc=Latin})/gu;
const spacedGroups = /(?<!\d ?|[\p{sc=Latin}-])\d{2,4}(?: {1,2}\d{2,4}){1,3}(?! ?\d|[\p{sc=Latin}-])/gu;
const mixedGroups =
  /(?<![\p{L}\d-]|\d )(?=[\d ]{0,20}[A-Z])(?=[A-Z]{0,4}\d)[A-Z\d]{3,5}(?: (?=[A-Z]{0,4}\d)[A-Z\d]{3,5}){1,3}(?![\p{L}\d-]| \d)/gu;
const tokens = /[\p{sc=Latin}\d]+(?:[-_][\p{sc=Latin}\d]+|(?<=\d)[./]\d+)*/gu;

/** In capitals, in groups or not; in small letters, `a1b2c-3d4e5`, where each group has a digit, as no words have. */
const lettersAndDigits =
  /^(?:[A-Z\d]{2,8}(?:-[A-Z\d]{2,8}){0,3}|[A-Za-z\d]+|(?=[a-z]*\d)[a-z\d]{4,6}-(?=[a-z]*\d)[a-z\d]{4,6})$/;

/** How many digits a number in groups of several lengths has at most. */
const longestUneven = 8;

/** The candidates of a text that is normalised, and without other numbers, in their order. */
export function findCandidates(text: string): Candidate[] {
  const found: Candidate[] = [];
  let rest = text;
  for (const [pattern, read] of readers) {
    rest = rest.replace(pattern, (match: string, start: number) => {
      const candidate = read(match);
      if (candidate) found.push({ ...candidate, start, end: start + match.length });
      return candidate ? '\0'.repeat(match.length) : match;
    });
  }
  return found.toSorted((one, other) => one.start - other.start);
}

type Read = (text: string) => Pick<Candidate, 'value' | 'kind'> | undefined;

const readers: readonly (readonly [pattern: RegExp, read: Read])[] = [
  [boxes, readBoxes],
  [mixedGroups, readMixedGroups],
  [dashedGroups, (text) => readGroups(text.replaceAll(' ', ''))],
  [spacedGroups, (text) => readGroups(text.replace(/ +/g, ' '))],
  [tokens, readToken],
];

/** A box for each: `4 8 2 9 1 3`, `4 8 2 - 9 1 3`, `4-8-2-9-1-3`. */
function readBoxes(text: string): ReturnType<Read> {
  const value = text.replace(/[ -]/g, '');
  if (!/\d/.test(value)) return undefined;
  return { value, kind: /^\d+$/.test(value) ? 'digits' : 'letters and digits' };
}

/** `482 913`, `482 - 913`, `12-34-56`; `4829 13`, `123 4567` */
function readGroups(text: string): ReturnType<Read> {
  const value = text.replace(/[ -]/g, '');
  const isCode = isEvenlyGrouped(text) || (/^\d+(?: \d+)+$/.test(text) && value.length <= longestUneven);
  return isCode ? { value, kind: 'digits' } : undefined;
}

/** `AB12 CD34` */
function readMixedGroups(text: string): ReturnType<Read> {
  const groups = text.split(' ');
  const isEven = groups.every((group) => group.length === groups[0]?.length);
  return isEven ? { value: groups.join(''), kind: 'letters and digits' } : undefined;
}

function readToken(text: string): ReturnType<Read> {
  if (/^\d{4,}$/.test(text)) return { value: text, kind: 'digits' };
  if (/^[\d-]+$/.test(text)) return readGroups(text);
  // `G-482913`: the letter is there to be recognised, and stands before the field already.
  if (/^[A-Z]{1,2}-\d{4,8}$/.test(text)) return { value: text.replace(/^\w+-/, ''), kind: 'digits' };
  return text.length >= 4 && lettersAndDigits.test(text) ? readLetters(text) : undefined;
}

function readLetters(text: string): ReturnType<Read> {
  const hasDigit = /\d/.test(text);
  // `24h`, `15min`; `Contoso365`
  if (/^(?:\d{1,3}[a-z]{1,4}|[A-Z]?[a-z]{3,}\d{1,4})$/.test(text)) return undefined;
  if (hasDigit) return { value: text, kind: 'letters and digits' };
  const groups = text.split('-');
  const isEven = groups.every((group) => group.length === groups[0]?.length && group.length >= 3);
  return /^[A-Z-]+$/.test(text) && isEven ? { value: text, kind: 'letters' } : undefined;
}
