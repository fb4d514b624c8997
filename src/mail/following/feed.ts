import { ExchangeError, isExchangeError, isTransient } from '../../errors.js';
import { retry } from '../../async/retry.js';
import { sleep } from '../../async/sleep.js';
import { identityOf, type Arrival, type Content } from './arrival.js';
import { gather } from '../../async/gather.js';
import { coalesce } from '../../async/coalesce.js';
import { PollPauses } from './poll-pauses.js';
import { PushTrust } from './push-trust.js';
import {
  isGone,
  type Folder,
  type Gone,
  type MailTransport,
  type MessageRef,
  type Position,
  type RawMessage,
} from '../transport.js';

/** Milliseconds before push that broke is set up again: a server that cuts it at once is not hammered. */
const reconnectPause = 250;

/** Who wants to know what a feed sees. */
export interface FeedListener {
  /** Messages entered the folder; it is called in the order they entered. */
  arrived(arrivals: readonly Arrival[]): void;
  /** The feed can't go on: signed out, no access ... */
  failed(error: unknown): void;
}

/**
 * All that enters one folder of one mailbox, read once for everybody who waits. It follows the folder
 * from a position on; push is only a hint to look. While somebody wants it, it watches, polls and
 * reconnects by itself.
 */
export class Feed {
  readonly #transport: MailTransport;
  readonly #folder: Folder;
  readonly #notice: (text: string) => void;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<FeedListener>();
  readonly #arrivals = new Map<string, Arrival>();
  readonly #look = coalesce(() => this.#read());
  readonly #fetch = gather((arrivals: readonly Arrival[]) => this.#fetchAll(arrivals));
  readonly #pauses: PollPauses;
  #position: Position;
  #followers = 0;
  #following: AbortController | undefined;
  readonly #push = new PushTrust();
  #trouble: ExchangeError | undefined;

  constructor(transport: MailTransport, folder: Folder, position: Position, notice: (text: string) => void) {
    this.#transport = transport;
    this.#folder = folder;
    this.#position = position;
    this.#notice = notice;
    this.#pauses = new PollPauses(transport.pollIntervals.withoutPush);
  }

  /** Starts a feed where the folder stands now. */
  static async open(
    transport: MailTransport,
    folder: Folder,
    options: { readonly notice: (text: string) => void; readonly signal?: AbortSignal },
  ): Promise<Feed> {
    const position = await transport.position(folder, options);
    return new Feed(transport, folder, position, options.notice);
  }

  /** The fault that keeps it from reading just now, where there is one. */
  get trouble(): ExchangeError | undefined {
    return this.#trouble;
  }

  /** Looks once; what came until now has been handed to the listeners when it resolves. */
  async look(): Promise<void> {
    await this.#look();
  }

