import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { linesOf } from '../support/lines-of.js';
import { trusting } from '../support/trusting.js';

const inClients = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url));

test.skip(
  !existsSync(inClients('node_modules')) && !process.env['CI'],
  'the clients are missing: npm ci --prefix tests/interop/clients',
);

test("Microsoft's SDK for Graph sends, reads, follows changes, invites, answers, calls off, and keeps contacts", async () => {
  test.slow();
  await using sandbox = await startSandbox();
  const env = await trusting(sandbox);
  expect(await linesOf(process.execPath, [inClients('graph-sdk.mjs'), sandbox.url], { env })).toEqual([
    { step: 'who', mail: 'qa@contoso.com', folders: true },
    { step: 'send', subject: 'Hi' },
    { step: 'read', subject: 'Hi', isRead: true, mime: true },
    { step: 'delta', count: 1 },
    { step: 'move', moved: true },
    { step: 'draft', isDraft: true },
    { step: 'invite', occurrences: ['occurrence', 'occurrence', 'occurrence'] },
    { step: 'accept', response: 'accepted', mail: 'Accepted: Planning' },
    { step: 'cancel', left: 0 },
    { step: 'contact', name: 'Ann' },
  ]);
});

test('node-imap reads, searches, marks, is told of what comes, moves and expunges', async () => {
  await using sandbox = await startSandbox();
  await sandbox.deliver({ to: 'qa@contoso.com', subject: 'Grüße', text: 'A text' });
  const args = ['localhost', String(sandbox.imap.tlsPort), 'qa@contoso.com', 'secret'];
  const env = await trusting(sandbox);
  expect(await linesOf(process.execPath, [inClients('node-imap.mjs'), ...args], { env })).toEqual([
    { step: 'open', total: 1, folders: true },
    { step: 'search', found: 1 },
    { step: 'fetch', subject: ['Grüße'], text: true },
    { step: 'store', unseen: 0, flagged: 1 },
    { step: 'append', arrived: 1 },
    { step: 'move', left: 1 },
    { step: 'expunge', left: 0 },
  ]);
});
