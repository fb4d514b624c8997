import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { placeError } from '../../src/errors/place-error.js';
import { frameAt } from '../../src/errors/stack-frames.js';

const call = frameAt({ file: '/project/a.spec.ts', line: 5, column: 3 });
const inPackage = '    at Feed.look (/project/node_modules/playwright-exchange/dist/mail/feed.js:1:2)';

/** An error as it was thrown there. */
function thrownAt<T extends Error>(error: T, ...frames: string[]): T {
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
  return error;
}

function place(error: Error): Error {
  return placeError(error, [call]) as Error;
}

function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => line.startsWith('    at '));
}

test('an error has the frames of the call and no others', () => {
  const error = thrownAt(new ExchangeError('NETWORK', 'It broke.', { advice: ['Mend it.'] }), inPackage);
  const placed = place(error);
  expect(framesOf(placed)).toEqual([call.text]);
  expect(placed.stack).toContain('ExchangeError: It broke.\n  - Mend it.\n');
  expect(placed).toBeInstanceOf(ExchangeError);
  expect(placed).toMatchObject({ code: 'NETWORK', advice: ['Mend it.'], message: error.message });
});

test('an error that several calls fail with points at each of them', () => {
  const error = new ExchangeError('CLOSED', 'It was closed.');
  const other = frameAt({ file: '/project/b.spec.ts', line: 7, column: 1 });
  const [first, second] = [placeError(error, [call]) as Error, placeError(error, [other]) as Error];
  expect([framesOf(first), framesOf(second)]).toEqual([[call.text], [other.text]]);
});

test("what a test's own function threw keeps its line before that of the call", () => {
  const where = '    at where (/project/a.spec.ts:6:20)';
  const cause = thrownAt(new TypeError('No such thing.'), where, inPackage, '    at /project/helper.ts:1:1');
  const error = new ExchangeError('CONFIGURATION', 'where() threw: No such thing.', { cause });
  expect(framesOf(place(error))).toEqual([where, call.text]);
  expect(framesOf(place(cause))).toEqual([where, call.text]);
});

test('another error stays the same one', () => {
  const error = thrownAt(new RangeError('Out of range.'), inPackage, '    at node:internal/process:1:2');
  expect(place(error)).toBe(error);
  expect(framesOf(error)).toEqual([call.text]);
  expect(placeError('a reason', [call])).toBe('a reason');
  expect(place(Object.freeze(new Error('frozen')))).toMatchObject({ message: 'frozen' });
});

test('a cause is left out where the error says the same', () => {
  const system = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
  const network = new ExchangeError('NETWORK', `The request failed: ${system.message}`, { cause: system });
  const error = new ExchangeError('DEADLINE', 'It did not succeed.', { cause: network, advice: [network.message] });
  expect(place(error)).not.toHaveProperty('cause');
});

test('a cause that says more is told once, without its stack', () => {
  const system = Object.assign(thrownAt(new Error('getaddrinfo ENOTFOUND'), inPackage), { code: 'ENOTFOUND' });
  const network = new ExchangeError('NETWORK', 'The request failed: getaddrinfo ENOTFOUND', { cause: system });
  const placed = place(new ExchangeError('MESSAGE_TIMEOUT', 'No message came.', { cause: network }));
  expect(placed.cause).toMatchObject({ message: network.message, stack: `ExchangeError: ${network.message}` });
  expect(placed.cause).not.toHaveProperty('cause');
  const other = place(new ExchangeError('PROTOCOL', 'The answer is not XML.', { cause: system }));
  expect(other.cause).toMatchObject({ code: 'ENOTFOUND', stack: 'Error: getaddrinfo ENOTFOUND' });
});
