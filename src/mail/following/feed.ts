import { ExchangeError, isExchangeError, isTransient } from '../../errors.js';
import { coalesce } from '../../async/coalesce.js';
import { retry } from '../../async/retry.js';
import { portions } from '../portions.js';
import type { Fetched, Folder, MailTransport, MessageRef, NewArrivals, Position } from '../transport.js';
import type { Arrival, Content, Reading } from './arrival.js';
import { Follower } from './follower.js';
import { MessageReader } from './message-reader.js';
import { loadParser } from './read-content.js';
import { Recognition, type Listed } from './recognition.js';
import type { SeenArrivals } from './seen-arrivals.js';
import type { Sightings } from './sightings.js';

/** Who wants to know what a feed sees. */
export interface FeedListener {
  /** What it has seen so far, by which a message that moves is known again. */
  readonly seen: SeenArrivals;
  /**
   * Messages entered the folder, came back to it, or can be read at last; it is called in the order they entered. It
   * has to put what it sees among what it has seen at once.
   */
  arrived(arrivals: readonly Arrival[]): void;
  /** The feed can't go on: signed out, no access ... */
  failed(error: unknown): void;
}

export interface FeedOptions {
  readonly transport: MailTransport;
  readonly folder: Folder;
  /** What the views of all the connection's feeds have seen. */
  readonly sightings: Sightings;
  readonly notice: (text: string) => void;
  /** Told of what is tried again. */
  readonly troubled: (error: unknown) => void;
}

/** An answer that can't be read is asked for again, so many times in a row. */
const mostMisreadings = 3;
/** So often it is tried to find out whether messages are still there. */
const mostFailures = 5;

