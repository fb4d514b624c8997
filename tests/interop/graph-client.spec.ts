import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { linesOf } from '../support/lines-of.js';
import { trusting } from '../support/trusting.js';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const scopes = ['User.Read', 'Mail.ReadWrite', 'Mail.Send'].map((name) => `https://graph.microsoft.com/${name}`);

test("Microsoft's Graph client signs in, sends, follows changes, reads, moves, batches, uploads, pages, subscribes and waits", async () => {
  test.slow();
  await using sandbox = await startSandbox();
  const env = await trusting(sandbox);
  const grant = { tenant: 'contoso.com', clientId: 'sandbox', user: 'qa@contoso.com', scopes };
  const failure = { hasRequestId: true, hasDate: true };

  expect(
    await linesOf(
      process.execPath,
      [script('graph-client.mjs'), sandbox.url, sandbox.tokens.issueRefreshToken(grant)],
      { env },
    ),
  ).toEqual([
    { step: 'who', mail: 'qa@contoso.com', folders: ['Junk Email'] },
    { step: 'send', count: 4, hasNext: true },
    { step: 'delta', before: 0, page: 2, subjects: ['One', 'Two', 'Three', 'Four'] },
    { step: 'mime', messageId: '<four@contoso.com>', same: true },
    { step: 'read', content: 'One: Grüße', isRead: true, categories: ['Seen'] },
    { step: 'move', isNew: true, removed: [[true, 'deleted']] },
    { step: 'batch', statuses: [200, 200, 404, 424], subject: 'Two', mime: true },
    { step: 'attach', names: ['ü.txt'] },
    { step: 'upload', isNamed: true, same: true },
    { step: 'page', replies: 1, read: 5, isComplete: true },
    { step: 'subscribe', state: 'ours', subject: 'Notify', renewed: true },
    { step: 'throttled', count: '6' },
    {
      step: 'errors',
      lost: { status: 410, code: 'SyncStateNotFound', ...failure },
      missing: { status: 404, code: 'ErrorItemNotFound', ...failure },
      denied: { status: 403, code: 'ErrorAccessDenied', ...failure },
      syntax: { status: 400, code: 'BadRequest', ...failure },
    },
  ]);
});

test("Microsoft's Graph client invites, answers, moves an occurrence, calls off, and keeps contacts", async () => {
  await using sandbox = await startSandbox();
  const env = await trusting(sandbox);
  expect(await linesOf(process.execPath, [script('graph-client-calendar.mjs'), sandbox.url], { env })).toEqual([
    {
      step: 'invite',
      type: 'seriesMaster',
      response: 'accepted',
      mail: ['meetingAccepted', 'Accepted: Planning'],
    },
    {
      step: 'change',
      second: ['2026-10-26T17:00:00.0000000', 'occurrence'],
      theirs: ['Planning', 'Moved', 'Planning'],
      called: true,
    },
    { step: 'contact', same: true, name: 'Ann Smith', fileAs: 'Smith, Ann' },
  ]);
});
