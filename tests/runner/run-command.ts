import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/installed.mjs';
import { ownPath } from './own-folder.js';

const main = join(projectFolder('newest'), 'node_modules/playwright-exchange/dist/cli/main.js');

export interface CommandOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** What it reads from standard input. */
  readonly input?: string;
  /** All of its environment, but for what every program needs. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `playwright-exchange` as it is installed, in a folder of the test's own. */
export async function runCommand(
  args: readonly string[],
  { input = '', env }: CommandOptions = {},
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: ownPath(),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
