/**
 * How far push is believed. What stands between (a proxy that buffers) may keep to itself what a server pushes, while
 * the connection looks alive: that push stands proves nothing. It is believed from a message that it told of until a
 * look finds one that it did not tell of, or until it breaks.
 */
export class PushTrust {
  #stands = false;
  #proven = false;
  #told = false;

  /** Whether it stands, as far as can be seen from here. */
  get stands(): boolean {
    return this.#stands;
  }

  /** Whether it may be left to tell what comes. */
  get isProven(): boolean {
    return this.#proven;
  }

  /** It gave a hint; the first one only says that it stands. */
  hinted(): void {
    this.#told = this.#stands;
    this.#stands = true;
  }

  /** It ended, or broke. */
  ended(): void {
    this.#stands = this.#proven = this.#told = false;
  }

  /** A look begins; the returned function is told whether it found anything. */
  look(): (found: boolean) => void {
    const told = this.#told;
    this.#told = false;
    return (found) => {
      if (found) this.#proven = told || this.#told;
    };
  }
}
