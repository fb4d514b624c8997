import { ExchangeError } from '../../errors.js';
import { coalesce } from '../../async/coalesce.js';
import { onAbort } from '../../async/on-abort.js';
import { untilAborted } from '../../async/until-aborted.js';
import { withinTime } from '../../async/within-time.js';
import type { Arrival, Content, Reading } from './arrival.js';
import type { Feed } from './feed.js';
import { mismatches, type MessageFilter } from '../message/filter/filter.js';
import type { Message } from '../message/message.js';
import { SeenArrivals } from './seen-arrivals.js';

/** How many messages for others, or for nobody knows whom, are remembered. */
const kept = 20;
/** Milliseconds that a message which is being read may hold up those that came after it. */
const patience = 3000;

/** Somebody who waits for a message. */
interface Wait {
  readonly filter: MessageFilter;
  /** Only looks: takes messages that were handed out too, and leaves them to others. */
  readonly peek: boolean;
  readonly signal: AbortSignal;
  /** The first in the queue that it has not examined. */
  next: number;
  resolve(message: Message): void;
  reject(error: unknown): void;
}

export interface FolderViewOptions {
  /** Whether the view sees an arrival. */
  readonly sees: (arrival: Arrival) => boolean;
  /** The message of an arrival's content, the same one each time. */
  readonly toMessage: (arrival: Arrival, content: Content) => Message;
  /** The identities of what has been handed out; shared by all folders of a view. */
  readonly handedOut: Set<symbol>;
  /** Told of each message before it is handed out. */
  readonly handingOut: (arrival: Arrival) => void;
}

export interface FolderObserver {
  /** Something is to be examined. */
  arrived(): void;
  /** Nothing more will come by itself. */
  failed(error: unknown): void;
}

/** What a view sees of one folder, and those who wait for something in it. */
export class FolderView {
  readonly feed: Feed;
  /** The last that came past it for others: only good to say why nothing came. */
  readonly others: Arrival[] = [];
  /** The last that came for nobody knows whom. */
  readonly unknown: Arrival[] = [];
  readonly #seen = new SeenArrivals();
  /** What is to be examined, in this order: each arrival, and again what could be read at last, or came back. */
  #queue: Arrival[] = [];
  readonly #options: FolderViewOptions;
  readonly #waits = new Set<Wait>();
  readonly #observers = new Set<FolderObserver>();
  readonly #serve = coalesce(() => this.#serveWaits());
  readonly #leave: () => void;
  /** All before it were handed out: a wait that takes need not go through them again. */
  #firstLeft = 0;

