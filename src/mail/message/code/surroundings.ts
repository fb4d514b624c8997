import type { Candidate } from './candidates.js';
import type { CodeLine } from './code-line.js';
import type { Label, LabelKind } from './labels.js';

/** What stands around a candidate. */
export interface Surroundings {
  /** The word about numbers that names it: before it or after it, with no other number between. */
  readonly before: LabelKind | undefined;
  readonly after: LabelKind | undefined;
  readonly inSentence: ReadonlySet<LabelKind>;
  /** What the line above, or below, speaks of, where the candidate begins its own line, or ends it. */
  readonly above: LabelKind | undefined;
  readonly below: LabelKind | undefined;
  readonly isAlone: boolean;
  readonly isAloneInSentence: boolean;
  /** Right behind a colon, on its own line or the line above. */
  readonly isAnnounced: boolean;
  readonly isAmongCapitals: boolean;
  readonly isEmphasised: boolean;
}

export interface Neighbours {
  readonly above: CodeLine | undefined;
  readonly below: CodeLine | undefined;
}

/** Characters between a word and the number that it names. */
const nearBefore: Readonly<Record<LabelKind, number>> = { code: 40, use: 25, other: 20 };
const nearAfter: Readonly<Record<LabelKind, number>> = { code: 45, use: 25, other: 2 };
/** Letters between the name of another number and the number: "is", "number", "no." */
const lettersAfterName = 6;
/** What else may stand on the line of a candidate that begins it, or ends it: a dot, a bracket, "is". */
const slack = 8;
const sentenceEnd = /[!?;。！？｡](?=\s|$|[^\d])|(?<=[^\s.]{4}|\d)\.(?=\s|$)/g;

export function surroundingsOf({ start, end }: Candidate, line: CodeLine, { above, below }: Neighbours): Surroundings {
  const { text } = line;
  const [from, to] = sentenceAround(text, start, end);
  const labels = line.labels.filter((label) => label.start >= from && label.end <= to);
  const before = labels.findLast((label) => label.end <= start);
  const after = labels.find((label) => label.start >= end);
  const head = text.slice(0, start).trim();
  const others = text.slice(0, start) + text.slice(end);
  return {
    before: before && names(before, text.slice(before.end, start), nearBefore) ? before.kind : undefined,
    after: after && names(after, text.slice(end, after.start), nearAfter) ? after.kind : undefined,
    inSentence: new Set(labels.map(({ kind }) => kind)),
    above: head.length <= slack && above ? topicAbove(above) : undefined,
    below: text.slice(end).trim().length <= slack ? below && topicBelow(below) : undefined,
    isAlone: !/[\p{L}\p{N}]/u.test(others),
    isAloneInSentence: !/[\p{L}\p{N}]/u.test(text.slice(from, start) + text.slice(end, to)),
    isAnnounced: /[:=]$/.test(head === '' ? (above?.text.trim() ?? '') : head),
    isAmongCapitals: /\p{Lu}/u.test(others) && !/\p{Ll}/u.test(others),
    isEmphasised: line.emphasised.some(([first, last]) => first <= start && last >= end),
  };
}

function sentenceAround(text: string, start: number, end: number): readonly [from: number, to: number] {
  let from = 0;
  for (const { index } of text.matchAll(sentenceEnd)) {
    if (index >= end) return [from, index];
    if (index < start) from = index + 1;
  }
  return [from, text.length];
}

function names({ kind }: Label, between: string, near: Readonly<Record<LabelKind, number>>): boolean {
  if (between.length > near[kind] || /\d/.test(between)) return false;
  if (kind === 'other') return between.replace(/[^\p{L}]/gu, '').length <= lettersAfterName;
  return near === nearBefore || !/[:|]/.test(between);
}

/** A line that has a number of its own behind its last word speaks of that one. */
function topicAbove({ text, labels, candidates }: CodeLine): LabelKind | undefined {
  const last = labels.at(-1);
  if (!last || candidates.some(({ start, kind }) => start >= last.end && kind !== 'letters')) return undefined;
  // Another number would come next, were it named there.
  if (last.kind === 'other' && text.slice(last.end).trim().length > slack) return undefined;
  return topicOf(labels.toReversed());
}

function topicBelow({ labels, candidates }: CodeLine): LabelKind | undefined {
  return candidates.some(({ kind }) => kind !== 'letters') ? undefined : topicOf(labels);
}

/** A word for a number says more than one for what to do with it. */
function topicOf(labels: readonly Label[]): LabelKind | undefined {
  return (labels.find(({ kind }) => kind !== 'use') ?? labels[0])?.kind;
}
