import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { linesOf } from '../support/lines-of.js';

const script = fileURLToPath(new URL('graph-client.mjs', import.meta.url));
const scopes = ['User.Read', 'Mail.ReadWrite', 'Mail.Send'].map((name) => `https://graph.microsoft.com/${name}`);

test("Microsoft's Graph client signs in, sends, follows changes, reads, moves, batches, uploads, pages, subscribes and waits", async () => {
  test.slow();
  await using sandbox = await startSandbox();
  const ca = test.info().outputPath('ca.pem');
  await writeFile(ca, sandbox.ca);
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca };
  const grant = { tenant: 'contoso.com', clientId: 'sandbox', user: 'qa@contoso.com', scopes };
  const failure = { hasRequestId: true, hasDate: true };

  expect(
    await linesOf(process.execPath, [script, sandbox.url, sandbox.tokens.issueRefreshToken(grant)], { env }),
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
