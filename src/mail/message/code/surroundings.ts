import type { Candidate } from './candidates.js';
import type { CodeLine } from './code-line.js';
import type { Label, LabelKind } from './labels.js';
import { isUsed, nameAfter, nameBefore, type NameKind } from './naming.js';

/** What stands around a candidate. */
export interface Surroundings {
  /** The word about numbers that names it: before it or after it. */
  readonly before: NameKind | undefined;
  readonly after: NameKind | undefined;
  readonly isUsed: boolean;
  readonly inSentence: ReadonlySet<LabelKind>;
  /** What the line above, or below, speaks of, where the candidate begins its own line, or ends it. */
  readonly above: LabelKind | undefined;
  readonly below: LabelKind | undefined;
  readonly isAlone: boolean;
  readonly isAloneInSentence: boolean;
  /** What the sentence before speaks of, where this one says no more than "it is". */
  readonly sentenceBefore: LabelKind | undefined;
  /** Right behind a colon, on its own line or the line above. */
  readonly isAnnounced: boolean;
  readonly isAmongCapitals: boolean;
  readonly isEmphasised: boolean;
  /** Its sentence offers to pay less. */
  readonly isOnSale: boolean;
}

export interface Neighbours {
  readonly above: CodeLine | undefined;
  readonly below: CodeLine | undefined;
}

/** In capitals wherever they stand: they say nothing of how the line is written. */
const acronyms = /\b(?:PIN|OTP|TAN)\b/g;

/** What else may stand on the line of a candidate that begins it, or ends it: a dot, a bracket, "is". */
const slack = 8;
const itIs = /^\W*(?:(?:here )?it(?:['’]s| is)|es (?:ist|lautet)|c['’]est|(?:es|è|é)|het is|это)?\W*$/i;
const discount =
  /\d\s?%|\d\s?٪|discount|rabat|remise|réduction|descuento|desconto|sconto|korting|zniżk|sleva|alennus|скидк|indirim|giảm giá|diskon|割引|折扣|优惠|優惠|할인|خصم|تخفیف|הנחה|छूट|ส่วนลด/i;

export function surroundingsOf(candidate: Candidate, line: CodeLine, { above, below }: Neighbours): Surroundings {
  const { start, end } = candidate;
  const { text, unnamed } = line;
  const [from, to] = line.sentenceAround(candidate);
  const labels = line.labels.filter((label) => label.start >= from && label.end <= to);
  const head = text.slice(0, start).trim();
  const beside = text.slice(from, start) + text.slice(end, to);
  const others = text.slice(0, start) + text.slice(end);
  return {
    before: nameBefore(labels, unnamed, start),
    after: nameAfter(labels, unnamed, end),
    isUsed: isUsed(labels, unnamed, candidate),
    inSentence: new Set(labels.map(({ kind }) => kind)),
    above: head.length <= slack && above ? topicAbove(above) : undefined,
    below: text.slice(end).trim().length <= slack && below ? topicBelow(below) : undefined,
    isAlone: line.isOnly(candidate),
    isAloneInSentence: !/[\p{L}\p{N}]/u.test(beside),
    sentenceBefore: itIs.test(beside) ? topicOf(labelsBefore(line, from)) : undefined,
    isAnnounced: /[:=]$/.test(head === '' ? (above?.text.trim() ?? '') : head),
    isAmongCapitals: /\p{Lu}/u.test(others.replace(acronyms, '')) && !/\p{Ll}/u.test(others),
    isEmphasised: line.emphasised.some(([first, last]) => first <= start && last >= end),
    isOnSale: discount.test(text.slice(from, to)),
  };
}

/** The words about numbers in the sentence that ends at `from`. */
function labelsBefore(line: CodeLine, from: number): Label[] {
  if (from === 0) return [];
  const [start, end] = line.sentenceAround({ start: from - 1, end: from - 1 });
  return line.labels.filter((label) => label.start >= start && label.end <= end);
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
