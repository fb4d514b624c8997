import { foldWords } from './normalise.js';
import { words, type Words } from './words.js';

export type LabelKind = keyof Words;

/** A word about numbers, where it stands. */
export interface Label {
  readonly kind: LabelKind;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly kind: LabelKind;
  /** Within a word, as German and Swedish build words; or where one begins alone. */
  readonly mayBeginWithin: boolean;
  readonly mayEndWithin: boolean;
}

const letter = /[\p{L}\p{M}]/u;
/** Those who write these leave no blanks between words, or put endings right after them. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

const entries = new Map<string, Entry>();
for (const row of Object.values(words)) {
  for (const kind of ['other', 'code', 'use'] as const) {
    for (const word of row[kind].split(/\s*,\s*/)) addEntry(word.replace(/\s+/g, ' '), kind);
  }
}

/** The longest first of those that begin alike. */
const anyWord = new RegExp(
  [...entries.keys()]
    .toSorted()
    .toReversed()
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|'),
  'g',
);

/** The words about numbers in a text that is normalised. */
export function findLabels(text: string): Label[] {
  const folded = foldWords(text);
  const labels: Label[] = [];
  anyWord.lastIndex = 0;
  for (let match = anyWord.exec(folded); match; match = anyWord.exec(folded)) {
    const start = match.index;
    const end = start + match[0].length;
    const entry = entries.get(match[0]);
    if (entry && stands(folded, start, end, entry)) labels.push({ kind: entry.kind, start, end });
    else anyWord.lastIndex = start + 1;
  }
  return labels;
}

/** Of a word that several languages have, what it is called first counts, and the most that any allows. */
function addEntry(word: string, kind: LabelKind): void {
  const key = foldWords(word.replace(/^\*|\*$/g, ''));
  const known = entries.get(key);
  if (known && known.kind !== kind) return;
  const isUnspaced = unspaced.test(key);
  entries.set(key, {
    kind,
    mayBeginWithin: isUnspaced || word.startsWith('*') || known?.mayBeginWithin === true,
    mayEndWithin: isUnspaced || word.endsWith('*') || known?.mayEndWithin === true,
  });
}

function stands(text: string, start: number, end: number, { mayBeginWithin, mayEndWithin }: Entry): boolean {
  const beginsWell = mayBeginWithin || !letter.test(text[start - 1] ?? '');
  return beginsWell && (mayEndWithin || !letter.test(text[end] ?? ''));
}
