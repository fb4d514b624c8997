import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { retry } from '../../src/async/retry.js';
import { sleep } from '../../src/async/sleep.js';
import { longestTimeout } from '../../src/input/timeout-fault.js';
import { retryAfterOf } from '../../src/network/retry-after.js';

const transient = new ExchangeError('NETWORK', 'cut', { transient: true });

function failing(times: number, error: unknown) {
  let attempts = 0;
  const operation = async (): Promise<number> => {
    attempts++;
    if (attempts <= times) throw error;
    return attempts;
  };
  return operation;
}

test('a transient failure is tried again until it succeeds', async () => {
  expect(await retry(failing(7, transient), { intervals: [0] })).toBe(8);
});

test('any other failure is not', async () => {
  const fatal = new ExchangeError('ACCESS_DENIED', 'no');
  await expect(retry(failing(1, fatal), { intervals: [0] })).rejects.toBe(fatal);
});

test('isRetryable decides', async () => {
  const odd = new Error('odd');
  expect(await retry(failing(1, odd), { intervals: [0], isRetryable: (error) => error === odd })).toBe(2);
});

test('the intervals are followed, about, and the last one repeats', async () => {
  const delays: number[] = [];
  await retry(failing(4, transient), { intervals: [0, 4, 8], onRetry: (_, delay) => delays.push(delay) });
  expect(delays).toHaveLength(4);
  for (const [index, interval] of [0, 4, 8, 8].entries()) {
    expect(delays[index]).toBeGreaterThanOrEqual(interval * 0.75);
    expect(delays[index]).toBeLessThanOrEqual(interval * 1.25);
  }
});

test("a server's own wish is waited out", async () => {
  const busy = new ExchangeError('SERVER_BUSY', 'busy', { transient: true, retryAfter: 20 });
  const delays: number[] = [];
  await retry(failing(1, busy), { intervals: [0], onRetry: (_, delay) => delays.push(delay) });
  expect(delays).toEqual([20]);
});

test('an abort ends the wait at once, with its own reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const pending = retry(failing(9, transient), {
    intervals: [3_600_000],
    signal: controller.signal,
    onRetry: () => setImmediate(() => controller.abort(reason)),
  });
  await expect(pending).rejects.toBe(reason);
});

test('an abort before the start runs nothing', async () => {
  let ran = false;
  const reason = new Error('too late');
  const pending = retry(async () => void (ran = true), { signal: AbortSignal.abort(reason) });
  await expect(pending).rejects.toBe(reason);
  expect(ran).toBe(false);
});

test('a sleep ends by itself, or rejects with the reason of an abort', async () => {
  await sleep(1);
  const reason = new Error('awake');
  await expect(sleep(3_600_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("a server's wish for years is heeded for five minutes, and no timer overflows", async () => {
  for (const wish of [Infinity, 1e26, 9_999_999_000, 2 ** 31]) {
    const controller = new AbortController();
    const delays: number[] = [];
    const busy = new ExchangeError('SERVER_BUSY', 'busy', { transient: true, retryAfter: wish });
    const pending = retry(failing(9, busy), {
      intervals: [0],
      signal: controller.signal,
      onRetry(_, delay) {
        delays.push(delay);
        setImmediate(() => controller.abort('enough'));
      },
    });
    await expect(pending).rejects.toBe('enough');
    expect(delays).toEqual([300_000]);
  }
});

test('a pause that no timer can hold is a long one', async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', listen);
  try {
    const controller = new AbortController();
    const pending = sleep(2 ** 40, controller.signal);
    setImmediate(() => controller.abort('woken'));
    await expect(pending).rejects.toBe('woken');
    expect(warnings).not.toContain('TimeoutOverflowWarning');
  } finally {
    process.off('warning', listen);
  }
});

const wishes: Record<string, number | undefined> = {
  '120': 120_000,
  ' 5 ': 5000,
  '0': 0,
  '-5': 0,
  'Mon, 01 Jan 1990 00:00:00 GMT': 0,
  'Fri, 31 Dec 9999 23:59:59 GMT': longestTimeout,
  '9999999': longestTimeout,
  ['9'.repeat(400)]: longestTimeout,
  soon: undefined,
  '': undefined,
  '1e9': undefined,
};

for (const [value, milliseconds] of Object.entries(wishes)) {
  test(`Retry-After: ${value.slice(0, 40)} asks for ${milliseconds ?? 'no'} milliseconds`, () => {
    expect(retryAfterOf({ 'retry-after': value })).toBe(milliseconds);
  });
}
