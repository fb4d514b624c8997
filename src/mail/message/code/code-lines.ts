import { textOf, type Line, type Run } from '../reading/run.js';
import { CodeLine } from './code-line.js';

/** No sentence is longer; a longer line is several. */
const longestLine = 2_000;

/** The lines in which codes are looked for. Boxes of a digit each that stand below each other are one line. */
export function toCodeLines(lines: readonly Line[]): CodeLine[] {
  return [...joinBoxes(lines)].flatMap(splitLong).map((line) => new CodeLine(line));
}

function* joinBoxes(lines: readonly Line[]): Generator<Line> {
  let start = 0;
  for (const [index, line] of lines.entries()) {
    if (/^[A-Z\p{Nd}]?$/u.test(textOf(line).trim())) continue;
    yield* joinedIfMany(lines.slice(start, index));
    start = index;
  }
  yield* joinedIfMany(lines.slice(start));
}

function joinedIfMany(boxes: readonly Line[]): readonly Line[] {
  const filled = boxes.filter((line) => line.length > 0);
  return filled.length > 3 ? [filled.flatMap(withBlank)] : boxes;
}

function withBlank(line: Line): Run[] {
  return line.map((run) => ({ ...run, text: `${run.text.trim()} ` }));
}

function splitLong(line: Line): Line[] {
  if (line.reduce((sum, { text }) => sum + text.length, 0) <= longestLine) return [line];
  const parts: Run[][] = [[]];
  let length = 0;
  for (const run of line.flatMap(splitRun)) {
    length += run.text.length;
    if (length > longestLine) {
      parts.push([]);
      length = run.text.length;
    }
    parts.at(-1)?.push(run);
  }
  return parts;
}

function splitRun(run: Run): Run[] {
  if (run.text.length <= longestLine) return [run];
  const texts = run.text.match(/.{1,1999}(?:\s|$)|.{1,2000}/gs) ?? [];
  return texts.map((text) => ({ ...run, text }));
}
