export interface LimitOptions {
  readonly signal: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  /** What to reject with when the time is up. */
  readonly error: () => Error;
}

/**
 * Ends an operation at its deadline or when its caller aborts, whether or not the operation listens:
 * some proxies' agents do not.
 */
export class Limit implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #caller: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor({ signal, timeout, error }: LimitOptions) {
    this.#caller = signal;
    this.#timer = setTimeout(() => this.#controller.abort(error()), timeout);
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
  }

  /** Aborts at the deadline, with its error, or with the caller's reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The promise's own outcome, or the limit's where that comes first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    let stop = (): void => {};
    const limited = new Promise<never>((_, reject) => {
      stop = () => reject(this.signal.reason);
      this.signal.addEventListener('abort', stop, { once: true });
      if (this.signal.aborted) stop();
    });
    try {
      return await Promise.race([promise, limited]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }

  /** Takes the deadline away; the caller's abort still counts. */
  lift(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onAbort);
  }
}
