import { KeptMap, notKept, type RecordsOf } from '../data/kept-map.js';

/** What time it is for tokens and codes. */
export class Clock {
  readonly #kept: KeptMap<number>;

  constructor(records: RecordsOf = notKept) {
    this.#kept = new KeptMap(records('clock'));
  }

  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Lets time pass: tokens, codes and certificates age at once. */
  advance(milliseconds: number): void {
    this.#kept.set('ahead', this.#ahead + milliseconds);
  }

  get #ahead(): number {
    return this.#kept.get('ahead') ?? 0;
  }
}
