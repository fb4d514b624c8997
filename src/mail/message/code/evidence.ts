import type { Candidate } from './candidates.js';
import type { Surroundings } from './surroundings.js';
import { states } from './words.js';

/** Something that makes a candidate more, or less, of a one-time code. */
export interface Evidence {
  readonly weight: number;
  /** As an error says it of a candidate. */
  readonly says: string;
  holds(candidate: Candidate, surroundings: Surroundings): boolean;
}

/** The sum of the weights from which on a candidate is a code. */
export const enough = 3;
/** A code that has less than this before another is no better: the reader has to say which. */
export const clear = 3;

/** No word of any language has so many consonants in a row that it would stand where a code does. */
const unspeakable = /[^AEIOUY-]{5}/;

export const evidence: readonly Evidence[] = [
  { weight: 6, says: 'a word for a code stands before it', holds: (_, { before }) => before === 'code' },
  {
    weight: 5,
    says: 'a word for a code stands after it',
    holds: (_, { before, after }) => after === 'code' && before !== 'code',
  },
  {
    weight: 2,
    says: 'a word for a code stands in its sentence',
    holds: (_, { before, after, inSentence }) => before !== 'code' && after !== 'code' && inSentence.has('code'),
  },
  {
    weight: 3,
    says: 'it is to be entered',
    holds: (_, { isUsed, before, after }) => isUsed && before !== 'code' && after !== 'code',
  },
  {
    weight: 4,
    says: 'the line above speaks of a code',
    holds: (_, { above, inSentence }) => above === 'code' && !inSentence.has('code'),
  },
  {
    weight: 4,
    says: 'the line below speaks of a code',
    holds: (_, { below, above, inSentence }) => below === 'code' && above !== 'code' && !inSentence.has('code'),
  },
  { weight: 1, says: 'the line above says to enter it', holds: (_, { above }) => above === 'use' },
  { weight: 3, says: 'it is alone on its line', holds: (_, { isAlone }) => isAlone },
  {
    weight: 2,
    says: 'it is a sentence of its own',
    holds: (_, { isAlone, isAloneInSentence }) => isAloneInSentence && !isAlone,
  },
  {
    weight: 4,
    says: 'the sentence before speaks of a code',
    holds: (_, { sentenceBefore, above, inSentence }) =>
      sentenceBefore === 'code' && above !== 'code' && !inSentence.has('code'),
  },
  { weight: 1, says: 'it stands out', holds: (_, { isEmphasised }) => isEmphasised },
  { weight: 1, says: 'it has six digits', holds: ({ kind, value }) => kind === 'digits' && value.length === 6 },

  {
    weight: -7,
    says: 'it is a number of another kind: a word for one stands before it',
    holds: (_, { before }) => before === 'other',
  },
  {
    weight: -4,
    says: 'a word for a number of another kind stands after it',
    holds: (_, { after }) => after === 'other',
  },
  {
    weight: -5,
    says: 'the line above speaks of a number of another kind',
    holds: (_, { above, before }) => above === 'other' && before !== 'code',
  },
  { weight: -4, says: 'its sentence speaks of a discount', holds: (_, { isOnSale }) => isOnSale },
  { weight: -3, says: 'it looks like a year', holds: ({ value }) => /^(?:19|20)\d\d$/.test(value) },
  {
    weight: -3,
    says: 'it looks like a date',
    holds: ({ value }) => /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(value),
  },
  {
    weight: -2,
    says: 'it looks like a phone number',
    holds: ({ kind, value }) => kind === 'digits' && /^0\d{7}/.test(value),
  },
  {
    weight: -2,
    says: 'it is longer than codes are',
    holds: ({ kind, value }) => kind === 'digits' && value.length > 8,
  },
  {
    weight: -2,
    says: 'it has letters',
    holds: ({ kind, value }) => kind === 'letters and digits' && !/^[A-Z\d-]+$/.test(value),
  },
  { weight: -3, says: 'it has no digit', holds: ({ kind }) => kind === 'letters' },
  { weight: -6, says: 'it says what became of one', holds: ({ value }) => states.has(value) },
  { weight: -6, says: 'it is masked', holds: ({ value }) => /^([A-Z])\1+$/.test(value) },
  {
    weight: -4,
    says: 'nothing announces it',
    holds: ({ kind, value }, { isAnnounced, above, before }) =>
      kind === 'letters' &&
      !isAnnounced &&
      !(value.includes('-') && above === 'code') &&
      !(unspeakable.test(value) && before === 'code'),
  },
  {
    weight: -4,
    says: 'all of its line is in capitals',
    holds: ({ kind }, { isAmongCapitals }) => kind === 'letters' && isAmongCapitals,
  },
];
