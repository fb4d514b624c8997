import { randomUUID } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { TokenStore } from '../../src/auth/store/token-store.js';
import { failureOf } from '../support/failure-of.js';
import { openStore, tokens } from './stored-tokens.js';

test('tokens are read as they were written, and forgotten once', async () => {
  const store = openStore();
  expect(await store.read()).toBeUndefined();
  await store.write(tokens);
  expect(await store.read()).toEqual(tokens);
  expect(await store.forget()).toBe(true);
  expect(await store.forget()).toBe(false);
  expect(await store.read()).toBeUndefined();
});

test('what a killed process left half written is forgotten too, and nothing else', async () => {
  const [store, other] = [openStore(), openStore(undefined, 'MSOAuthHost.json')];
  await store.write(tokens);
  await other.write(tokens);
  const half = join(`${store.file}.lock`, randomUUID());
  await mkdir(dirname(half));
  await writeFile(half, '{ "kind": ');
  await utimes(half, 0, 0);
  expect(await store.forget()).toBe(true);
  expect((await readdir(dirname(store.file))).toSorted()).toEqual(['.gitignore', basename(other.file)]);
});

test('the file is for its owner alone, out of version control, and nothing is left beside it', async () => {
  test.skip(process.platform === 'win32', 'Windows has no such modes');
  const store = openStore();
  await store.write(tokens);
  const folder = dirname(store.file);
  expect((await stat(store.file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await readdir(folder)).toSorted()).toEqual(['.gitignore', 'MSOAuthHost.json']);
  await chmod(folder, 0o777);
  await store.write(tokens);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
});

test('a name can be any text, and stays in the folder', async () => {
  const store = openStore(undefined, '../..\\a b*');
  await store.write(tokens);
  expect(await readdir(dirname(openStore().file))).toContain('%2e%2e%2F%2e%2e%5Ca%20b%2a.json');
});

test('with a key nothing of the tokens is in the file, and only the key opens it', async () => {
  const store = openStore('a key');
  await store.write(tokens);
  const text = await readFile(store.file, 'utf8');
  for (const secret of ['the-refresh-token', 'the-access-token', 'contoso']) expect(text).not.toContain(secret);
  expect(await store.read()).toEqual(tokens);
  expect((await failureOf(openStore('another key').read())).message).toContain('another PLAYWRIGHT_EXCHANGE_KEY');
  const { message, advice } = await failureOf(openStore().read());
  expect(message).toContain('PLAYWRIGHT_EXCHANGE_KEY is not set');
  expect(advice[0]).toContain('the PLAYWRIGHT_EXCHANGE_KEY that it was encrypted with');
});

test('an encrypted file that was changed is refused', async () => {
  const store = openStore('a key');
  await store.write(tokens);
  const file = JSON.parse(await readFile(store.file, 'utf8')) as { sealed: { data: string } };
  file.sealed.data = `${file.sealed.data.startsWith('A') ? 'B' : 'A'}${file.sealed.data.slice(1)}`;
  await writeFile(store.file, JSON.stringify(file));
  expect((await failureOf(store.read())).message).toContain('is damaged');
});

for (const [what, text, words] of [
  ['damaged', '{"kind": "playwright-exch', 'is damaged: it is not JSON'],
  ['foreign', '{"cookies": []}', 'is not a token store of playwright-exchange'],
  ['empty', 'null', 'is not a token store of playwright-exchange'],
  ['a number', '42', 'is not a token store of playwright-exchange'],
  ['a list', '[]', 'is not a token store of playwright-exchange'],
  ['cut to nothing', '', 'is damaged: it is not JSON'],
  ['newer', '{"kind": "playwright-exchange tokens", "v": 2}', 'was written by a newer version'],
  ['incomplete', '{"kind": "playwright-exchange tokens", "v": 1, "tokens": {}}', 'is damaged: fields are missing'],
  ['of other kinds', '{"kind": "playwright-exchange tokens", "v": 1, "tokens": [1]}', 'is damaged: fields are missing'],
  ['sealed by nobody', '{"kind": "playwright-exchange tokens", "v": 1, "sealed": 1}', 'is encrypted, and'],
] as const) {
  test(`a file that is ${what} gives an error that names it, and stays as it is`, async () => {
    const store = openStore();
    await mkdir(dirname(store.file), { recursive: true });
    await writeFile(store.file, text);
    const error = await failureOf(store.read());
    expect(error.code).toBe('CONFIGURATION');
    expect(error.message).toContain(`${store.file} ${words}`);
    expect(await readFile(store.file, 'utf8')).toBe(text);
  });
}

test('a file in the clear is refused where there is a key', async () => {
  await openStore().write(tokens);
  const { code, message } = await failureOf(openStore('a key').read());
  expect([code, message]).toEqual([
    'CONFIGURATION',
    expect.stringContaining('is not encrypted, although PLAYWRIGHT_EXCHANGE_KEY is set'),
  ]);
});

test('an encrypted file does not open for another connection', async () => {
  const [store, other] = [openStore('a key'), openStore('a key', 'other')];
  await store.write(tokens);
  await copyFile(store.file, other.file);
  expect((await failureOf(other.read())).message).toContain('is damaged, of another connection, or encrypted with');
});

test('an encrypted file with a shorter tag is refused', async () => {
  const store = openStore('a key');
  await store.write(tokens);
  const file = JSON.parse(await readFile(store.file, 'utf8')) as { sealed: { tag: string } };
  file.sealed.tag = Buffer.from(file.sealed.tag, 'base64').subarray(0, 4).toString('base64');
  await writeFile(store.file, JSON.stringify(file));
  expect((await failureOf(store.read())).message).toContain('is damaged');
});

test.describe('what is no file that can be used is told:', () => {
  const root = typeof process.getuid === 'function' && process.getuid() === 0;

  async function broken(how: (file: string, folder: string) => Promise<unknown>, name?: string): Promise<TokenStore> {
    const store = openStore(undefined, name);
    await how(store.file, dirname(store.file));
    return store;
  }

  async function withFolder(file: string): Promise<string> {
    await mkdir(dirname(file), { recursive: true });
    return file;
  }

  const unreadable: Readonly<Record<string, [how: (file: string) => Promise<unknown>, problem: RegExp]>> = {
    'a folder in its place': [(file) => mkdir(file, { recursive: true }), /is no file/],
    'a link to itself': [async (file) => symlink(await withFolder(file), file), /\(ELOOP\)/],
    'a file without end': [async (file) => truncate(await touched(file), 3 * 2 ** 30), /is larger than 1048576 octets/],
    'a file where the folder should be': [() => writeFile(test.info().outputPath('playwright'), ''), /\(ENOTDIR\)/],
    'a device': [async (file) => symlink('/dev/zero', await withFolder(file)), /is no file/],
  };

  async function touched(file: string): Promise<string> {
    await writeFile(await withFolder(file), '');
    return file;
  }

  for (const [what, [how, problem]] of Object.entries(unreadable)) {
    test(what, async () => {
      const store = await broken(how);
      const error = await failureOf(store.read());
      expect(error).toMatchObject({ code: 'CONFIGURATION', message: expect.stringMatching(problem) });
      expect(error.message).toContain('The token store of connection "MSOAuthHost" can\'t be read: ');
    });
  }

  test('a file that may not be read', async () => {
    test.skip(root, 'root may read everything');
    const store = await broken(async (file) => chmod(await touched(file), 0));
    expect(await failureOf(store.read())).toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining('(EACCES)'),
    });
  });

  test('a name that is too long for a file', async () => {
    const store = openStore(undefined, 'n'.repeat(300));
    expect(await failureOf(store.write(tokens))).toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringMatching(/can't be written: .* \(ENAMETOOLONG\)/),
    });
  });

  test('a folder in its place, for who writes and who forgets', async () => {
    const store = await broken((file) => mkdir(join(file, 'x'), { recursive: true }));
    expect(await failureOf(store.write(tokens))).toMatchObject({ code: 'CONFIGURATION' });
    expect(await failureOf(store.forget())).toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining("can't be deleted"),
    });
  });

  test('a lock that is a file, or leads elsewhere', async () => {
    const store = await broken((file) => withFolder(file));
    const elsewhere = test.info().outputPath('elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'precious'), '');
    await utimes(join(elsewhere, 'precious'), 0, 0);
    await writeFile(`${store.file}.lock`, '');
    expect(await failureOf(store.write(tokens))).toMatchObject({ code: 'CONFIGURATION' });
    await rm(`${store.file}.lock`);
    await symlink(elsewhere, `${store.file}.lock`);
    expect(await failureOf(store.write(tokens))).toMatchObject({ code: 'CONFIGURATION' });
    expect(await readdir(elsewhere)).toEqual(['precious']);
  });
});

test('a name that is no Unicode has a file too', async () => {
  const store = openStore(undefined, 'a\ud800');
  await store.write(tokens);
  expect(await store.read()).toEqual(tokens);
});
