import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';

const installed = new URL('../../dist/index.js', import.meta.url).href;

test('an error of another copy of this package is an ExchangeError too', async () => {
  const other = (await import(installed)) as { readonly ExchangeError: typeof ExchangeError };
  expect(other.ExchangeError).not.toBe(ExchangeError);
  const error = new other.ExchangeError('NETWORK', 'The line is dead.');
  expect(error instanceof ExchangeError).toBe(true);
  expect(new ExchangeError('NETWORK', 'The line is dead.') instanceof other.ExchangeError).toBe(true);
});

test('nothing else is one', () => {
  class Kind extends ExchangeError {}
  const error = new ExchangeError('NETWORK', 'The line is dead.');
  expect(error instanceof Kind).toBe(false);
  expect(new Kind('NETWORK', 'The line is dead.') instanceof Kind).toBe(true);
  expect(new Kind('NETWORK', 'The line is dead.') instanceof ExchangeError).toBe(true);
  const others: unknown[] = [
    new Error('x'),
    { name: 'ExchangeError', code: 'NETWORK' },
    null,
    undefined,
    'ExchangeError',
  ];
  for (const each of others) expect(each instanceof ExchangeError).toBe(false);
});
