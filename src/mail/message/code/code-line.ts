import type { Line } from '../reading/run.js';
import { findCandidates, type Candidate } from './candidates.js';
import { findLabels, type Label } from './labels.js';
import { normalise } from './normalise.js';
import { withoutOtherNumbers } from './shapes.js';

/** A line of a message, with what matters to codes in it. */
export class CodeLine {
  readonly text: string;
  readonly candidates: readonly Candidate[];
  /** From where to where it stands out. */
  readonly emphasised: readonly (readonly [start: number, end: number])[];
  #labels: readonly Label[] | undefined;

  constructor(line: Line) {
    let text = '';
    const emphasised: [number, number][] = [];
    for (const run of line) {
      const start = text.length;
      text += normalise(run.text);
      const last = emphasised.at(-1);
      if (run.isEmphasised && last?.[1] === start) last[1] = text.length;
      else if (run.isEmphasised) emphasised.push([start, text.length]);
    }
    this.text = text;
    this.emphasised = emphasised;
    this.candidates = /\d|[A-Z]{2}/.test(text) ? findCandidates(text) : [];
  }

  get isEmpty(): boolean {
    return this.text.trim() === '';
  }

  /** The words about numbers in it, but for those within addresses. */
  get labels(): readonly Label[] {
    this.#labels ??= findLabels(withoutOtherNumbers(this.text));
    return this.#labels;
  }
}
