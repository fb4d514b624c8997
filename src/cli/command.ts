import { longestTimeout } from '../input/timeout-fault.js';

/** Runs a subcommand with the arguments after its name. */
export type Command = (args: readonly string[]) => Promise<void>;

/** The command line is wrong; the message is one line. */
export class UsageError extends Error {}

/** Calls `parseArgs` (node:util); what it finds wrong becomes one line. @throws UsageError */
export function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [firstSentence = ''] = error.message.split(/\.\s|\n/);
    throw new UsageError(firstSentence.replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  }
}

/** Reads a port number. @throws UsageError */
export function readPort(option: string, value: string | undefined): number {
  const port = Number(value ?? 0);
  if (!/^\d+$/.test(value ?? '0') || port > 65_535) {
    throw new UsageError(`--${option} has to be a port number from 0 to 65535, not '${value}'`);
  }
  return port;
}

/** Reads a number of milliseconds, 1 or more, that a timer can hold. @throws UsageError */
export function readMilliseconds(option: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (/^[1-9]\d*$/.test(value) && Number(value) <= longestTimeout) return Number(value);
  throw new UsageError(`--${option} has to be a number of milliseconds from 1 to ${longestTimeout}, not '${value}'`);
}