  constructor(feed: Feed, options: FolderViewOptions) {
    this.feed = feed;
    this.#options = options;
    this.#leave = feed.listen({
      seen: this.#seen,
      arrived: (arrivals) => this.#add(arrivals),
      failed: (error) => this.#fail(error),
    });
  }

  /** What it sees, oldest first. */
  get arrivals(): readonly Arrival[] {
    return this.#seen.list;
  }

  /** All that is, or was, to be examined, in this order; some of it more than once. */
  get queue(): readonly Arrival[] {
    return this.#queue;
  }

  /** Puts what came since a date, before the view began, in front of what it has seen. */
  async lookBack(since: Date): Promise<void> {
    await this.feed.lookBack(since, (arrivals) => {
      const earlier = this.#seen.addEarlier(this.#sift(arrivals));
      this.#queue = [...earlier, ...this.#queue];
      this.#firstLeft = 0;
    });
  }

  async read(arrival: Arrival): Promise<Reading<Message>> {
    const reading = await this.feed.read(arrival);
    if (arrival.gone) return { gone: true };
    return 'read' in reading ? { read: this.#options.toMessage(arrival, reading.read) } : reading;
  }

  /** The message of an arrival; nothing where it is gone, or can't be read soon: then it is examined again once it was. */
  async readSoon(arrival: Arrival): Promise<Message | undefined> {
    const reading = this.read(arrival);
    const time = arrival.readingSince + patience - performance.now();
    const outcome = await withinTime(reading, time);
    if (!outcome) void reading.then(() => this.#examineAgain(arrival)).catch(() => {});
    return outcome && 'read' in outcome ? outcome.read : undefined;
  }

  /**
   * Waits until a message matches or the signal aborts (then nothing). Waits are served in the order
   * of their calls; one that ended takes no message any more.
   */
  async wait(filter: MessageFilter, options: { peek: boolean; signal: AbortSignal }): Promise<Message | undefined> {
    const { peek, signal } = options;
    if (signal.aborted) return undefined;
    const unfollow = this.feed.follow();
    let wait: Wait | undefined;
    let leave = (): void => {};
    try {
      return await new Promise<Message | undefined>((resolve, reject) => {
        const next = peek ? 0 : this.#skipHandedOut();
        wait = { filter, peek, signal, next, resolve, reject };
        this.#waits.add(wait);
        leave = onAbort(signal, () => resolve(undefined));
        this.#readAhead(this.#queue.slice(next));
        void this.#serve();
      });
    } finally {
      if (wait) this.#waits.delete(wait);
      leave();
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

  /** Ends all that waits. */
  close(): void {
    this.#leave();
    this.#fail(new ExchangeError('CLOSED', 'The mailbox was closed.'));
  }

  #add(arrivals: readonly Arrival[]): void {
    const seen = this.#sift(arrivals);
    this.#seen.add(seen);
    this.#examine(seen);
  }

  /** Returns what the view sees. */
  #sift(arrivals: readonly Arrival[]): readonly Arrival[] {
    const seen: Arrival[] = [];
    for (const arrival of arrivals) {
      if (this.#options.sees(arrival)) seen.push(arrival);
      else (arrival.hasEnvelope ? this.others : this.unknown).push(arrival);
    }
    for (const list of [this.others, this.unknown]) list.splice(0, list.length - kept);
    return seen;
  }

  #examine(arrivals: readonly Arrival[]): void {
    if (arrivals.length === 0) return;
    for (const arrival of arrivals) this.#queue.push(arrival);
    this.#readAhead(arrivals);
    void this.#serve();
    for (const observer of this.#observers) observer.arrived();
  }

  #examineAgain(arrival: Arrival): void {
    if (this.#seen.byId(arrival.ref.id) === arrival) this.#examine([arrival]);
  }

  /** Lets one request fetch all that will be examined one by one. */
  #readAhead(arrivals: readonly Arrival[]): void {
    if (this.#waits.size === 0) return;
    // What is being read already is read for every wait.
    for (const arrival of arrivals) if (!arrival.reading) void this.feed.read(arrival).catch(() => {});
  }

  #skipHandedOut(): number {
    while (this.#firstLeft < this.#queue.length && this.wasHandedOut(this.#queue[this.#firstLeft]!)) this.#firstLeft++;
    return this.#firstLeft;
  }

  /** What arrives meanwhile is for the next run: it must be shown to the first wait first. */
  async #serveWaits(): Promise<void> {
    const end = this.#queue.length;
    for (const wait of this.#waits) {
      try {
        await this.#serveWait(wait, end);
      } catch (error) {
        wait.reject(error);
      }
    }
  }

  async #serveWait(wait: Wait, end: number): Promise<void> {
    while (wait.next < end && this.#waits.has(wait) && !wait.signal.aborted) {
      const arrival = this.#queue[wait.next++]!;
      if (!wait.peek && this.wasHandedOut(arrival)) continue;
      const message = await untilAborted(this.#matching(arrival, wait.filter), wait.signal);
      if (!message || !this.#waits.delete(wait)) continue;
      if (!wait.peek) this.#handOut(arrival);
      wait.resolve(message);
    }
  }

  #handOut(arrival: Arrival): void {
    this.#options.handedOut.add(arrival.identity);
    this.#options.handingOut(arrival);
  }

  async #matching(arrival: Arrival, filter: MessageFilter): Promise<Message | undefined> {
    const message = await this.readSoon(arrival);
    return message && (await mismatches(message, filter)).length === 0 ? message : undefined;
  }

  #fail(error: unknown): void {
    for (const wait of this.#waits) wait.reject(error);
    for (const observer of this.#observers) observer.failed(error);
  }
}
