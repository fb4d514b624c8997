import type { Line } from '../reading/run.js';
import type { Candidate } from './candidates.js';
import type { CodeLine } from './code-line.js';
import { toCodeLines } from './code-lines.js';
import { clear, enough, evidence } from './evidence.js';
import { surroundingsOf, type Neighbours } from './surroundings.js';

/** What was found where codes were looked for. */
export interface CodeFindings {
  /** The code; or several that are equally good, in their order; or none. */
  readonly codes: readonly FoundCode[];
  /** What came near, the nearest first. */
  readonly others: readonly FoundCode[];
}

export interface FoundCode {
  readonly value: string;
  /** The line that it stands on. */
  readonly line: string;
  /** And where on it. */
  readonly at: number;
  /** What speaks against it. */
  readonly doubts: readonly string[];
}

/** How many letters and digits a code has, at least and at most. */
export type CodeLength = readonly [least: number, most: number];

interface Scored extends FoundCode {
  readonly score: number;
}

const usualDigits: CodeLength = [4, 9];
const usualLetters: CodeLength = [4, 12];
/** A heading is this near, blank lines counted. */
const nearLines = 3;

/** Finds the one-time code of a message among its lines. */
export function findCodes(lines: readonly Line[], length: CodeLength | undefined): CodeFindings {
  const codeLines = toCodeLines(lines);
  const headings = headingsOf(codeLines);
  const scored = codeLines.flatMap((line, index) => {
    if (line.candidates.length === 0) return [];
    const neighbours = { above: headings[index], below: nearestBelow(codeLines, index) };
    return line.candidates.flatMap((candidate) => score(candidate, line, neighbours, length));
  });
  const found = bestOfEach(scored);
  const ranked = found.toSorted((one, other) => other.score - one.score);
  const least = Math.max(enough, (ranked[0]?.score ?? 0) - clear + 1);
  return {
    codes: found.filter(({ score: sum }) => sum >= least),
    others: ranked.filter(({ score: sum }) => sum < least),
  };
}

function score(candidate: Candidate, line: CodeLine, neighbours: Neighbours, length: CodeLength | undefined): Scored[] {
  const { value, kind } = candidate;
  const [least, most] = length ?? (kind === 'digits' ? usualDigits : usualLetters);
  const count = value.replaceAll('-', '').length;
  if (count < least) return [];
  const indent = line.text.length - line.text.trimStart().length;
  const found = { value, line: line.text.trim(), at: candidate.start - indent };
  if (count > most) return [{ ...found, score: -1, doubts: [`it has ${count} ${kind}`] }];
  const surroundings = surroundingsOf(candidate, line, neighbours);
  const holding = evidence.filter((each) => each.holds(candidate, surroundings));
  return [
    {
      ...found,
      score: holding.reduce((sum, { weight }) => sum + weight, 0),
      doubts: holding.filter(({ weight }) => weight < 0).map(({ says }) => says),
    },
  ];
}

/** What stands above each line. The heading of a list of codes is that of each. */
function headingsOf(lines: readonly CodeLine[]): (CodeLine | undefined)[] {
  const headings: (CodeLine | undefined)[] = [];
  let above = -1;
  for (const [index, line] of lines.entries()) {
    const nearest = index - above <= nearLines ? lines[above] : undefined;
    headings.push(nearest?.isCodeAlone ? headings[above] : nearest);
    if (!line.isEmpty) above = index;
  }
  return headings;
}

function nearestBelow(lines: readonly CodeLine[], index: number): CodeLine | undefined {
  return lines.slice(index + 1, index + 1 + nearLines).find((line) => !line.isEmpty);
}

/** A code that a message says twice is one. */
function bestOfEach(scored: readonly Scored[]): Scored[] {
  const best = new Map<string, Scored>();
  for (const code of scored) {
    const known = best.get(code.value);
    if (!known || known.score < code.score) best.set(code.value, code);
  }
  return [...best.values()];
}
