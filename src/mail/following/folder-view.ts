import type { Arrival } from './arrival.js';
import { coalesce } from '../../async/coalesce.js';
import type { Feed } from './feed.js';
import { mismatches, type MessageFilter } from '../message/filter.js';
import type { Message } from '../message/message.js';

/** How many messages for others are remembered. */
const keptOthers = 20;

/** Somebody who waits for a message. */
interface Wait {
  readonly filter: MessageFilter;
  /** Only looks: takes messages that were handed out too, and leaves them to others. */
  readonly peek: boolean;
  /** The first arrival it has not examined. */
  next: number;
  resolve(message: Message): void;
  reject(error: unknown): void;
}

export interface FolderViewOptions {
  /** Whether the view sees an arrival. */
  readonly sees: (arrival: Arrival) => boolean;
  /** The message of an arrival, the same one each time; nothing where it is gone. */
  readonly toMessage: (feed: Feed, arrival: Arrival) => Promise<Message | undefined>;
  /** The identities of what has been handed out; shared by all folders of a view. */
  readonly handedOut: Set<string>;
}

export interface FolderObserver {
  /** Something new is seen. */
  arrived(): void;
  /** Nothing more will come by itself. */
  failed(error: unknown): void;
}

/** What a view sees of one folder, and those who wait for something in it. */
export class FolderView {
  readonly feed: Feed;
  /** What it sees, oldest first. */
  readonly arrivals: Arrival[] = [];
  /** The last that came past it for others: only good to say why nothing came. */
  readonly others: Arrival[] = [];
  readonly #options: FolderViewOptions;
  readonly #waits = new Set<Wait>();
  readonly #observers = new Set<FolderObserver>();
  readonly #serve = coalesce(() => this.#serveWaits());
  /** All before it were handed out: a wait that takes need not go through them again. */
  #firstLeft = 0;
  readonly #leave: () => void;

  constructor(feed: Feed, options: FolderViewOptions) {
    this.feed = feed;
    this.#options = options;
    this.#leave = feed.listen({
      arrived: (arrivals) => this.#add(arrivals),
      failed: (error) => this.#fail(error),
    });
  }

  /** Puts what came before the view began in front of what it has seen since. */
  addEarlier(arrivals: readonly Arrival[]): void {
    const known = new Set(this.arrivals);
    this.arrivals.unshift(...arrivals.filter((arrival) => this.#options.sees(arrival) && !known.has(arrival)));
    this.#firstLeft = 0;
  }

  message(arrival: Arrival): Promise<Message | undefined> {
    return this.#options.toMessage(this.feed, arrival);
  }

  /** Every message it sees that is still there, oldest first, each once. */
  async messages(): Promise<Message[]> {
    const messages = await Promise.all(this.arrivals.map((arrival) => this.message(arrival)));
    return [...new Set(messages.filter((message) => message !== undefined))];
  }

  /**
   * Waits until a message matches or the signal aborts (then nothing). Waits are served in the order
   * of their calls; one that ended takes no message any more.
   */
  async wait(filter: MessageFilter, options: { peek: boolean; signal: AbortSignal }): Promise<Message | undefined> {
    if (options.signal.aborted) return undefined;
    const unfollow = this.feed.follow();
    let wait: Wait | undefined;
    try {
      return await new Promise<Message | undefined>((resolve, reject) => {
        const next = options.peek ? 0 : this.#skipHandedOut();
        wait = { filter, peek: options.peek, next, resolve, reject };
        this.#waits.add(wait);
        options.signal.addEventListener('abort', () => resolve(undefined), { once: true });
        this.#readAhead(this.arrivals.slice(next));
        void this.#serve();
      });
    } finally {
      if (wait) this.#waits.delete(wait);
      unfollow();
    }
  }

  /** Whether a message was handed out. */
  wasHandedOut(arrival: Arrival): boolean {
    return this.#options.handedOut.has(arrival.identity);
  }

  /** Tells an observer what happens, until the returned function is called. */
  observe(observer: FolderObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Resolves when all that has arrived has been shown to all who wait. */
  async examined(): Promise<void> {
    await this.#serve();
  }

  close(): void {
    this.#leave();
  }

  #add(arrivals: readonly Arrival[]): void {
    const seen = arrivals.filter((arrival) => this.#options.sees(arrival));
    this.arrivals.push(...seen);
    this.others.push(...arrivals.filter((arrival) => !seen.includes(arrival)));
    this.others.splice(0, this.others.length - keptOthers);
    if (seen.length === 0) return;
    this.#readAhead(seen);
    void this.#serve();
    for (const observer of this.#observers) observer.arrived();
  }

  /** Lets one request fetch all that will be examined one by one. */
  #readAhead(arrivals: readonly Arrival[]): void {
    if (this.#waits.size === 0) return;
    // What is being read already is read for every wait.
    for (const arrival of arrivals) if (!arrival.content) void this.feed.content(arrival).catch(() => {});
  }

  #skipHandedOut(): number {
    while (this.#firstLeft < this.arrivals.length && this.wasHandedOut(this.arrivals[this.#firstLeft]!))
      this.#firstLeft++;
    return this.#firstLeft;
  }

  /** What arrives meanwhile is for the next run: it must be shown to the first wait first. */
  async #serveWaits(): Promise<void> {
    const end = this.arrivals.length;
    for (const wait of this.#waits) {
      try {
        await this.#serveWait(wait, end);
      } catch (error) {
        wait.reject(error);
      }
    }
  }

  async #serveWait(wait: Wait, end: number): Promise<void> {
    while (wait.next < end && this.#waits.has(wait)) {
      const arrival = this.arrivals[wait.next++]!;
      if (!wait.peek && this.wasHandedOut(arrival)) continue;
      const message = await this.message(arrival);
      if (!message || (await mismatches(message, wait.filter)).length > 0 || !this.#waits.delete(wait)) continue;
      if (!wait.peek) this.#options.handedOut.add(arrival.identity);
      wait.resolve(message);
    }
  }

  #fail(error: unknown): void {
    for (const wait of this.#waits) wait.reject(error);
    for (const observer of this.#observers) observer.failed(error);
  }
}
