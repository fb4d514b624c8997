import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { defaults } from '../../src/cli/init/answers.js';
import { readProject } from '../../src/cli/init/project.js';
import { templates } from '../../src/cli/init/templates.js';

test('init installs by the package manager of the workspace, and its workflow does too', async () => {
  const root = await mkdtemp(join(tmpdir(), 'workspace-'));
  const folder = join(root, 'packages', 'end to end');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{}');
    for (const [lock, content, command, commands] of [
      [
        'pnpm-lock.yaml',
        '',
        'pnpm',
        ['corepack enable', 'pnpm install --frozen-lockfile', 'pnpm exec playwright test'],
      ],
      ['yarn.lock', '__metadata:\n', 'yarn', ['corepack enable', 'yarn install --immutable', 'yarn playwright test']],
      ['yarn.lock', '# yarn lockfile v1\n', 'yarn', ['yarn install --frozen-lockfile', 'yarn playwright test']],
      ['package-lock.json', '', 'npm', ['npm ci', 'npx playwright test']],
    ] as const) {
      await writeFile(join(root, lock), content);
      const project = (await readProject(folder))!;
      expect(project.packageManager.add[0]).toBe(command);
      const workflow = templates({ ...defaults, workflow: 'github' }, project).get('.github/workflows/mail-specs.yml');
      const run = [...workflow!.matchAll(/^ {6}- run: (.*)$/gm)].map(([, each]) => each);
      expect(run.filter((each) => !each?.includes('playwright install'))).toEqual(commands);
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
