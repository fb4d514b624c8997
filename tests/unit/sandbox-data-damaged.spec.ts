import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Database } from '../../src/sandbox/data/database.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

function dataFolder(): string {
  return test.info().outputPath('data');
}

test('a folder with something else in it is one clear error', async () => {
  const data = dataFolder();
  mkdirSync(data);
  writeFileSync(join(data, 'mail.sqlite'), 'This is none. '.repeat(100));
  await expect(startSandbox({ data })).rejects.toThrow(
    `The sandbox cannot keep its mailboxes in ${data}: file is not a database.`,
  );
});

test('a file that is damaged is refused, with what to do, and left as it is', async () => {
  const data = dataFolder();
  const sandbox = await startSandbox({ data });
  for (const subject of ['One', 'Two']) await sandbox.deliver({ to: user, subject, text: 'x'.repeat(20_000) });
  await sandbox.close();
  const file = join(data, 'mail.sqlite');
  truncateSync(file, statSync(file).size / 2);
  const before = readFileSync(file);
  await expect(startSandbox({ data })).rejects.toThrow(
    `The sandbox cannot keep its mailboxes in ${data}: database disk image is malformed.\n` +
      '  - The file mail.sqlite in it is damaged: put a copy of it in its place, or give the sandbox a folder of its own.',
  );
  expect(readFileSync(file)).toEqual(before);
});

const damagedRecords = [
  { kind: 'accessToken', key: 'x', value: '{"cut', reason: "a record of the kind 'accessToken' is no JSON" },
  { kind: 'folderRound', key: 'x', value: '{"cut', reason: "a record of the kind 'folderRound' is no JSON" },
  { kind: 'refreshToken', key: 'x', value: 'null', reason: '' },
  { kind: 'signingKey', key: 'pem', value: '"-----BEGIN"', reason: '' },
  { kind: 'certificate', key: '', value: '{"cert":"-----BEGIN","key":"","ca":""}', reason: '' },
];

for (const { reason, ...record } of damagedRecords)
  test(`a kept ${record.kind} that is ${record.value} is one clear error`, async () => {
    const data = dataFolder();
    await (await startSandbox({ data })).close();
    const database = await Database.open(join(data, 'mail.sqlite'));
    database.put('record', record);
    database.close();
    const error = await startSandbox({ data }).then(
      (sandbox) => sandbox.close(),
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'ExchangeError', code: 'CONFIGURATION' });
    expect(String(error)).toContain(`The sandbox cannot keep its mailboxes in ${data}: ${reason}`);
    expect(String(error)).toContain('- The file mail.sqlite in it is damaged: put a copy of it in its place,');
  });

test("a lock that says nothing of who holds it is nobody's", async () => {
  const data = dataFolder();
  mkdirSync(data);
  for (const lock of ['{"na', 'null', '{"name":"x","port":65536,"pid":1}']) {
    writeFileSync(join(data, 'sandbox.lock'), lock);
    await (await startSandbox({ data })).close();
  }
});

test('a folder that can be made nowhere is one clear error', async () => {
  test.skip(!existsSync('/proc'), 'needs a file system in which nothing can be made');
  const data = '/proc/mailboxes/qa';
  await expect(startSandbox({ data })).rejects.toThrow(`The sandbox cannot keep its mailboxes in ${data}: ENOENT`);
});
