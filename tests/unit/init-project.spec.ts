import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readProject } from '../../src/cli/init/project.js';

test('init installs by the package manager of the workspace', async () => {
  const root = await mkdtemp(join(tmpdir(), 'workspace-'));
  const folder = join(root, 'packages', 'end to end');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{}');
    for (const [lock, command] of [
      ['pnpm-lock.yaml', 'pnpm'],
      ['yarn.lock', 'yarn'],
      ['package-lock.json', 'npm'],
    ] as const) {
      await writeFile(join(root, lock), '');
      expect((await readProject(folder))?.add[0]).toBe(command);
      await rm(join(root, lock));
    }
  } finally {
    await rm(root, { recursive: true });
  }
});
