import { ExchangeError, isExchangeError } from '../errors.js';
import { retry } from './retry.js';
import { Deadline, type WaitOptions } from './deadline.js';
import { untilAborted } from './until-aborted.js';

export interface Tried {
  /** What is tried, as in "sending to qa@contoso.com". */
  readonly what: string;
  /** @default what is marked as transient */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Told of every failure that is followed by another try. */
  readonly onRetry?: (error: unknown) => void;
}

export interface Bounds extends Tried {
  readonly options: WaitOptions;
  readonly defaultTimeout: number;
}

/**
 * Tries an operation, again where the failure is transient, until its own deadline.
 * @throws DEADLINE with the last failure
 */
export async function bounded<T>(bounds: Bounds, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  using deadline = new Deadline(bounds.options, bounds.defaultTimeout);
  return await within(deadline, bounds, operation);
}

/** As {@link bounded}, until a deadline that it shares. */
export async function within<T>(
  deadline: Deadline,
  { what, isRetryable, onRetry: told }: Tried,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal } = deadline;
  let last: unknown;
  const onRetry = (error: unknown): void => {
    last = error;
    told?.(error);
  };
  try {
    const tried = retry(() => operation(signal), { signal, onRetry, ...(isRetryable && { isRetryable }) });
    return await untilAborted(tried, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    deadline.throwIfCancelled();
    const advice = isExchangeError(last) ? [last.message.split('\n  - ')[0]!, ...last.advice] : [];
    throw new ExchangeError('DEADLINE', `${what} did not succeed ${deadline.describe()}.`, { cause: last, advice });
  }
}
