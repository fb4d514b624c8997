import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment over what a `.env` file in the working directory says; neither is changed. */
export async function loadEnvironment(directory: string = process.cwd()): Promise<Environment> {
  const { parse } = await import('dotenv');
  const file = await readFile(join(directory, '.env'), 'utf8').catch(() => '');
  return { ...parse(file), ...process.env };
}
