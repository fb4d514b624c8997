import { ExchangeError, isExchangeError } from '../errors.js';
import { retry } from './retry.js';
import { Deadline, type WaitOptions } from './deadline.js';
import { untilAborted } from './until-aborted.js';

export interface Bounds {
  /** What is tried, as in "sending to qa@contoso.com". */
  readonly what: string;
  readonly options: WaitOptions;
  readonly defaultTimeout: number;
  /** @default what is marked as transient */
  readonly isRetryable?: (error: unknown) => boolean;
}

/**
 * Tries an operation, again where the failure is transient, until its deadline.
 * @throws DEADLINE with the last failure
 */
export async function bounded<T>(bounds: Bounds, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  using deadline = new Deadline(bounds.options, bounds.defaultTimeout);
  const { signal } = deadline;
  let last: unknown;
  const onRetry = (error: unknown): void => {
    last = error;
  };
  const { isRetryable } = bounds;
  try {
    const tried = retry(() => operation(signal), { signal, onRetry, ...(isRetryable && { isRetryable }) });
    return await untilAborted(tried, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    deadline.throwIfCancelled();
    const advice = isExchangeError(last) ? [last.message.split('\n  - ')[0]!, ...last.advice] : [];
    const summary = `${bounds.what} did not succeed ${deadline.describe()}.`;
    throw new ExchangeError('DEADLINE', summary, { cause: last, advice });
  }
}
