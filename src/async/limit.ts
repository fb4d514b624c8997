import { onAbort } from './on-abort.js';
import { untilAborted } from './until-aborted.js';

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
  readonly #leave: () => void;

  constructor({ signal, timeout, error }: LimitOptions) {
    this.#timer = setTimeout(() => this.#controller.abort(error()), timeout);
    this.#leave = signal ? onAbort(signal, () => this.#controller.abort(signal.reason)) : () => {};
  }

  /** Aborts at the deadline, with its error, or with the caller's reason. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The promise's own outcome, or the limit's where that comes first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    return await untilAborted(promise, this.signal);
  }

  /** Takes the deadline away; the caller's abort still counts. */
  lift(): void {
    clearTimeout(this.#timer);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#leave();
  }
}
