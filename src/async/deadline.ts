import { EitherSignal } from './either-signal.js';

/** What ends a wait. */
export interface WaitOptions {
  /** Milliseconds to wait at most; 0 for no limit of its own. @default the connection's, 60000 */
  readonly timeout?: number;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * @internal
   * Ends the wait as its time-out does, with the same report; the signal's reason says, as a text, which
   * limit that was.
   */
  readonly limit?: AbortSignal;
}

/** One operation's end: the earlier of its own time-out and the limits around it. */
export class Deadline implements Disposable {
  readonly #own = new AbortController();
  readonly #end: EitherSignal;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #options: WaitOptions;
  readonly #timeout: number;

  constructor(options: WaitOptions, defaultTimeout: number) {
    this.#options = options;
    this.#timeout = options.timeout ?? defaultTimeout;
    if (this.#timeout > 0) this.#timer = setTimeout(() => this.#own.abort(), this.#timeout);
    this.#end = new EitherSignal(this.#own.signal, options.signal, options.limit);
  }

  /** Aborts when the operation must end. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** It was a limit around it that ended it. */
  get isCutShort(): boolean {
    return this.#options.limit?.aborted ?? false;
  }

  /** Throws the caller's own reason where the caller gave up. */
  throwIfCancelled(): void {
    this.#options.signal?.throwIfAborted();
  }

  /** Which limit it was, as people say it: `within 60 s`. */
  describe(): string {
    if (this.isCutShort) return `before ${String(this.#options.limit?.reason)}`;
    return `within ${formatDuration(this.#timeout)}`;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#end[Symbol.dispose]();
  }
}

export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
