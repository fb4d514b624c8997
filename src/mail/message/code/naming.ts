import type { Candidate } from './candidates.js';
import type { Label, LabelKind } from './labels.js';

/** Characters between a word and the number that it names. */
const nearBefore: Readonly<Record<LabelKind, number>> = { code: 60, use: 25, other: 20 };
const nearAfter: Readonly<Record<LabelKind, number>> = { code: 45, use: 25, other: 2 };
/** Letters between the name of another number and the number: "is", "no." */
const lettersAfterName = 3;
/** Words that say themselves that a number follows. */
const numbers = /n[uú]m|номер|n[ro]\b|id$|[番号號]|번호|رقم|מספר|संख्या|เลข| /iu;

/** Whether a word says that the number which begins at `start` is of another kind. */
export function namesOther(label: Label, text: string, start: number): boolean {
  return label.kind === 'other' && label.end <= start && isNameBefore(label, text.slice(label.end, start));
}

/** What says what a number is. */
export type NameKind = Exclude<LabelKind, 'use'>;

/** The kind of the word that names what begins at `start`: the nearest that can, of those before it in its sentence. */
export function nameBefore(labels: readonly Label[], text: string, start: number): NameKind | undefined {
  const names = labels.filter(({ end, kind }) => end <= start && kind !== 'use');
  const name = names.findLast((label) => isNameBefore(label, text.slice(label.end, start)));
  if (!name) return undefined;
  return name.kind === 'code' || isWhatFor(name, names, text, start) ? 'code' : 'other';
}

/** "The code for your account: 482913" speaks of the code, "the code for account number: 10023344" does not. */
function isWhatFor(name: Label, labels: readonly Label[], text: string, start: number): boolean {
  const code = labels.findLast(({ kind, end }) => kind === 'code' && end <= name.start);
  if (!code || !text.slice(name.end, start).trim().startsWith(':')) return false;
  return !/[,;\d]/.test(text.slice(code.end, name.start)) && !numbers.test(text.slice(name.start, name.end));
}

/** The same of what ends at `end`, and the words behind it. */
export function nameAfter(labels: readonly Label[], text: string, end: number): NameKind | undefined {
  const names = labels.filter(({ start, kind }) => start >= end && kind !== 'use');
  const name = names.find((label) => isNameAfter(label, text.slice(end, label.start), text.slice(label.end)));
  return name?.kind === 'use' ? undefined : name?.kind;
}

/** Whether a sentence says what to do with what stands there. */
export function isUsed(labels: readonly Label[], text: string, { start, end }: Candidate): boolean {
  const uses = labels.filter(({ kind }) => kind === 'use');
  return uses.some((use) =>
    use.end <= start
      ? isNameBefore(use, text.slice(use.end, start))
      : use.start >= end && isNameAfter(use, text.slice(end, use.start), text.slice(use.end)),
  );
}

/** "The code for room 12: " */
const whatFor = /^\D{1,50}\b\d{1,3}:\s*$/;

function isNameBefore({ kind }: Label, between: string): boolean {
  if (between.length > nearBefore[kind]) return false;
  if (/\d/.test(between)) return kind === 'code' && whatFor.test(between);
  if (kind !== 'other') return true;
  return !/[\0,;]/.test(between) && between.replace(/[^\p{L}]/gu, '').length <= lettersAfterName;
}

function isNameAfter({ kind }: Label, between: string, rest: string): boolean {
  if (between.length > nearAfter[kind] || /[\d:|]/.test(between)) return false;
  // With a colon it names what comes next.
  return kind !== 'other' || (/^[\s(]*$/.test(between) && !/^\s*:/.test(rest));
}
