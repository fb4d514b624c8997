/** A piece of a body as a reader sees it; a line break is a run of its own. */
export interface Run {
  readonly text: string;
  /** Bold, a heading, large, or spaced out. */
  readonly isEmphasised: boolean;
  /** Of an earlier mail, which this one answers; or struck out. */
  readonly isQuoted: boolean;
  /** Set higher than the rest of its line, as a mark is that leads to a note. */
  readonly isRaised: boolean;
  /** The link that it stands in. */
  readonly anchor: Anchor | undefined;
}

/** A link as the HTML writes it. */
export interface Anchor {
  readonly href: string;
  /** What is to be read at it. */
  readonly text: string;
  /** Its `aria-label`, for those who don't see it. */
  readonly label: string;
}

/** What stands between two line breaks. */
export type Line = readonly Run[];

export function splitLines(runs: readonly Run[]): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const [index, { text }] of runs.entries()) {
    if (text !== '\n') continue;
    lines.push(runs.slice(start, index));
    start = index + 1;
  }
  return [...lines, runs.slice(start)];
}

export function textOf(line: Line): string {
  let text = '';
  for (const run of line) text += run.text;
  return text.trimEnd();
}
