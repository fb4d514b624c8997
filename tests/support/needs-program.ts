import { spawnSync } from 'node:child_process';
import { test } from '@playwright/test';

/** Skips a test whose program, or what `args` ask it for, is missing; on CI it has to be there. */
export function needsProgram(
  program: string,
  { debian = program, args = ['--version'] }: { debian?: string; args?: readonly string[] } = {},
): void {
  const isInstalled = spawnSync(program, args).status === 0;
  test.skip(!isInstalled && !process.env['CI'], `${program} is missing: apt-get install ${debian}`);
}
