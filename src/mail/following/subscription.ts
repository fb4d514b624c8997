import type { WaitOptions } from '../../async/deadline.js';
import { waitFaults } from '../../async/wait-faults.js';
import { refuse } from '../../input/refuse.js';
import type { Message } from '../message/message.js';

/** Where a subscription's messages come from. */
export interface SubscriptionSource {
  /** The messages that came and match, oldest first, found so far. */
  readonly messages: readonly Message[];
  /** The first that nobody has taken yet; those who wait get them in their turn. @throws MESSAGE_TIMEOUT, CLOSED */
  take(options: WaitOptions): Promise<Message>;
  close(): void;
}

/**
 * The messages that came to a mailbox since it subscribed, and match. It only looks: `waitForMessage` still
 * hands each of them out. Iterate over it, ask for the `next`, or read what has come so far.
 * @hideconstructor
 */
export class Subscription implements AsyncIterable<Message>, AsyncDisposable {
  readonly #source: SubscriptionSource;
  #closed = false;

  constructor(source: SubscriptionSource) {
    this.#source = source;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What has come so far, oldest first. */
  get messages(): readonly Message[] {
    return [...this.#source.messages];
  }

  /** How many have come so far. */
  get messageCount(): number {
    return this.#source.messages.length;
  }

  /** The next message that this method, or the iteration, has not given yet. @throws MESSAGE_TIMEOUT */
  async next(options: WaitOptions = {}): Promise<Message> {
    refuse('The options of next(options) are not usable.', waitFaults(options));
    return await this.#source.take(options);
  }

  /** Gives each message as it comes, until the subscription is closed. @throws MESSAGE_TIMEOUT */
  async *[Symbol.asyncIterator](): AsyncIterator<Message> {
    while (!this.closed) {
      try {
        yield await this.next();
      } catch (error) {
        if (!this.closed) throw error;
      }
    }
  }

  /** Ends the subscription. */
  close(): void {
    this.#closed = true;
    this.#source.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
