import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect } from '@playwright/test';

/** What a script prints, a JSON text a line; it has to end well. */
export async function linesOf(
  program: string,
  options: readonly string[],
  spawnOptions: SpawnOptions = {},
): Promise<unknown[]> {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'], ...spawnOptions });
  const exit = once(child, 'exit');
  const lines: unknown[] = [];
  for await (const line of createInterface(child.stdout as Readable)) lines.push(JSON.parse(line));
  expect((await exit)[0]).toBe(0);
  return lines;
}
