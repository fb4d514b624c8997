/** What time it is for tokens and codes. */
export class Clock {
  #ahead = 0;

  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Lets time pass: tokens, codes and certificates age at once. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
