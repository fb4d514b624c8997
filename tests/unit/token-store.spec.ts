import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
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
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import { ProcessLock } from '../../src/auth/store/process-lock.js';
import { selectSignIn } from '../../src/auth/select-sign-in.js';
import type { StoredTokens } from '../../src/auth/store/stored-tokens.js';
import { TokenStore } from '../../src/auth/store/token-store.js';
import { checkTokenVariables, tokenVariable } from '../../src/auth/store/token-variable.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { personDefinition, signedInConnection } from '../support/person-connection.js';

const client = fileURLToPath(new URL('token-client.mjs', import.meta.url));

const fingerprint = { tenantId: 'contoso.com', clientId: 'app', scopes: 'a', cloud: 'global', user: 'qa@contoso.com' };

const tokens: StoredTokens = {
  fingerprint,
  account: 'qa@contoso.com',
  signedInAt: '2026-01-01T00:00:00.000Z',
  refreshToken: 'the-refresh-token',
  issuedAt: '2026-01-02T00:00:00.000Z',
  access: { token: 'the-access-token', expiresAt: '2026-01-02T01:00:00.000Z' },
};

function openStore(key?: string, connection = 'MSOAuthHost'): TokenStore {
  return new TokenStore({ directory: test.info().outputPath(), connection, key });
}

/** The environment of a process that finds an exported token of the sandbox in it. */
async function environmentWithToken(sandbox: Sandbox): Promise<NodeJS.ProcessEnv> {
  return { ...process.env, ...(await signedInConnection(sandbox)).environment };
}

async function tokenOfProcess(sandbox: Sandbox, env: NodeJS.ProcessEnv): Promise<string> {
  const args = [client, JSON.stringify(personDefinition(sandbox)), test.info().outputPath()];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}

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

test('of store and variable the later issued is used, and the one that fits before one that does not', () => {
  const exported = (issuedAt: string, change = {}): string =>
    encodeExportedToken({
      v: 1,
      refreshToken: 'exported',
      issuedAt,
      fingerprint: { ...fingerprint, ...change },
      account: 'qa@contoso.com',
    });
  const select = (text: string, stored: StoredTokens | undefined = tokens): string =>
    selectSignIn({
      connection: 'a',
      expected: fingerprint,
      stored,
      environment: { [tokenVariable('a')]: text },
    }).refreshToken;
  expect(select(exported('2026-01-03T00:00:00Z'))).toBe('exported');
  expect(select(exported('2026-01-01T00:00:00Z'))).toBe('the-refresh-token');
  expect(select(exported('2026-01-03T00:00:00Z', { clientId: 'b' }))).toBe('the-refresh-token');
  expect(select(exported('2026-01-01T00:00:00Z'), { ...tokens, fingerprint: { ...fingerprint, tenantId: 'b' } })).toBe(
    'exported',
  );
});

for (const [field, value] of Object.entries({ ...fingerprint, user: 'ada@contoso.com' })) {
  test(`a changed ${field} is named`, () => {
    const expected = { ...fingerprint, [field]: field === 'user' ? value : `${value}x` };
    expect(() => selectSignIn({ connection: 'a', expected, stored: tokens, environment: {} })).toThrow(
      new RegExp(`^Changed: ${field} of connection "a"`),
    );
  });
}

test('scopes of another protocol are named, with what to do to be given them', () => {
  const outlook = 'https://outlook.office.com';
  const before = { ...fingerprint, scopes: `${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send` };
  const expected = { ...fingerprint, scopes: 'https://graph.microsoft.com/Mail.ReadWrite openid' };
  const stored = { ...tokens, fingerprint: before };
  expect(() => selectSignIn({ connection: 'a', expected, stored, environment: {} })).toThrow(
    [
      'Changed: scopes of connection "a" differ from what was authorised.',
      '  - It was authorised for IMAP.AccessAsUser.All, SMTP.Send of outlook.office.com, and now asks for Mail.ReadWrite of graph.microsoft.com, openid.',
      '  - Add these permissions to the app registration; the sign-in page then asks for consent to them.',
    ].join('\n'),
  );
});

