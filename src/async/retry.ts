import { isExchangeError, isTransient } from '../errors.js';
import { sleep } from './sleep.js';

export interface RetryOptions {
  readonly signal?: AbortSignal;
  /** Whether a failure is worth another try. @default what is marked as transient */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Told of every failure that is followed by another try, and how long the wait before it is. */
  readonly onRetry?: (error: unknown, delay: number) => void;
  /** Milliseconds between the tries, about; the last one repeats. @default [100, 250, 500, 1000, 2000, 5000] */
  readonly intervals?: readonly number[];
}

const defaultIntervals = [100, 250, 500, 1000, 2000, 5000];
/** Milliseconds that a server's wish to be left alone is heeded: Exchange asks for 5 minutes at most. */
const longestPatience = 300_000;

/**
 * Repeats an operation until it succeeds, fails for good, or the signal aborts (then it rejects with
 * the signal's reason). A server's own `retryAfter` is waited out, as far as that is within reason.
 */
export async function retry<T>(operation: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { signal, isRetryable = isTransient, onRetry, intervals } = options;
  for (let failures = 1; ; failures++) {
    signal?.throwIfAborted();
    try {
      return await operation();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isRetryable(error)) throw error;
      const delay = retryDelay(error, failures, intervals);
      onRetry?.(error, delay);
      await sleep(delay, signal);
    }
  }
}

/**
 * Milliseconds to stay away after so many failures, the last of which was this one. Jitter keeps parallel workers that
 * failed together from coming back together.
 */
export function retryDelay(error: unknown, failures: number, intervals: readonly number[] = defaultIntervals): number {
  const interval = intervals[Math.min(failures, intervals.length) - 1] ?? 0;
  const jittered = interval * (0.75 + Math.random() / 2);
  return Math.max(jittered, patienceFor((isExchangeError(error) && error.retryAfter) || 0));
}

/** How long to stay away from a server that asks for so many milliseconds. */
export function patienceFor(retryAfter: number): number {
  return Math.min(retryAfter, longestPatience);
}
