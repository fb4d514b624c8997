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

test('the connections are a module of the same kind as the Playwright config', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  try {
    for (const [config, type, file, specifier] of [
      ['playwright.config.ts', 'commonjs', 'exchange.config.ts', './exchange.config'],
      ['playwright.config.ts', 'module', 'exchange.config.ts', './exchange.config.js'],
      ['playwright.config.js', 'commonjs', 'exchange.config.js', './exchange.config'],
      ['playwright.config.cts', 'commonjs', 'exchange.config.ts', './exchange.config'],
      ['playwright.config.mts', 'commonjs', 'exchange.config.mts', './exchange.config.mjs'],
      ['playwright.config.mjs', 'commonjs', 'exchange.config.mjs', './exchange.config.mjs'],
    ] as const) {
      await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
      await writeFile(join(folder, config), '');
      expect((await readProject(folder))?.connections).toEqual({ file, specifier });
      await rm(join(folder, config));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
