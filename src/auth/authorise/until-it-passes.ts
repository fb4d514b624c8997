import { isExchangeError } from '../../errors.js';
import { retry } from '../../async/retry.js';

/** Milliseconds: a person is there, and would rather be told. */
const patience = 20_000;

/** Asks for tokens again while the sign-in service has trouble, for some seconds. @throws what came last */
export async function untilItPasses<T>(ask: () => Promise<T>): Promise<T> {
  const end = Date.now() + patience;
  const isRetryable = (error: unknown): boolean =>
    isExchangeError(error) && error.transient && Date.now() + (error.retryAfter ?? 0) < end;
  return await retry(ask, { isRetryable });
}
