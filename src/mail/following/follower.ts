import { type ExchangeError, isExchangeError, isTransient } from '../../errors.js';
import { onAbort } from '../../async/on-abort.js';
import { retry } from '../../async/retry.js';
import { sleep } from '../../async/sleep.js';
import type { Folder, MailTransport } from '../transport.js';
import { PollPauses } from './poll-pauses.js';
import { PushTrust } from './push-trust.js';

export interface FollowerOptions {
  readonly transport: Pick<MailTransport, 'watch' | 'pollIntervals'>;
  readonly folder: Folder;
  /** Finds all that is there. */
  readonly look: () => Promise<void>;
  /** Finds what a hint is about. */
  readonly lookHinted: () => Promise<void>;
  readonly notice: (text: string) => void;
  /** Told of what is tried again. */
  readonly troubled: (error: unknown) => void;
  /** Told of what can't be: nothing is followed until somebody wants it again. */
  readonly failed: (error: unknown) => void;
}

/** Milliseconds before push that broke is set up again: a server that cuts it at once is not hammered. */
const reconnectPause = 250;

/** Has a folder looked at for as long as somebody waits: whenever push hints at something, and between by itself. */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #pauses: PollPauses;
  readonly #push = new PushTrust();
  readonly #wanting = new Set<() => void>();
  #followers = 0;
  #following: AbortController | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#pauses = new PollPauses(options.transport.pollIntervals.withoutPush);
  }

  /** Follows until the returned function is called. */
  follow(): () => void {
    this.#followers++;
    this.#pauses.restart();
    if (!this.#following) this.#start();
    this.#look();
    for (const begin of this.#wanting) begin();
    this.#wanting.clear();
    let active = true;
    return () => {
      if (active) this.#followers--;
      active = false;
    };
  }

  /** Resolves as soon as somebody waits. */
  async wanted(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#followers > 0) return;
    let leave = (): void => {};
    await new Promise<void>((resolve, reject) => {
      this.#wanting.add(resolve);
      leave = onAbort(signal, () => {
        this.#wanting.delete(resolve);
        reject(signal.reason);
      });
    }).finally(() => leave());
  }

  /** A look begins; the returned function is told whether it found anything. */
  looking(): (found: boolean) => void {
    return this.#push.look();
  }

  close(reason: ExchangeError): void {
    this.#following?.abort(reason);
  }

  #look(): void {
    void this.#options.look().catch(() => {});
  }

  #start(): void {
    const following = new AbortController();
    this.#following = following;
    const end = (): void => {
      if (this.#following === following) this.#following = undefined;
    };
    void Promise.all([this.#watch(following.signal), this.#poll(following.signal)]).then(end, (error: unknown) => {
      end();
      following.abort();
      this.#options.failed(error);
    });
  }

  /**
   * Watches for as long as the connection is open: a spec that waited once will wait again. A server that
   * refuses push is not asked again, so as not to take streams from others; polling goes on.
   */
  async #watch(signal: AbortSignal): Promise<void> {
    const { troubled, folder, notice } = this.#options;
    try {
      while (!signal.aborted) {
        await retry(() => this.#watchOnce(signal), { signal, onRetry: troubled });
        await sleep(reconnectPause, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isExchangeError(error) || error.code !== 'PUSH_UNAVAILABLE') throw error;
      notice(`The folder ${folder.name} is polled, because push is refused: ${error.message}`);
    }
  }

  /** Push that worked and broke is no failed try: the next one starts with the shortest pause again. */
  async #watchOnce(signal: AbortSignal): Promise<void> {
    const hint = (): void => {
      this.#push.hinted();
      // Where nobody waits, nobody looks: whoever waits next begins with a look.
      if (this.#followers > 0) void this.#options.lookHinted().catch(() => {});
    };
    try {
      await this.#options.transport.watch(this.#options.folder, hint, { signal });
    } catch (error) {
      if (!this.#push.stands || !isTransient(error)) throw error;
    } finally {
      this.#push.ended();
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { look, transport } = this.#options;
    for (let idle = 0; !signal.aborted;) {
      const pause = await this.#pauses.next(signal);
      idle += pause;
      const isTrusted = this.#push.isProven && idle < transport.pollIntervals.withPush;
      if (pause === 0 || this.#followers === 0 || isTrusted) continue;
      idle = 0;
      await look().catch(() => {});
    }
  }
}
