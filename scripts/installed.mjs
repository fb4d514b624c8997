import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, root, run } from './command.mjs';

/** @typedef {{ ok: boolean, output: string }} Outcome */
/** @typedef {'newest' | 'oldest' | 'pnpm'} LayoutName */

/**
 * Where this checkout's package is installed as its users have it: outside of the checkout, whose own node_modules and
 * sources would be found instead. What is there is used again until the package changes.
 */
export const base = join(tmpdir(), `playwright-exchange-${hashOf(root)}`);

const manifest = readManifest(root);
const playwright = '@playwright/test';
const newest = versionOf(playwright);
const oldest = manifest.peerDependencies[playwright].replace(/^>=(\S+).*$/, '$1');

/**
 * The projects: beside which Playwright of the peer range, and by which package manager.
 * @type {Record<LayoutName, { playwright: string, install: (folder: string, packages: string[]) => Promise<Outcome> }>}
 */
const layouts = {
  newest: { playwright: newest, install: installWithNpm },
  oldest: { playwright: oldest, install: installWithNpm },
  pnpm: { playwright: newest, install: installWithPnpm },
};

/** What the tests run with besides: pnpm, and the Node versions at the ends of what `engines` allows. */
const tools = {
  pnpm: 'pnpm@10',
  'node-oldest': `npm:${nodePackage()}@${manifest.engines.node.replace('>=', '')}`,
  'node-newest': `npm:${nodePackage()}@26`,
};

/** @param {LayoutName} name */
export function projectFolder(name) {
  return join(base, name);
}

/** Packs the package as built. */
export async function pack() {
  mkdirSync(base, { recursive: true });
  for (const name of readdirSync(base)) if (name.endsWith('.tgz')) rmSync(join(base, name));
  return await npm(['pack', '--ignore-scripts', '--pack-destination', base], { quiet: true });
}

/** The packed package. */
export function tarball() {
  return join(base, readdirSync(base).find((name) => name.endsWith('.tgz')) ?? '');
}

/**
 * Installs the packed package in a project of its own, beside what its users have.
 * @param {LayoutName} name
 * @returns {Promise<Outcome>}
 */
export async function install(name) {
  const layout = layouts[name];
  const beside = ['@types/node', 'nodemailer', '@axe-core/playwright'].map(
    (dependency) => `${dependency}@${versionOf(dependency)}`,
  );
  const packages = [tarball(), `${playwright}@${layout.playwright}`, ...beside];
  const content = hashOf(readFileSync(tarball()), packages.join());
  const outcome = await once(projectFolder(name), content, (folder) => layout.install(folder, packages));
  rmSync(runsFolder(name), { recursive: true, force: true });
  return outcome;
}

/**
 * Where a run of that project has its folder, which is emptied when the package is installed.
 * @param {LayoutName} name
 */
export function runsFolder(name) {
  return join(projectFolder(name), 'runs');
}

/** Copies the examples out of the installed package, into the project. */
export function copyExamples() {
  const project = projectFolder('newest');
  cpSync(join(project, 'node_modules/playwright-exchange/examples'), join(project, 'examples'), { recursive: true });
}

/**
 * Copies the examples out of the installed package, and installs what their own package.json asks for: a project that has
 * nothing else.
 * @returns {Promise<Outcome & { folder: string }>}
 */
export async function installExamples() {
  const folder = join(base, 'examples');
  const outcome = await once(folder, hashOf(readFileSync(tarball())), async () => {
    cpSync(join(projectFolder('newest'), 'node_modules/playwright-exchange/examples'), folder, { recursive: true });
    return await installWithNpm(folder, [tarball()]);
  });
  return { ...outcome, folder };
}

/**
 * A program of another version than this process has. `npm` brings Node as a package.
 * @param {'node-oldest' | 'node-newest'} name
 */
export function nodeOf(name) {
  return join(base, 'tools/node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}

/** Installs the tools, once. @returns {Promise<Outcome>} */
export async function installTools() {
  const packages = Object.entries(tools).map(([name, source]) => (name === 'pnpm' ? source : `${name}@${source}`));
  const programs = [nodeOf('node-oldest'), nodeOf('node-newest')];
  return await once(join(base, 'tools'), packages.join(), (folder) => installWithNpm(folder, packages), programs);
}

/**
 * @param {string} folder
 * @param {string} content says when it has to be done anew
 * @param {(folder: string) => Promise<Outcome>} fill
 * @param {string[]} [files] without which it has to be done anew too: what cleans temporary folders takes single files
 */
async function once(folder, content, fill, files = []) {
  const stamp = join(folder, '.content');
  const isWhole = [stamp, ...files].every((file) => existsSync(file));
  if (isWhole && readFileSync(stamp, 'utf8') === content) return { ok: true, output: '' };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // As `npm init playwright` leaves it: no type, so CommonJS.
  writeFileSync(join(folder, 'package.json'), '{ "name": "project", "version": "1.0.0" }\n');
  const outcome = await fill(folder);
  if (outcome.ok) writeFileSync(stamp, content);
  return outcome;
}

/**
 * @param {string} folder
 * @param {string[]} packages
 */
async function installWithNpm(folder, packages) {
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'];
  return await npm(['install', '--save-dev', ...quietly, ...packages], { cwd: folder, quiet: true });
}

/**
 * @param {string} folder
 * @param {string[]} packages
 */
async function installWithPnpm(folder, packages) {
  const pnpm = join(base, 'tools/node_modules/pnpm');
  const bin = Object.values(readManifest(pnpm).bin)[0];
  const args = [join(pnpm, bin), 'add', '--save-dev', '--prefer-offline', '--ignore-workspace', ...packages];
  return await run(process.execPath, args, { cwd: folder, quiet: true });
}

/** The version that this checkout is developed with. @param {string} dependency */
function versionOf(dependency) {
  return readManifest(join(root, 'node_modules', dependency)).version;
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Node without an installer of its own. */
function nodePackage() {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** @param {...(string | Buffer)} parts */
function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
}
