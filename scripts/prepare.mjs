import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { npm, root, run } from './command.mjs';

/**
 * Makes a clone ready to run: dependencies, build, browser. What is there already is left as it is.
 * Ends the process, having said what to do, where it cannot.
 */
export async function prepare() {
  if (!isInstalled()) {
    console.log('Installing the dependencies (npm ci) ...');
    const install = await npm(['ci', '--no-audit', '--no-fund'], { quiet: true });
    if (!install.ok) giveUp(install.output, 'The dependencies could not be installed: is the npm registry reachable?');
  }
  const build = await run(process.execPath, ['scripts/build.mjs'], { quiet: true });
  if (!build.ok) giveUp(build.output, 'The package does not build: the errors above say where.');
  await ensureBrowser();
}

/** Whether node_modules holds what package-lock.json asks for, as far as npm's own record goes. */
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packages(join(root, 'package-lock.json'));
  const installed = packages(record);
  return Object.entries(wanted).every(
    ([path, { integrity, optional }]) => path === '' || optional || installed[path]?.integrity === integrity,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
function packages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/**
 * @param {string} output
 * @param {string} advice
 * @returns {never}
 */
function giveUp(output, advice) {
  console.error(`${output.trimEnd()}\n\n${advice}`);
  process.exit(1);
}
