import { onAbort } from './on-abort.js';

interface Taker<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Values that come one by one, each for the first that waits for one. */
export class Supply<T> {
  readonly #values: T[] = [];
  readonly #takers = new Set<Taker<T>>();
  #taken = 0;
  #failure: { readonly error: unknown } | undefined;
  #end: { readonly error: unknown } | undefined;

  /** All that have come, those that were taken too. */
  get values(): readonly T[] {
    return this.#values;
  }

  put(value: T): void {
    this.#values.push(value);
    const [first] = this.#takers;
    if (first) this.#give(first);
  }

  /** Fails all that wait; where nobody does, the one who waits next. */
  fail(error: unknown): void {
    if (this.#takers.size === 0) this.#failure = { error };
    for (const taker of this.#takers) this.#refuse(taker, error);
  }

  /** Nothing more will come: fails all that wait, now and later. */
  end(error: unknown): void {
    this.#end = { error };
    for (const taker of this.#takers) this.#refuse(taker, error);
  }

  /** The next value that was not taken. Rejects with the signal's reason as soon as it aborts. */
  async take(signal: AbortSignal): Promise<T> {
    let leave = (): void => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        const taker = { resolve, reject };
        this.#takers.add(taker);
        leave = onAbort(signal, () => this.#refuse(taker, signal.reason));
        if (this.#taken < this.#values.length) this.#give(taker);
        const failure = this.#end ?? this.#failure;
        this.#failure = undefined;
        if (failure) this.#refuse(taker, failure.error);
      });
    } finally {
      leave();
    }
  }

  #give(taker: Taker<T>): void {
    if (this.#takers.delete(taker)) taker.resolve(this.#values[this.#taken++]!);
  }

  #refuse(taker: Taker<T>, error: unknown): void {
    if (this.#takers.delete(taker)) taker.reject(error);
  }
}
