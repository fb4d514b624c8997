import type { ExchangeError } from '../../src/errors.js';

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<ExchangeError> {
  return await promise.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: ExchangeError) => error,
  );
}