  /** What was received at or after a date and before the feed began to follow. */
  async lookBack(since: Date): Promise<Arrival[]> {
    const { messages } = await this.#persist(async (signal) => {
      const position = await this.#transport.position(this.#folder, { since, signal });
      return await this.#transport.arrivals(this.#folder, position, { signal });
    });
    return messages.map((ref) => this.#arrivals.get(identityOf(ref)) ?? this.#remember(ref));
  }

  /** A message's content; nothing where it is gone. */
  content(arrival: Arrival): Promise<Content | undefined> {
    arrival.content ??= this.#contentOf(arrival).catch((error: unknown) => {
      arrival.content = undefined;
      throw error;
    });
    return arrival.content;
  }

  /** Tells a listener what comes from now on, until the returned function is called. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#arrivals.clear();
    };
  }

  /** Keeps looking (push, and polls between) until the returned function is called. */
  follow(): () => void {
    this.#followers++;
    this.#pauses.restart();
    if (!this.#following) this.#startFollowing();
    void this.#look().catch(() => {});
    let active = true;
    return () => {
      if (active) this.#followers--;
      active = false;
    };
  }

  close(): void {
    this.#closing.abort(new ExchangeError('CLOSED', 'The connection was closed.'));
    this.#following?.abort(this.#closing.signal.reason);
  }

  async #read(): Promise<void> {
    const found = this.#push.look();
    try {
      const { messages, position } = await this.#persist((signal) =>
        this.#transport.arrivals(this.#folder, this.#position, { signal }),
      );
      this.#position = position;
      found(messages.length > 0);
      this.#announce(messages);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#fail(error);
      throw error;
    }
  }

  #announce(refs: readonly MessageRef[]): void {
    const fresh = refs.flatMap((ref) => {
      const known = this.#arrivals.get(identityOf(ref));
      if (!known || known.gone) return [this.#remember(ref)];
      known.ref = ref;
      return [];
    });
    if (fresh.length === 0) return;
    for (const listener of this.#listeners) listener.arrived(fresh);
  }

  #remember(ref: MessageRef): Arrival {
    const arrival: Arrival = { identity: identityOf(ref), ref, gone: false, content: undefined };
    this.#arrivals.set(arrival.identity, arrival);
    return arrival;
  }

  async #fetchAll(arrivals: readonly Arrival[]): Promise<readonly (RawMessage | Gone)[]> {
    const refs = arrivals.map(({ ref }) => ref);
    return await this.#persist((signal) => this.#transport.fetch(refs, { signal }));
  }

  async #contentOf(arrival: Arrival): Promise<Content | undefined> {
    const answer = await this.#fetch(arrival);
    if (!isGone(answer)) {
      const { parseMessage } = await import('../message/parse.js');
      return { source: answer.source, parsed: await parseMessage(answer) };
    }
    arrival.gone = true;
    return undefined;
  }

  /** Repeats a call until it succeeds, fails for good, or the feed is closed. */
  async #persist<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    const answer = await retry(() => call(signal), { signal, onRetry: (error) => this.#troubled(error) });
    this.#trouble = undefined;
    return answer;
  }

  #startFollowing(): void {
    const following = new AbortController();
    this.#following = following;
    const end = (): void => {
      if (this.#following === following) this.#following = undefined;
    };
    void Promise.all([this.#watch(following.signal), this.#poll(following.signal)]).then(end, (error: unknown) => {
      end();
      following.abort();
      this.#fail(error);
    });
  }

  /**
   * Watches for as long as the connection is open: a spec that waited once will wait again. A server that
   * refuses push is not asked again, so as not to take streams from others; polling goes on.
   */
  async #watch(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await retry(() => this.#watchOnce(signal), { signal, onRetry: (error) => this.#troubled(error) });
        await sleep(reconnectPause, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isExchangeError(error) || error.code !== 'PUSH_UNAVAILABLE') throw error;
      this.#notice(`The folder ${this.#folder.name} is polled, because push is refused: ${error.message}`);
    }
  }

  /** Push that worked and broke is no failed try: the next one starts with the shortest pause again. */
  async #watchOnce(signal: AbortSignal): Promise<void> {
    const hint = (): void => {
      this.#push.hinted();
      // Where nobody waits, nobody looks: whoever waits next begins with a look.
      if (this.#followers > 0) void this.#look().catch(() => {});
    };
    try {
      await this.#transport.watch(this.#folder, hint, { signal });
    } catch (error) {
      if (!this.#push.stands || !isTransient(error)) throw error;
    } finally {
      this.#push.ended();
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { withPush } = this.#transport.pollIntervals;
    for (let idle = 0; !signal.aborted;) {
      const pause = await this.#pauses.next(signal);
      idle += pause;
      if (pause === 0 || this.#followers === 0 || (this.#push.isProven && idle < withPush)) continue;
      idle = 0;
      await this.#look().catch(() => {});
    }
  }

  #troubled(error: unknown): void {
    if (isExchangeError(error)) this.#trouble = error;
  }

  #fail(error: unknown): void {
    for (const listener of this.#listeners) listener.failed(error);
  }
}
