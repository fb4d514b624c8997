import type { MessageFilter } from '../message/filter/filter.js';

/** An expectation that has not ended yet. */
export interface OpenWait {
  /** As a spec says it: `waitForMessage`, `toReceive`, `not.toReceive`. */
  readonly what: string;
  readonly filter: MessageFilter;
}

/** What a view is waiting for: when it is closed there should be nothing left, or an `await` was forgotten. */
export class OpenWaits {
  readonly #open = new Set<OpenWait>();

  /** In the order of their calls. */
  get list(): readonly OpenWait[] {
    return [...this.#open];
  }

  /** Counts a wait as open until it has ended. */
  async during<T>(wait: OpenWait, run: () => Promise<T>): Promise<T> {
    this.#open.add(wait);
    try {
      return await run();
    } finally {
      this.#open.delete(wait);
    }
  }
}
