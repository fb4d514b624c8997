import { bad } from './refusal.js';

/** From one number to another, both included; `Infinity` stands for `*`, the last there is. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Reads `1,3:5,*` (RFC 3501 section 9, sequence-set). @throws Refusal BAD */
export function readSequenceSet(text: string): Range[] {
  return text.split(',').map((part) => {
    const match = /^(\d{1,10}|\*)(?::(\d{1,10}|\*))?$/.exec(part);
    if (!match) throw bad();
    const [, from = '', to = from] = match;
    return { from: readNumber(from), to: readNumber(to) };
  });
}

/** The ranges with `*` replaced by the last number, lower end first, in order, and nothing in two of them. */
export function resolveRanges(ranges: readonly Range[], last: number): Range[] {
  const resolved = ranges.map(({ from, to }) => {
    const ends = [from, to].map((end) => (end === Infinity ? last : end));
    return { from: Math.min(...ends), to: Math.max(...ends) };
  });
  resolved.sort((a, b) => a.from - b.from);
  const merged: Range[] = [];
  for (const range of resolved) {
    const previous = merged.at(-1);
    if (!previous || range.from > previous.to + 1) merged.push(range);
    else merged[merged.length - 1] = { from: previous.from, to: Math.max(previous.to, range.to) };
  }
  return merged;
}

/** Writes numbers as a set, in their order: `1:3,7`. */
export function writeSequenceSet(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const previous = ranges.at(-1);
    if (previous && number === previous.to + 1) previous.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}

function readNumber(text: string): number {
  if (text === '*') return Infinity;
  const number = Number(text);
  if (number === 0 || number > 0xffff_ffff) throw bad();
  return number;
}
