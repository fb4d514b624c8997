import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The process's environment over what a `.env` file says; neither is changed.
 * @param directory Where the file is: beside the Playwright config
 */
export async function loadEnvironment(directory: string): Promise<Environment> {
  const { parse } = await import('dotenv');
  const file = await readFile(join(directory, '.env'), 'utf8').catch(() => '');
  return { ...parse(file), ...process.env };
}
