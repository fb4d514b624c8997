import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { circlesOf, importsOf, importsIn, loadedWith } from './source-imports.js';

const root = new URL('../../', import.meta.url);
const imports = importsIn(fileURLToPath(new URL('src', root)), '.ts');
const packageJson = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** Which rooms a room may import from, itself apart. The rooms that are not named here are above all others. */
const below: Readonly<Record<string, readonly string[]>> = {
  fixtures: ['mail', 'auth', 'config', 'network', 'async', 'input', 'errors'],
  diagnosis: ['mail', 'auth', 'config', 'network', 'async', 'input', 'errors'],
  mail: ['auth', 'config', 'network', 'async', 'input', 'errors', 'vendor'],
  auth: ['config', 'network', 'async', 'input', 'errors', 'vendor'],
  network: ['async', 'input', 'errors'],
  config: ['input', 'errors', 'vendor'],
  sandbox: ['async', 'errors'],
  async: ['input', 'errors'],
  input: ['errors'],
  errors: [],
  vendor: [],
};

const protocols = ['ews', 'imap', 'graph'];

for (const [room, allowed] of Object.entries(below)) {
  test(`${room} imports from ${allowed.join(', ') || 'no other room'} only`, () => {
    const wrong = imports
      .filter(({ from, to }) => roomOf(from) === room && to.endsWith('.ts'))
      .filter(({ to }) => roomOf(to) !== room && !allowed.includes(roomOf(to)));
    expect(wrong).toEqual([]);
  });
}

test('no files import each other in a circle, types included', () => {
  expect(circlesOf(imports)).toEqual([]);
});

test('only open-transport knows the protocols, and loads them when asked for', () => {
  const wrong = imports
    .filter(({ to }) => protocolOf(to) !== undefined)
    .filter(({ from, to }) => protocolOf(from) !== protocolOf(to))
    .filter(({ from, kind }) => !(from === 'mail/open-transport.ts' && kind !== 'value'));
  expect(wrong).toEqual([]);
});

test('only the fixtures and authorising know Playwright', () => {
  const wrong = imports
    .filter(({ to }) => to === '@playwright/test')
    .filter(({ from }) => roomOf(from) !== 'fixtures' && !from.startsWith('auth/authorise/'));
  expect(wrong).toEqual([]);
});

for (const entry of [
  'index.ts',
  'auth/authorise/authorise.ts',
  'config/index.ts',
  'sandbox/index.ts',
  'sandbox/start-sandbox.ts',
]) {
  test(`${entry} loads no library but Playwright's`, () => {
    const loaded = loadedWith(entry, imports);
    expect(loaded.size).toBeGreaterThan(1);
    expect([...loaded].filter((module) => module in packageJson.dependencies || roomOf(module) === 'vendor')).toEqual(
      [],
    );
  });
}

test('every package that is imported is declared', () => {
  const declared = [packageJson.name, ...Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies })];
  const used = new Set(
    imports
      .filter(({ from, to, kind }) => isPackage(to) && kind !== 'type' && roomOf(from) !== 'vendor')
      .map(({ to }) => to),
  );
  expect([...used].filter((name) => !declared.includes(name))).toEqual([]);
});

test('what is bundled is imported by vendor alone, and need not be installed', () => {
  const bundled = imports.filter(({ from }) => roomOf(from) === 'vendor').map(({ to }) => to);
  expect(bundled.length).toBeGreaterThan(1);
  expect(bundled.filter((name) => !(name in packageJson.devDependencies || name in packageJson.dependencies))).toEqual(
    [],
  );
});

test('imports are told apart: at once, when asked for, types alone', () => {
  const source = [
    "import { a } from '../errors.js';",
    "import type { B } from './b.js';",
    "import '@scope/name/deep';",
    "import {\n  c,\n  type D,\n} from 'zod';",
    "export * from './e.js';",
    "export function f() {\n  return import('./f.js');\n}",
    "type G = typeof import('./g.js');",
    "import { readFileSync } from 'node:fs';",
    "// import 'commented';",
  ].join('\n');
  expect(importsOf('mail/x.ts', source)).toEqual([
    { from: 'mail/x.ts', to: 'errors.ts', kind: 'value' },
    { from: 'mail/x.ts', to: 'mail/b.ts', kind: 'type' },
    { from: 'mail/x.ts', to: '@scope/name', kind: 'value' },
    { from: 'mail/x.ts', to: 'zod', kind: 'value' },
    { from: 'mail/x.ts', to: 'mail/e.ts', kind: 'value' },
    { from: 'mail/x.ts', to: 'mail/f.ts', kind: 'dynamic' },
    { from: 'mail/x.ts', to: 'mail/g.ts', kind: 'type' },
  ]);
});

test('a circle is found, and named by the files on it', () => {
  const arrows = ['a b', 'b c', 'c b', 'c d', 'd a', 'e a', 'f f'].map((arrow) => arrow.split(' '));
  const made = arrows.map(([from, to]) => ({ from: from!, to: to!, kind: 'type' }) as const);
  expect(circlesOf(made)).toEqual([['a', 'b', 'c', 'd'], ['f']]);
});

function isPackage(to: string): boolean {
  return !to.endsWith('.ts');
}

function roomOf(file: string): string {
  return file.split('/')[0]!.replace(/\.ts$/, '');
}

function protocolOf(file: string): string | undefined {
  const [, protocol] = /^mail\/([^/]+)\//.exec(file) ?? [];
  return protocol !== undefined && protocols.includes(protocol) ? protocol : undefined;
}
