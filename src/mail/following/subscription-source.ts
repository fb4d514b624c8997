import { EventEmitter, once } from 'node:events';
import { ExchangeError } from '../../errors.js';
import { coalesce } from '../../async/coalesce.js';
import { Deadline, type WaitOptions } from '../../async/deadline.js';
import { mismatches, type MessageFilter } from '../message/filter.js';
import type { FolderView } from './folder-view.js';
import type { Message } from '../message/message.js';
import type { SubscriptionSource } from './subscription.js';

export interface SubscriptionSourceOptions {
  readonly filter: MessageFilter;
  /** Milliseconds that waiting for the next takes at most, unless it says otherwise. */
  readonly timeout: number;
  readonly timeoutError: (deadline: Deadline) => Promise<Error>;
}

/** Collects what a folder's view sees from now on; it follows the feed until it is closed. */
export function subscriptionSource(view: FolderView, options: SubscriptionSourceOptions): SubscriptionSource {
  const messages: Message[] = [];
  const events = new EventEmitter<{ change: []; error: [unknown] }>();
  let next = view.arrivals.length;
  let failure: Error | undefined;
  const fail = (error: unknown): void => {
    failure = error instanceof Error ? error : new Error(String(error));
    if (events.listenerCount('error') > 0) events.emit('error', failure);
  };
  const collect = coalesce(async () => {
    while (next < view.arrivals.length) {
      const message = await view.message(view.arrivals[next++]!);
      if (!message || messages.includes(message) || (await mismatches(message, options.filter)).length > 0) continue;
      messages.push(message);
      events.emit('change');
    }
  });
  const stopObserving = view.observe({ arrived: () => void collect().catch(fail), failed: fail });
  const stopFollowing = view.feed.follow();

  /** A failure that came while nobody waited is told to the one who waits next. */
  async function change(signal: AbortSignal): Promise<void> {
    try {
      if (failure) throw failure;
      await once(events, 'change', { signal });
    } finally {
      failure = undefined;
    }
  }

  async function more(than: number, waitOptions: WaitOptions): Promise<void> {
    using deadline = new Deadline(waitOptions, options.timeout);
    const restFollowing = view.feed.follow();
    try {
      while (messages.length <= than) await change(deadline.signal);
    } catch (error) {
      if (!deadline.signal.aborted) throw error;
      deadline.throwIfCancelled();
      throw await options.timeoutError(deadline);
    } finally {
      restFollowing();
    }
  }

  function close(): void {
    stopObserving();
    stopFollowing();
    fail(new ExchangeError('CLOSED', 'The subscription was closed.'));
  }

  return { messages, more, close };
}