test('connections that a person signs in for, and whose variables would be one and the same, are refused', () => {
  const person = { protocol: 'ews', auth: { type: 'oauth2', tenantId: 't', clientId: 'c' } } as const;
  const app = { ...person, auth: { ...person.auth, grant: 'client_credentials' } } as const;
  expect(() => checkTokenVariables({ qa: person, 'QA-2': person, 'qa.2': app })).not.toThrow();
  expect(() => checkTokenVariables({ 'qa-1': person, ada: app, QA_1: person })).toThrow(
    'The connections "qa-1" and "QA_1" share the variable PLAYWRIGHT_EXCHANGE_TOKEN_QA_1.',
  );
});

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

test("who stood still until another took over writes nothing, and takes nobody's lock away", async () => {
  const store = openStore();
  const newer = { ...tokens, refreshToken: 'newer' };
  const outcome = await store.locked(async (write) => {
    const lock = `${store.file}.lock`;
    for (const owner of await readdir(lock)) await utimes(join(lock, owner), 0, 0);
    let done = (): void => {};
    const written = new Promise<void>((resolve) => (done = resolve));
    const other = store.locked(async (writeOther) => {
      expect(await writeOther(newer)).toBe(true);
      done();
    });
    await written;
    const isWritten = await write(tokens);
    await other;
    return isWritten;
  });
  expect(outcome).toBe(false);
  expect(await store.read()).toEqual(newer);
  expect((await readdir(dirname(store.file))).toSorted()).toEqual(['.gitignore', 'MSOAuthHost.json']);
});

test('who needs the lock waits for who has it', async () => {
  const lock = test.info().outputPath('a.lock');
  expect(await mostInside(lock, 20)).toBe(1);
  expect(await readdir(test.info().outputPath())).not.toContain('a.lock');
});

test('a lock whose owner no longer shows signs of life is taken over by one of those who wait', async () => {
  const lock = test.info().outputPath('a.lock');
  await mkdir(lock);
  await writeFile(join(lock, 'dead'), '');
  await utimes(join(lock, 'dead'), 0, 0);
  expect(await mostInside(lock, 10)).toBe(1);
});

test('so is one that is dated in the future, and one with other things in it', async () => {
  const lock = test.info().outputPath('a.lock');
  for (const [name, time] of Object.entries({ dead: Date.now() / 1000 + 3600, folder: 0, '.DS_Store': 0 })) {
    await mkdir(join(lock, 'folder', 'x'), { recursive: true });
    if (name !== 'folder') await writeFile(join(lock, name), '');
    await utimes(join(lock, name), time, time);
  }
  expect(await mostInside(lock, 10)).toBe(1);
});

test('eight processes that need a token at once make one request for it', async () => {
  test.setTimeout(60_000);
  await using sandbox = await startSandbox();
  const env = await environmentWithToken(sandbox);
  // Every answer has an access token of its own.
  const all = await Promise.all(Array.from({ length: 8 }, () => tokenOfProcess(sandbox, env)));
  expect(new Set(all).size).toBe(1);
  expect(sandbox.tokens.verify(all[0]!)).toMatchObject({ user: 'qa@contoso.com' });
});

test('a process that is killed in the middle of the request leaves the store usable', async () => {
  test.setTimeout(60_000);
  await using sandbox = await startSandbox();
  const env = await environmentWithToken(sandbox);
  sandbox.faults.delay = 600_000;
  const directory = test.info().outputPath();
  const child = spawn(process.execPath, [client, JSON.stringify(personDefinition(sandbox)), directory], { env });
  const lock = `${openStore().file}.lock`;
  await expect.poll(() => readdir(lock).catch(() => []), { timeout: 20_000 }).toHaveLength(1);
  child.kill('SIGKILL');
  await once(child, 'close');
  // As after ten seconds.
  for (const owner of await readdir(lock)) await utimes(join(lock, owner), 0, 0);
  sandbox.faults.delay = 0;
  expect(sandbox.tokens.verify(await tokenOfProcess(sandbox, env))).toMatchObject({ user: 'qa@contoso.com' });
});

/** Has so many enter a lock at once, and tells how many were inside it at the most. */
async function mostInside(lock: string, count: number): Promise<number> {
  let inside = 0;
  let most = 0;
  const enter = async (): Promise<void> => {
    await using _ = await ProcessLock.acquire(lock);
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside--;
  };
  await Promise.all(Array.from({ length: count }, enter));
  return most;
}
