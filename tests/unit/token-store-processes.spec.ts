import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { ProcessLock } from '../../src/auth/store/process-lock.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { personDefinition, signedInConnection } from '../support/person-connection.js';
import { openStore, tokens } from './stored-tokens.js';

const client = fileURLToPath(new URL('token-client.mjs', import.meta.url));

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

/** The environment of a process that finds an exported token of the sandbox in it. */
async function environmentWithToken(sandbox: Sandbox): Promise<NodeJS.ProcessEnv> {
  return { ...process.env, ...(await signedInConnection(sandbox)).environment };
}

async function tokenOfProcess(sandbox: Sandbox, env: NodeJS.ProcessEnv): Promise<string> {
  const args = [client, JSON.stringify(personDefinition(sandbox)), test.info().outputPath()];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}
