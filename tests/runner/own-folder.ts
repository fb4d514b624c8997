import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { runsFolder, type LayoutName } from '../../scripts/installed.mjs';

/** A path below a folder of the running test's own, in a project where the package is installed. */
export function ownPath(...segments: string[]): string {
  return join(ownFolder('newest'), ...segments);
}

export function ownFolder(layout: LayoutName): string {
  const { testId, retry, repeatEachIndex } = test.info();
  const folder = join(runsFolder(layout), [testId, retry, repeatEachIndex].join('-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}
