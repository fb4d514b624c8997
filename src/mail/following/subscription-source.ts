import { ExchangeError } from '../../errors.js';
import { coalesce } from '../../async/coalesce.js';
import { Deadline, type WaitOptions } from '../../async/deadline.js';
import { Supply } from '../../async/supply.js';
import { mismatches, type MessageFilter } from '../message/filter/filter.js';
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
  const supply = new Supply<Message>();
  /** What came before, and what has been collected: it may be examined again. */
  const known = new Set(view.arrivals);
  let next = view.queue.length;
  const collect = coalesce(async () => {
    while (next < view.queue.length) {
      const arrival = view.queue[next++]!;
      const message = known.has(arrival) ? undefined : await view.readSoon(arrival);
      if (!message || (await mismatches(message, options.filter)).length > 0) continue;
      known.add(arrival);
      supply.put(message);
    }
  });
  const fail = (error: unknown): void => supply.fail(error);
  const stopObserving = view.observe({ arrived: () => void collect().catch(fail), failed: fail });
  const stopFollowing = view.feed.follow();

  async function take(waitOptions: WaitOptions): Promise<Message> {
    using deadline = new Deadline(waitOptions, options.timeout);
    const restFollowing = view.feed.follow();
    try {
      return await supply.take(deadline.signal);
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
    supply.end(new ExchangeError('CLOSED', 'The subscription was closed.'));
  }

  return { messages: supply.values, take, close };
}
