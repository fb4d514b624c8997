import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { signInImap, type ImapClient } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const source = Buffer.from('Subject: x\r\n\r\n');

function inboxOf(sandbox: Sandbox) {
  return sandbox.store.account(user).folder('inbox');
}

async function idle(client: ImapClient): Promise<void> {
  client.send('idle IDLE\r\n');
  expect(await client.next()).toMatch(/^\+ /);
}

test('IDLE pushes arrivals, changes and removals', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  await using client = await signInImap(sandbox, 'INBOX');
  await idle(client);
  await sandbox.deliver({ to: user, subject: 'Hello' });
  expect(await client.next()).toBe('* 1 EXISTS');
  expect(await client.next()).toBe('* 1 RECENT');
  inbox.setFlag(inbox.messages[0]!, '\\Seen', true);
  expect(await client.next()).toBe('* 1 FETCH (FLAGS (\\Seen \\Recent))');
  inbox.remove(inbox.messages[0]!);
  expect(await client.next()).toBe('* 1 EXPUNGE');
  client.send('done\r\n');
  expect(await client.next()).toBe('idle OK IDLE completed.');
});

test('what came before IDLE is told when it starts', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox, 'INBOX');
  inboxOf(sandbox).add({ source });
  await idle(client);
  expect(await client.next()).toBe('* 1 EXISTS');
});

test('what happens at once is told together', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox, 'INBOX');
  await idle(client);
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 5; count++) inbox.add({ source });
  inbox.remove(inbox.messages[2]!);
  expect(await client.next()).toBe('* 4 EXISTS');
});

test('IDLE ends with DONE and nothing else', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox);
  await idle(client);
  client.send('a NOOP\r\n');
  expect(await client.next()).toMatch(/^idle BAD /);
  expect(await client.ok('NOOP')).toEqual([]);
});

test('other sessions are told with their next command', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  inbox.add({ source });
  await using one = await signInImap(sandbox, 'INBOX');
  await using other = await signInImap(sandbox, 'INBOX');
  await one.ok('STORE 1 +FLAGS (\\Flagged)');
  await one.ok('APPEND INBOX {1+}\r\nx');
  expect(await other.ok('NOOP')).toEqual([
    '* 2 EXISTS',
    expect.stringMatching(/^\* \d RECENT$/),
    '* 1 FETCH (FLAGS (\\Flagged))',
  ]);
  expect(await other.ok('NOOP')).toEqual([]);
});

test('messages keep their numbers while FETCH, STORE and SEARCH are answered', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 3; count++) inbox.add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  const [first, second] = inbox.messages;
  inbox.remove(first!);
  expect(await client.ok('FETCH 1,3 UID')).toEqual(['* 1 FETCH (UID 1)', '* 3 FETCH (UID 3)']);
  expect(await client.ok('SEARCH ALL')).toEqual(['* SEARCH 1 2 3']);
  expect(await client.ok('STORE 2 +FLAGS.SILENT (\\Seen)')).toEqual([]);
  expect(second?.flags).toContain('\\Seen');
  inbox.add({ source });
  // What arrived may be told: it takes the next number.
  expect(await client.ok('FETCH 1 UID')).toEqual(['* 1 FETCH (UID 1)', '* 4 EXISTS', expect.stringMatching(/RECENT$/)]);
  expect(await client.ok('NOOP')).toEqual(['* 1 EXPUNGE']);
  expect(await client.ok('FETCH 1:* UID')).toEqual([2, 3, 4].map((uid, index) => `* ${index + 1} FETCH (UID ${uid})`));
});

test('commands by uid tell removals', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 2; count++) inbox.add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  inbox.remove(inbox.messages[0]!);
  expect(await client.ok('UID FETCH 2 FLAGS')).toEqual([expect.stringMatching(/^\* 2 FETCH \(UID 2 /), '* 1 EXPUNGE']);
});

test('a message that is gone is neither changed, copied nor moved', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 2; count++) inbox.add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  const [gone] = inbox.messages;
  inbox.remove(gone!);
  await client.ok('STORE 1 +FLAGS.SILENT (\\Seen)');
  await client.ok('FETCH 1 BODY[]');
  expect(gone?.flags).not.toContain('\\Seen');
  expect(await client.ok('COPY 1 Drafts')).toEqual(['* 1 EXPUNGE']);
  expect(sandbox.store.account(user).folder('drafts').messages).toEqual([]);
});

test('.SILENT hides what the session itself changed, not what another did', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 2; count++) inbox.add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  inbox.setFlag(inbox.messages[0]!, '\\Flagged', true);
  expect(await client.ok('STORE 1:2 +FLAGS.SILENT (\\Seen)')).toEqual([
    '* 1 FETCH (FLAGS (\\Flagged \\Seen \\Recent))',
  ]);
});

test('a message that came and went in between is never heard of', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  await using client = await signInImap(sandbox, 'INBOX');
  inbox.remove(inbox.add({ source }));
  expect(await client.ok('NOOP')).toEqual([]);
});

test('a message is recent to the first session that is told of it', async () => {
  await using sandbox = await startSandbox();
  await using one = await signInImap(sandbox, 'INBOX');
  await using other = await signInImap(sandbox, 'INBOX');
  inboxOf(sandbox).add({ source });
  expect(await one.ok('NOOP')).toEqual(['* 1 EXISTS', '* 1 RECENT']);
  expect(await other.ok('NOOP')).toEqual(['* 1 EXISTS', '* 0 RECENT']);
});

test('other folders and other accounts are not told of', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox, 'INBOX');
  await sandbox.deliver({ to: 'other@contoso.com', subject: 'x' });
  sandbox.store.account(user).folder('drafts').add({ source });
  expect(await client.ok('NOOP')).toEqual([]);
});
