import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageManagerOf, type PackageManager } from './package-manager.js';

/** A Playwright project as it stands. */
export interface Project {
  readonly directory: string;
  /** Its Playwright config; nothing where there is none. */
  readonly config: { readonly name: string; readonly text: string } | undefined;
  /** `ts`, or `js` where the config is in JavaScript. */
  readonly language: 'ts' | 'js';
  /** Its connections, a module of the same kind as the config: the file, and how the config imports it. */
  readonly connections: { readonly file: string; readonly specifier: string };
  /** The folder of its specs, below its own: `tests`. */
  readonly testFolder: string;
  readonly packageManager: PackageManager;
  /** This package is among its dependencies. */
  readonly hasPackage: boolean;
}

/** Reads what is in a folder; nothing where it holds no package. */
export async function readProject(directory: string): Promise<Project | undefined> {
  const names = await readdir(directory);
  const manifest = await readFile(join(directory, 'package.json'), 'utf8').catch(() => undefined);
  if (manifest === undefined) return undefined;
  const { type, dependencies, devDependencies } = JSON.parse(manifest) as {
    readonly type?: string;
    readonly dependencies?: object;
    readonly devDependencies?: object;
  };
  const name = names.find((each) => /^playwright\.config\.[cm]?[jt]s$/.test(each));
  const text = name && (await readFile(join(directory, name), 'utf8'));
  return {
    directory,
    config: name && text !== undefined ? { name, text } : undefined,
    language: name?.endsWith('js') ? 'js' : 'ts',
    connections: connectionsOf(name ?? 'playwright.config.ts', type === 'module'),
    testFolder: /^\s*testDir:\s*['"](?:\.\/)?([\w./-]+?)\/?['"]/m.exec(text ?? '')?.[1] ?? (text ? '.' : 'tests'),
    packageManager: await packageManagerOf(directory),
    hasPackage: Object.hasOwn({ ...dependencies, ...devDependencies }, 'playwright-exchange'),
  };
}

/** ES modules are imported with their ending, that which they have in JavaScript. */
function connectionsOf(config: string, isModule: boolean): Project['connections'] {
  const [language = 'ts'] = /[jt]s$/.exec(config) ?? [];
  const m = /\.m[jt]s$/.test(config) ? 'm' : '';
  const ending = m || isModule ? `.${m}js` : '';
  return { file: `exchange.config.${m}${language}`, specifier: `./exchange.config${ending}` };
}
