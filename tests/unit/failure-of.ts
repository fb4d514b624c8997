import type { ExchangeError } from '../../src/errors.js';

/** What a promise rejects with. */
export function failureOf(promise: Promise<unknown>): Promise<ExchangeError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}
