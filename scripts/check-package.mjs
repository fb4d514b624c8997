import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenLinks } from './broken-links.mjs';
import { npm, root, run, runTool } from './command.mjs';

/** @typedef {Promise<{ ok: boolean, output: string }>} Outcome */

/**
 * Packs the package as built, and uses it as its users do: installed in a project of its own (`consumer`), loaded,
 * type-checked with the examples, and run with Playwright. Its pages lead to what is in it.
 * @returns {Outcome} of the first step that fails
 */
export async function checkPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'playwright-exchange-'));
  try {
    return await useInstalled(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder an empty one
 * @returns {Outcome}
 */
async function useInstalled(folder) {
  const consumer = join(folder, 'consumer');
  const inConsumer = { cwd: consumer, quiet: true };
  cpSync(join(root, 'scripts/consumer'), consumer, { recursive: true });
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');

  const steps = [
    () => npm(['pack', '--ignore-scripts', '--pack-destination', folder], { quiet: true }),
    () => runTool('publint/src/cli.js', ['run', tarball(folder), '--strict'], { quiet: true }),
    () => npm(['install', '--prefer-offline', '--no-audit', '--no-fund', tarball(folder), ...peers()], inConsumer),
    () => checkLinks(join(consumer, 'node_modules/playwright-exchange')),
    () => run(process.execPath, ['load.mjs'], inConsumer),
    () => run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], inConsumer),
    () => run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line'], inConsumer),
  ];
  let outcome = { ok: true, output: '' };
  for (const step of steps) if (outcome.ok) outcome = await step();
  return outcome;
}

/**
 * @param {string} folder
 * @returns {Outcome}
 */
async function checkLinks(folder) {
  const broken = brokenLinks(folder).map((link) => `This link leads nowhere: ${link}\n`);
  return { ok: broken.length === 0, output: broken.join('') };
}

/** @param {string} folder */
function tarball(folder) {
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/** What a user, or an example, has beside this package, in the versions it is developed with. */
function peers() {
  return ['@axe-core/playwright', '@playwright/test', '@types/node'].map((name) => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name}@${version}`;
  });
}
