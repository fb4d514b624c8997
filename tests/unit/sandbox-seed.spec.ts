import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';

const mail = ['From: app@contoso.com', 'Subject: Hello', 'Date: Thu, 1 Jan 2026 10:00:00 +0100', '', 'Hi.', ''];

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, readonly string[]>>): string {
  const folder = test.info().outputPath('seed');
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), lines.join('\n'));
  }
  return folder;
}

test('a mail lies in the mailbox and the folder that its folders are named after', async () => {
  const seed = folderWith({
    'qa@contoso.com/one.eml': mail,
    'qa@contoso.com/Sent Items/two.eml': mail,
    'qa@contoso.com/junkemail/three.EML': mail,
    'qa@contoso.com/Projects/2026/four.eml': mail,
    'qa@contoso.com/notes.txt': ['not a mail, and not asked to be one'],
  });
  await using sandbox = await startSandbox({ seed });
  const { folders } = sandbox.store.account('qa@contoso.com');
  const counts = folders.filter(({ messages }) => messages.length > 0).map(({ name, parent }) => [parent?.name, name]);
  expect(counts).toEqual([
    ['', 'Inbox'],
    ['', 'Sent Items'],
    ['', 'Junk Email'],
    ['Projects', '2026'],
  ]);
  const [message] = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
  expect(message).toMatchObject({ recipient: 'qa@contoso.com', receivedAt: new Date('2026-01-01T09:00:00Z') });
  expect(message?.source.toString(), 'lines end as in mail').toContain('Subject: Hello\r\n');
});

test('a mail on top is for whom it was delivered to, else for whom it names', async () => {
  const seed = folderWith({
    'delivered.eml': ['Delivered-To: qa+tag@contoso.com', 'To: list@contoso.com', ...mail],
    'named.eml': ['To: Qa <qa@contoso.com>, b@contoso.com', 'Cc: c@contoso.com', ...mail],
  });
  await using sandbox = await startSandbox({ seed });
  const recipients = (await sandbox.messages()).map(({ recipient }) => String(recipient));
  expect(recipients.toSorted((one, other) => one.localeCompare(other))).toEqual([
    'b@contoso.com',
    'c@contoso.com',
    'qa@contoso.com',
    'qa+tag@contoso.com',
  ]);
});

test('the time is that at which the last server took it, and the latest is shown first', async () => {
  const received = (day: number) => [
    `Received: by mx.contoso.com;\n\tSat, ${day} Jan 2026 10:00:00 +0000 (UTC)`,
    ...mail,
  ];
  const seed = folderWith({ 'qa@contoso.com/a.eml': received(24), 'qa@contoso.com/b.eml': received(3) });
  await using sandbox = await startSandbox({ seed });
  const times = (await sandbox.messages()).map(({ receivedAt }) => receivedAt.toISOString());
  expect(times).toEqual(['2026-01-24T10:00:00.000Z', '2026-01-03T10:00:00.000Z']);
});

test('all files that can not be used are named at once, before anything starts', async () => {
  const seed = folderWith({
    'good.eml': ['To: qa@contoso.com', ...mail],
    'nobody.eml': mail,
    'mbox.eml': ['From qa@contoso.com Thu Jan  1 10:00:00 2026', ...mail],
    'empty.eml': [],
    'inbox/where.eml': mail,
  });
  expect((await failureOf(startSandbox({ seed }))).message.replace(seed, 'SEED')).toBe(
    [
      'The sandbox cannot start with the mails of SEED.',
      '  - empty.eml: it is no mail: its first line is no header field.',
      "  - inbox/where.eml: its folder 'inbox' is not named after an address.",
      '  - mbox.eml: it is no mail: its first line is no header field.',
      '  - nobody.eml: no field says whom it is for (Delivered-To, X-Original-To, To, Cc), and no folder does.',
    ].join('\n'),
  );
});

test('a folder that is not there, or has no mail, is one clear error', async () => {
  const seed = folderWith({ 'readme.md': ['Nothing'] });
  await expect(startSandbox({ seed })).rejects.toThrow('There is no .eml file in it.');
  await expect(startSandbox({ seed: join(seed, 'nowhere') })).rejects.toThrow('ENOENT');
});
