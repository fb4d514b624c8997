import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

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

/** Runs `playwright-exchange` in the test's output folder. The package has to be built. */
export async function runCommand(
  args: readonly string[],
  { input = '', env }: CommandOptions = {},
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: test.info().outputPath(),
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
