import { EitherSignal } from '../../async/either-signal.js';
import { sleep } from '../../async/sleep.js';

/** The pauses between polls: each interval in its turn, the last one again and again, all anew when a wait begins. */
export class PollPauses {
  readonly #intervals: readonly number[];
  #taken = 0;
  #current = new AbortController();

  /** @param intervals In milliseconds. */
  constructor(intervals: number | readonly number[]) {
    this.#intervals = [intervals].flat();
  }

  /** Begins anew, with the shortest pause as a rule, and ends the one that is under way. */
  restart(): void {
    this.#taken = 0;
    this.#current.abort();
  }

  /** Resolves with the milliseconds of a pause when it is over; with 0 where it was ended before. */
  async next(signal: AbortSignal): Promise<number> {
    const interval = this.#intervals[Math.min(this.#taken++, this.#intervals.length - 1)] ?? 0;
    this.#current = new AbortController();
    using either = new EitherSignal(signal, this.#current.signal);
    try {
      await sleep(interval, either.signal);
      return interval;
    } catch {
      return 0;
    }
  }
}
