import { stat } from 'node:fs/promises';

/** Milliseconds without a word of a process, after which it is taken for gone. */
export const staleAfter = 10_000;

/** Whether a file is there, and of the last so many milliseconds. A time that is to come is none: the clock was set back. */
export async function touchedWithin(file: string, milliseconds: number): Promise<boolean> {
  const seen = await stat(file).catch(() => undefined);
  return seen !== undefined && Math.abs(Date.now() - seen.mtimeMs) < milliseconds;
}
