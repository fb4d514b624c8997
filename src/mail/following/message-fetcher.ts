import { batches } from '../../async/batches.js';
import { isOneItemsFault } from '../../async/bisect.js';
import { Limit } from '../../async/limit.js';
import { retryDelay } from '../../async/retry.js';
import { sleep } from '../../async/sleep.js';
import { Slots } from '../../async/slots.js';
import { ExchangeError, isExchangeError } from '../../errors.js';
import type { Fetched, MailTransport, MessageRef } from '../transport.js';

export interface MessageFetcherOptions {
  readonly fetch: MailTransport['fetch'];
  /** Ends all fetching. */
  readonly signal: AbortSignal;
  /** Asks the server something else. Resolves once it has answered: what fails then is not the connection's fault. */
  readonly lookElsewhere: () => Promise<void>;
  readonly troubled: (error: unknown) => void;
}

const together = { count: 20, size: 20 * 1024 * 1024 };
const mostAtOnce = 4;
/** So many times messages fail together, before each half is asked for by itself. */
const triesTogether = 3;
/** Milliseconds that a request may take at first, and where it holds up no other. */
const firstPatience = 10_000;
const patience = 30_000;
/** Octets that come in a millisecond at least. */
const slowest = 50;

/**
 * Fetches messages together, and where that fails finds the one that is at fault. A failure is a message's own only
 * where the server has answered something else since.
 */
export class MessageFetcher {
  readonly #options: MessageFetcherOptions;
  readonly #slots = new Slots(mostAtOnce);

  constructor(options: MessageFetcherOptions) {
    this.#options = options;
  }

  /**
   * What becomes of each message. Rejects where that is not about messages: signed out, closed ... What has failed
   * before is fetched `aside`.
   */
  fetch(refs: readonly MessageRef[], aside: boolean = false): Promise<Fetched>[] {
    return batches(refs, together).flatMap((batch) => this.#each(batch, aside));
  }

  #each(refs: readonly MessageRef[], aside: boolean): Promise<Fetched>[] {
    const fetching = this.#fetchTogether(refs, aside);
    return refs.map((_, index) => fetching.then((answers) => answers[index]!));
  }

  async #fetchTogether(refs: readonly MessageRef[], aside: boolean): Promise<(Fetched | Promise<Fetched>)[]> {
    for (let failures = 1; ; failures++) {
      try {
        return await this.#ask(refs, aside || failures > 1);
      } catch (error) {
        const failure = this.#failure(error);
        if (failure.transient) await this.#letItPass(failure, failures);
        if (failure.transient && failure.code !== 'DEADLINE' && failures < triesTogether) continue;
        if (refs.length === 1) return [{ ref: refs[0]!, unreadable: failure }];
        const half = Math.ceil(refs.length / 2);
        return [...this.#each(refs.slice(0, half), true), ...this.#each(refs.slice(half), true)];
      }
    }
  }

  async #ask(refs: readonly MessageRef[], aside: boolean): Promise<Fetched[]> {
    const { fetch, signal: caller } = this.#options;
    return await this.#slots.run(1, caller, async () => {
      const time = aside ? patience : firstPatience;
      const timeout = time + refs.reduce((total, { size }) => total + size, 0) / slowest;
      using limit = new Limit({ signal: caller, timeout, error: () => tooSlow(refs, timeout) });
      return await limit.race(fetch(refs, { signal: limit.signal, aside }));
    });
  }

  /** @throws what is not about these messages */
  #failure(error: unknown): ExchangeError {
    this.#options.signal.throwIfAborted();
    if (!isExchangeError(error)) {
      const said = error instanceof Error ? error.message : String(error);
      return new ExchangeError('PROTOCOL', `fetching messages failed: ${said}`, { cause: error });
    }
    if (error.transient || isOneItemsFault(error)) return error;
    throw error;
  }

  async #letItPass(error: ExchangeError, failures: number): Promise<void> {
    const { signal, lookElsewhere, troubled } = this.#options;
    troubled(error);
    await sleep(retryDelay(error, failures), signal);
    await lookElsewhere();
  }
}

function tooSlow(refs: readonly MessageRef[], timeout: number): ExchangeError {
  const which = refs.length === 1 ? JSON.stringify(refs[0]!.subject) : `${refs.length} messages`;
  const summary = `fetching ${which} took more than ${Math.round(timeout / 1000)} s`;
  return new ExchangeError('DEADLINE', summary, { transient: true });
}
