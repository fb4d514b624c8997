import { EventEmitter, once } from 'node:events';
import { ExchangeError, isExchangeError } from '../errors.js';
import type { Folder, MailTransport } from '../mail/transport.js';

/** Push from a folder, and how often it told of something. */
export class Push implements AsyncDisposable {
  readonly #events = new EventEmitter<{ changed: [] }>();
  readonly #ending = new AbortController();
  readonly #watching: Promise<void>;
  #hints = 0;
  #trouble: ExchangeError | undefined;

  constructor(transport: MailTransport, folder: Folder) {
    const hint = (): void => {
      this.#hints++;
      this.#events.emit('changed');
    };
    this.#watching = transport.watch(folder, hint, { signal: this.#ending.signal }).catch((error: unknown) => {
      this.#trouble = asTrouble(error);
      this.#events.emit('changed');
    });
  }

  /** How many hints there were; the first one says that push stands. */
  get hints(): number {
    return this.#hints;
  }

  /** Why it broke, where it did. */
  get trouble(): ExchangeError | undefined {
    return this.#trouble;
  }

  /** Whether there are more hints than that, or come to be before the signal aborts or push breaks. */
  async hintAfter(hints: number, signal: AbortSignal): Promise<boolean> {
    if (this.#hints === hints && this.#trouble === undefined) {
      await once(this.#events, 'changed', { signal }).catch(() => {});
    }
    return this.#hints > hints;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#watching;
  }
}

function asTrouble(cause: unknown): ExchangeError {
  if (isExchangeError(cause)) return cause;
  return new ExchangeError('PROTOCOL', `push broke: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
}
