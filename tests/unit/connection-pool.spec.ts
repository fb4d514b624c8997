import { tmpdir } from 'node:os';
import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { ConnectionPool } from '../../src/fixtures/connection-pool.js';
import { sharedFolder } from '../../src/mail/sharing/shared-folder.js';
import { sharedTurns } from '../../src/mail/sharing/turns.js';
import { startSandbox } from '../../src/sandbox/index.js';

test('more workers than a server takes connections have one by turns, as their tests end', async () => {
  await using sandbox = await startSandbox();
  const definition = sandboxConnection({ protocol: 'imap', env: sandbox.env });
  const [one, other] = [new ConnectionPool(tmpdir()), new ConnectionPool(tmpdir())];
  const held = new AbortController();
  try {
    // Of the 16 connections that Exchange takes of a user, others have all but one.
    const resolved = await resolveConnection('imap', definition, {});
    const { places } = sharedTurns(resolved, (await sharedFolder(resolved))!, () => {});
    const kept = new Promise<void>((resolve) => held.signal.addEventListener('abort', () => resolve()));
    await new Promise<void>((resolve) => {
      void places.run(15, new AbortController().signal, () => (resolve(), kept));
    });
    const first = await one.open('imap', definition);
    const release = one.use(first);
    const waiting = other.open('imap', definition);
    await expect.poll(() => first.isWanted()).toBe(true);
    await release();
    const second = await waiting;
    const releaseSecond = other.use(second);
    const again = one.open('imap', definition);
    await expect.poll(() => second.isWanted()).toBe(true);
    await releaseSecond();
    expect(await again).not.toBe(first);
  } finally {
    held.abort();
    for (const pool of [one, other]) await pool[Symbol.asyncDispose]();
  }
});