/**
 * All that enters one folder of one mailbox, read once for everybody who waits. It follows the folder
 * from a position on; push is only a hint to look. While somebody wants it, it watches, polls and
 * reconnects by itself.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<FeedListener>();
  readonly #look = coalesce(() => this.#read());
  /** Somebody wants all that is there, and not only what a hint is about. */
  #isAsked = false;
  readonly #follower: Follower;
  readonly #reader: MessageReader;
  readonly #recognition: Recognition;
  #position: Position;
  #trouble: ExchangeError | undefined;

  constructor(options: FeedOptions, position: Position) {
    const { transport, folder, sightings } = options;
    const { signal } = this.#closing;
    this.#options = options;
    this.#position = position;
    const troubled = (error: unknown): void => this.#troubled(error);
    this.#follower = new Follower({
      ...options,
      look: () => this.look(),
      lookHinted: () => this.#look(),
      troubled,
      failed: (error) => this.#fail(error),
    });
    this.#reader = new MessageReader({
      fetch: (refs, fetchOptions) => transport.fetch(refs, fetchOptions),
      signal,
      lookElsewhere: () => this.look(),
      wanted: (until) => this.#follower.wanted(until),
      troubled,
      recovered: (arrival) => this.#announce([arrival]),
    });
    this.#recognition = new Recognition({
      folder: folder.id,
      sightings,
      ask: (refs) => this.#askAgain(refs),
    });
  }

  /** Starts a feed where the folder stands now. */
  static async open(options: FeedOptions, signal: AbortSignal): Promise<Feed> {
    return new Feed(options, await options.transport.position(options.folder, { signal }));
  }

  /** The fault that keeps it from reading just now, where there is one. */
  get trouble(): ExchangeError | undefined {
    return this.#trouble;
  }

  /** Looks once; what came until now has been handed to the listeners when it resolves. */
  async look(): Promise<void> {
    this.#isAsked = true;
    await this.#look();
  }

  /** Hands over what was received at or after a date, as far as it is there still. */
  async lookBack(since: Date, handOver: (arrivals: readonly Arrival[]) => void): Promise<void> {
    const { transport, folder } = this.#options;
    const position = await this.#persist((signal) => transport.position(folder, { since, signal }));
    const found: Listed[] = [];
    for await (const arrivals of this.#after(position)) for (const listed of listedIn(arrivals)) found.push(listed);
    await this.#admit(found, handOver);
  }

  /** Those of the messages that are in the folder still, as the server says. */
  async stillThere(arrivals: readonly Arrival[]): Promise<Arrival[]> {
    const { transport, folder } = this.#options;
    const followed = arrivals.filter(({ gone }) => !gone).map((arrival) => ({ arrival, ref: arrival.ref }));
    if (followed.length === 0) return [];
    const refs = followed.map(({ ref }) => ref);
    const there = await this.#persist((signal) => transport.stillThere(folder, refs, { signal }));
    // One that has come back meanwhile has another id.
    return followed
      .filter(({ arrival, ref }) => there.has(ref.id) || arrival.ref !== ref)
      .map(({ arrival }) => arrival);
  }

  /** A message's content, that it is gone, or why it can't be read for now. */
  read(arrival: Arrival): Promise<Reading<Content>> {
    return this.#reader.read(arrival);
  }

  /** Tells a listener what comes from now on, until the returned function is called. */
  listen(listener: FeedListener): () => void {
    const forget = this.#options.sightings.add(listener.seen);
    this.#listeners.add(listener);
    return () => {
      forget();
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#reader.forget();
    };
  }

  /** Keeps looking (push, and polls between) until the returned function is called. */
  follow(): () => void {
    // While the mail is on its way. What fails is told when it is needed.
    void loadParser().catch(() => {});
    return this.#follower.follow();
  }

  close(): void {
    const closed = new ExchangeError('CLOSED', 'The connection was closed.');
    this.#closing.abort(closed);
    this.#follower.close(closed);
    this.#reader.forget();
  }

  async #read(): Promise<void> {
    const found = this.#follower.looking();
    const isHinted = !this.#isAsked;
    this.#isAsked = false;
    try {
      for await (const arrivals of this.#after(this.#position, isHinted)) {
        await this.#admit(listedIn(arrivals), (admitted) => {
          this.#position = arrivals.position;
          found(admitted.length > 0);
          this.#announce(admitted);
        });
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#fail(error);
      throw error;
    }
  }

  #after(position: Position, isHinted: boolean = false): AsyncIterable<NewArrivals> {
    const { transport, folder } = this.#options;
    return portions(position, (after) => {
      // Where there is more, all of it is wanted.
      const hinted = isHinted && after === position;
      return this.#persist((signal) => transport.arrivals(folder, after, { signal, hinted }));
    });
  }

  /** What is not known by its envelope is read at once: only by itself it says whom it is for. */
  async #admit(listed: readonly Listed[], handOver: (arrivals: readonly Arrival[]) => void): Promise<void> {
    await this.#recognition.admit(listed, (arrivals) => {
      handOver(arrivals);
      for (const arrival of arrivals) if (!arrival.hasEnvelope) void this.read(arrival).catch(() => {});
    });
  }

  /** Whether messages are still there; nothing where that can't be found out: two like messages are then two. */
  async #askAgain(refs: readonly MessageRef[]): Promise<readonly Fetched[]> {
    const { signal } = this.#closing;
    let failures = 0;
    const isRetryable = (error: unknown): boolean => isTransient(error) && ++failures < mostFailures;
    try {
      return await retry(() => this.#options.transport.fetch(refs, { fresh: true, signal }), { signal, isRetryable });
    } catch {
      signal.throwIfAborted();
      return [];
    }
  }

  #announce(arrivals: readonly Arrival[]): void {
    if (arrivals.length === 0) return;
    for (const listener of this.#listeners) listener.arrived(arrivals);
  }

  /** Repeats a call until it succeeds, fails for good, or the feed is closed. */
  async #persist<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    let misreadings = 0;
    const isRetryable = (error: unknown): boolean =>
      isTransient(error) || (isExchangeError(error) && error.code === 'PROTOCOL' && ++misreadings < mostMisreadings);
    const onRetry = (error: unknown): void => this.#troubled(error);
    const answer = await retry(() => call(signal), { signal, isRetryable, onRetry });
    this.#trouble = undefined;
    return answer;
  }

  #troubled(error: unknown): void {
    if (isExchangeError(error)) this.#trouble = error;
    this.#options.troubled(error);
  }

  #fail(error: unknown): void {
    for (const listener of this.#listeners) listener.failed(error);
  }
}

function listedIn({ messages, unreadable = [] }: NewArrivals): Listed[] {
  return [
    ...messages.map((ref) => ({ ref, hasEnvelope: true })),
    ...unreadable.map(({ ref }) => ({ ref, hasEnvelope: false })),
  ];
}
