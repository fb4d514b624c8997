import { randomInt } from 'node:crypto';
import { test } from '@playwright/test';
import * as fc from 'fast-check';
import { isExchangeError } from '../../src/errors.js';

/** Another one each time; `FUZZ_SEED` sets it, and `FUZZ_RUNS` how many inputs each property gets. */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31 - 1));
const wantedRuns = process.env['FUZZ_RUNS'];

/** Holds a property for many inputs. What breaks it is printed with its seed, as small as it can be made. */
export async function fuzz<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => unknown,
  { runs = 300 }: { readonly runs?: number } = {},
): Promise<void> {
  test.info().annotations.push({ type: 'fuzz', description: `FUZZ_SEED=${seed}` });
  const numRuns = wantedRuns === undefined ? runs : Number(wantedRuns);
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => void (await property(value))),
    { seed, numRuns },
  );
}

/** Milliseconds after which something that has not settled never will. */
const patience = 10_000;

/**
 * Runs something that may fail, but with one of the package's errors only, or the reason of its signal.
 * @throws what it failed with in another way, or that it hangs
 */
export async function orOurError<T>(action: () => T | Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const hanging = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: not settled after ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([action(), hanging]);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return undefined;
    if (!isExchangeError(error) || !/^[A-Z_]+$/.test(error.code)) throw error;
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** What breaks readers: of texts, lines, JSON, XML, mail, numbers. */
const nasty = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '\0',
  '\r\n',
  '\r\n.\r\n',
  'a\r\nX-Evil: 1',
  '\ud800',
  '\u2028',
  '𝒳é',
  '../..',
  '<>&"\'',
  ']]>',
  '&#x110000;',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '</t:ItemId>',
  '{"a":',
  '[[[[',
  'null',
  '-1',
  '1e999',
  'NaN',
  '99999999999999999999',
  '{4294967296}\r\n',
  '* BYE\r\n',
  '* 4294967295 EXISTS\r\n',
  'NIL',
  '(',
  '250-',
  '421 4.3.2 gone\r\n',
  'http://qa:secret@[::1',
  'a'.repeat(5000),
];

export const text = fc.oneof(fc.constantFrom(...nasty), fc.string(), fc.string({ unit: 'binary' }));

const odd = [
  null,
  undefined,
  true,
  0,
  -1,
  NaN,
  Infinity,
  2 ** 53,
  1n,
  Symbol('s'),
  (): void => {},
  /x/g,
  new Date(NaN),
];

/** Anything that JavaScript lets somebody hand in. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: 'small' },
  text,
  fc.constantFrom<unknown>(...odd, new Map(), [], {}, Object.create(null), Buffer.from('x')),
  fc.array(text, { maxLength: 3 }),
  fc.object({ key: text, maxDepth: 2 }),
);

/** Objects with fields of these names, and now and then another one; each is anything, or what it should be. */
export function recordOf(names: readonly string[], proper: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text });
  return fc.dictionary(name, fc.oneof(proper, anything), { maxKeys: 6 });
}

/** One change to what a server said. */
export interface Mangling {
  /** Where, as a share of its length. */
  readonly at: number;
  readonly cut: number;
  readonly insert: string;
}

const mangling = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  cut: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(3000)),
  insert: text,
});

/** What becomes of a server's answers, one after the other: some are let through. */
export const manglings = fc.array(fc.oneof(fc.constant(undefined), mangling), { minLength: 1, maxLength: 8 });

export function mangle(said: Buffer, change: Mangling | undefined): Buffer {
  if (!change) return said;
  const from = Math.floor(change.at * said.length);
  return Buffer.concat([said.subarray(0, from), Buffer.from(change.insert), said.subarray(from + change.cut)]);
}
