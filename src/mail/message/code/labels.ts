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
  readonly mayBegin: 'anywhere' | 'at a word';
  readonly mayEnd: 'anywhere' | 'at a word';
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

function addEntry(word: string, kind: LabelKind): void {
  const key = foldWords(word.replace(/^\*|\*$/g, ''));
  if (entries.has(key)) return;
  const isUnspaced = unspaced.test(key);
  entries.set(key, {
    kind,
    mayBegin: isUnspaced || word.startsWith('*') ? 'anywhere' : 'at a word',
    mayEnd: isUnspaced || word.endsWith('*') ? 'anywhere' : 'at a word',
  });
}

function stands(text: string, start: number, end: number, { mayBegin, mayEnd }: Entry): boolean {
  const beginsWell = mayBegin === 'anywhere' || !letter.test(text[start - 1] ?? '');
  return beginsWell && (mayEnd === 'anywhere' || !letter.test(text[end] ?? ''));
}
