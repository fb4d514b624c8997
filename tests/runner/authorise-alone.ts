import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programOptions, projectUse, type ProjectOptions } from './authorise-project.js';
import { inFolder } from './run-playwright.js';
import { runProgram, type Outcome } from './run-program.js';

const program = 'authorise-alone.mjs';

export interface AloneOptions extends ProjectOptions {
  /** Where to run, for looking at what is left there. @default a folder that is removed afterwards */
  readonly directory?: string;
  /** Milliseconds that the person has. @default 120000 */
  readonly timeout?: number;
}

/**
 * Authorises a connection to the sandbox as a project does, in a process without Playwright Test around it, which costs
 * several times what is inside of it.
 */
export async function authoriseAlone(options: AloneOptions): Promise<Outcome> {
  return await inFolder(options, (directory) => runIn(directory, options));
}

async function runIn(directory: string, { timeout = 120_000, ...options }: AloneOptions): Promise<Outcome> {
  await copyFile(fileURLToPath(new URL(program, import.meta.url)), join(directory, program));
  const task = JSON.stringify({ ...projectUse(options), timeout });
  return await runProgram([program, task], { cwd: directory, ...programOptions(options) });
}
