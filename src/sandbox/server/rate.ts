/** How much has come within a time, for each that it is counted for. */
export class Rate {
  readonly #window: number;
  readonly #times = new Map<string, number[]>();

  /** @param window Milliseconds */
  constructor(window: number) {
    this.#window = window;
  }

  /** Counts one more, if there may be one more; else returns the milliseconds until there may. A limit of 0 is none. */
  admit(key: string, limit: number): number {
    if (limit === 0) return 0;
    const now = Date.now();
    const times = (this.#times.get(key) ?? []).filter((time) => now - time < this.#window);
    this.#times.set(key, times);
    if (times.length >= limit) return times[0]! + this.#window - now;
    times.push(now);
    return 0;
  }
}
