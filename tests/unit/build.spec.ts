import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { circlesOf, importsIn, loadedWith } from './source-imports.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const imports = importsIn(dist, '.js').filter(({ from }) => !/^vendor\/|\/page\//.test(from));

test('no two files of the build need each other', () => {
  expect(circlesOf(imports.filter(({ kind }) => kind === 'value'))).toEqual([]);
});

test('a worker reads few files for its first message, whatever the protocol', () => {
  const transports = imports.map(({ to }) => to).filter((to) => /open-(?:ews|imap|graph)-transport-/.test(to));
  const parts = ['index.js', 'mail/open-connection.js', 'mail/message/parse.js', ...transports];
  const loaded = new Set(parts.flatMap((part) => [...loadedWith(part, imports)]));
  expect([...loaded].filter((file) => /^[a-z].*\.js$/.test(file)).length).toBeLessThan(20);
});

const commands = imports.filter(({ from, kind }) => from === 'cli/main.js' && kind === 'dynamic').map(({ to }) => to);

for (const entry of ['config/index.js', 'sandbox/index.js', 'cli/main.js', ...commands]) {
  test(`${entry.replace(/-[\w-]{8}(?=\.js$)/, '')} is read without Playwright and without the fixtures`, () => {
    const loaded = [...loadedWith(entry, imports)];
    expect(loaded.filter((file) => /^@playwright\/|^chunks\/fixtures-/.test(file))).toEqual([]);
  });
}
