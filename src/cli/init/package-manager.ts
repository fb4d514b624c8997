import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What installs a project's packages, and how it is told to. */
export interface PackageManager {
  /** The command that adds a development dependency. */
  readonly add: readonly [command: string, ...args: string[]];
  /** What stands before a package's own command. */
  readonly run: string;
  /** What a pipeline does before it runs anything: commands, in their order. */
  readonly install: readonly string[];
}

const npm: PackageManager = { add: ['npm', 'install', '--save-dev'], run: 'npx', install: ['npm ci'] };

/** The version that package.json names, or the newest. */
const corepack = 'corepack enable';

const pnpm: PackageManager = {
  add: ['pnpm', 'add', '--save-dev'],
  run: 'pnpm exec',
  install: [corepack, 'pnpm install --frozen-lockfile'],
};

const yarn: PackageManager = {
  add: ['yarn', 'add', '--dev'],
  run: 'yarn',
  install: [corepack, 'yarn install --immutable'],
};

const yarnClassic: PackageManager = { ...yarn, install: ['yarn install --frozen-lockfile'] };

/** By the lock file that is nearest: that of a workspace is above its packages. */
export async function packageManagerOf(directory: string): Promise<PackageManager> {
  const names = await readdir(directory).catch((): string[] => []);
  if (names.includes('pnpm-lock.yaml')) return pnpm;
  if (names.includes('yarn.lock')) return (await isClassic(join(directory, 'yarn.lock'))) ? yarnClassic : yarn;
  const parent = dirname(directory);
  if (names.includes('package-lock.json') || parent === directory) return npm;
  return await packageManagerOf(parent);
}

/** Yarn 1 says so in its lock file; those that came after it begin with `__metadata`. */
async function isClassic(lock: string): Promise<boolean> {
  return (await readFile(lock, 'utf8')).includes('# yarn lockfile v1');
}
