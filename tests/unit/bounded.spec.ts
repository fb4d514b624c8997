import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { bounded } from '../../src/async/bounded.js';

test('what runs out of time says how it failed last, and what to do about that', async () => {
  const failure = new ExchangeError('NETWORK', 'the proxy is away', { transient: true, advice: ['start it'] });
  const bounds = { what: 'Opening it', options: {}, defaultTimeout: 50 };
  const error = await bounded(bounds, () => Promise.reject(failure)).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'DEADLINE',
    message: 'Opening it did not succeed within 50 ms.\n  - the proxy is away\n  - start it',
  });
});
