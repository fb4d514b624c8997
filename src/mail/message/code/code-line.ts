import type { Line, Run } from '../reading/run.js';
import { findCandidates, type Candidate } from './candidates.js';
import { findLabels, type Label } from './labels.js';
import { namesOther } from './naming.js';
import { normalise } from './normalise.js';
import { gone, withoutOtherNumbers } from './shapes.js';

const listMarker = /^\s*(?:\d{1,2}[.)]|[-*•])\s/;

/** A dot that a number follows may end a short word: "No. 48". */
const sentenceEnd = /[!?;。！？｡।](?![\d\p{sc=Latin}])|(?<=[^\s.]{4}|\d)\.(?=\s|$)|\.(?=\s+[^\d\s#(]|\s*$)/gu;

/** A line of a message, with what matters to codes in it. */
export class CodeLine {
  readonly text: string;
  readonly candidates: readonly Candidate[];
  /** From where to where it stands out. */
  readonly emphasised: readonly (readonly [start: number, end: number])[];
  #withoutOthers: string | undefined;
  #sentenceEnds: readonly number[] | undefined;
  #labels: readonly Label[] | undefined;
  #unnamed: string | undefined;

  constructor(line: Line) {
    let text = '';
    const emphasised: [number, number][] = [];
    for (const run of line) {
      const start = text.length;
      text += isNoteMark(run) ? '' : normalise(run.text);
      const last = emphasised.at(-1);
      if (run.isEmphasised && last?.[1] === start) last[1] = text.length;
      else if (run.isEmphasised) emphasised.push([start, text.length]);
    }
    this.text = text;
    this.emphasised = emphasised;
    this.candidates = /\d|[A-Z]{2}/.test(text) ? findCandidates(this.#textOfCandidates) : [];
  }

  get isEmpty(): boolean {
    return this.text.trim() === '';
  }

  /** The words about numbers in it, but for those within addresses. */
  get labels(): readonly Label[] {
    this.#labels ??= findLabels(this.#textOfCandidates);
    return this.#labels;
  }

  /** Its text without what can't be a code: by its looks, or because it is called something else. */
  get unnamed(): string {
    this.#unnamed ??= this.candidates
      .filter(({ start }) => this.labels.some((label) => namesOther(label, this.text, start)))
      .reduce((text, { start, end }) => blank(text, start, end), this.#textOfCandidates);
    return this.#unnamed;
  }

  /** Its text without what can't be a code by its looks. */
  get #textOfCandidates(): string {
    this.#withoutOthers ??= withoutOtherNumbers(this.text);
    return this.#withoutOthers;
  }

  /** From where to where the sentence goes that something stands in. */
  sentenceAround({ start, end }: Pick<Candidate, 'start' | 'end'>): readonly [from: number, to: number] {
    this.#sentenceEnds ??= Array.from(this.text.matchAll(sentenceEnd), ({ index }) => index);
    const before = this.#sentenceEnds.findLast((index) => index < start);
    const after = this.#sentenceEnds.find((index) => index >= end);
    return [before === undefined ? 0 : before + 1, after ?? this.text.length];
  }

  /** Whether a code is all that is to be read in it. */
  get isCodeAlone(): boolean {
    return this.candidates.some((candidate) => this.isOnly(candidate));
  }

  /** Whether nothing but one of its candidates is to be read in it, a list's marker aside. */
  isOnly({ start, end }: Candidate): boolean {
    const before = this.text.slice(0, start).replace(listMarker, '');
    return !/[\p{L}\p{N}]/u.test(before + this.text.slice(end));
  }
}

function isNoteMark({ isRaised, text }: Run): boolean {
  return isRaised && /^\P{L}{0,3}$/u.test(text) && /\d/.test(text);
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + gone.repeat(end - start) + text.slice(end);
}
