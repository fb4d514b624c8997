import { kindOf } from './kind-of.js';

/** What a timer can hold: beyond it Node waits for 1 ms. Milliseconds, some 24 days. */
export const longestTimeout = 2 ** 31 - 1;

/** What is wrong with a time-out in milliseconds, after its name: nothing where it will do. */
export function timeoutFault(value: unknown): string | undefined {
  if (typeof value === 'number' && value >= 0 && value <= longestTimeout) return undefined;
  return `must be milliseconds, a number from 0 (no limit) to ${longestTimeout}, not ${kindOf(value)}`;
}
