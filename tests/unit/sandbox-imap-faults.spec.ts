import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { connectImap, connectImapTls, signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const source = Buffer.from(`Subject: x\r\n\r\n${'y'.repeat(1000)}`);

function inboxOf(sandbox: Sandbox) {
  return sandbox.store.account(user).folder('inbox');
}

/** A message that only who is told at once hears of. */
async function comeAndGo(sandbox: Sandbox): Promise<void> {
  const message = inboxOf(sandbox).add({ source });
  await fetch(sandbox.url);
  inboxOf(sandbox).remove(message);
  await fetch(sandbox.url);
}

test('dropConnections cuts every session, and new ones come in', async () => {
  await using sandbox = await startSandbox();
  await using plain = await signInImap(sandbox, 'INBOX');
  await using encrypted = await connectImapTls(sandbox);
  sandbox.dropConnections();
  expect(await plain.next()).toBeUndefined();
  expect(await encrypted.next()).toBeUndefined();
  await using again = await signInImap(sandbox, 'INBOX');
  expect(await again.ok('NOOP')).toEqual([]);
});

test('a restart keeps ports and mail', async () => {
  await using sandbox = await startSandbox();
  inboxOf(sandbox).add({ source });
  await using before = await signInImap(sandbox, 'INBOX');
  const { imap, ca } = sandbox;
  await sandbox.restart();
  expect(await before.next()).toMatch(/^\* BYE /);
  expect([sandbox.imap, sandbox.ca]).toEqual([imap, ca]);
  await using after = await signInImap(sandbox);
  expect(await after.ok('SELECT INBOX')).toContain('* 1 EXISTS');
});

test('dropAfterLogin cuts so many sessions after they signed in', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.dropAfterLogin = 1;
  await using first = await signInImap(sandbox);
  expect(await first.next()).toBeUndefined();
  await using second = await signInImap(sandbox, 'INBOX');
  expect(await second.ok('NOOP')).toEqual([]);
});

test('dropDuringFetch cuts an answer in the middle', async () => {
  await using sandbox = await startSandbox();
  inboxOf(sandbox).add({ source });
  sandbox.faults.dropDuringFetch = 1;
  await using first = await signInImap(sandbox, 'INBOX');
  await expect(first.command('FETCH 1 BODY.PEEK[]')).rejects.toThrow('The server hung up');
  await using second = await signInImap(sandbox, 'INBOX');
  expect(await second.ok('FETCH 1 BODY.PEEK[]')).toHaveLength(1);
});

test('silentImap answers and pushes nothing until it is over', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox, 'INBOX');
  await using idling = await signInImap(sandbox, 'INBOX');
  idling.send('idle IDLE\r\n');
  await idling.next();
  sandbox.faults.silentImap = true;
  client.send('lost NOOP\r\n');
  await comeAndGo(sandbox);
  sandbox.faults.silentImap = false;
  expect(await client.command('NOOP')).toEqual(['OK NOOP completed.']);
  idling.send('DONE\r\n');
  expect(await idling.next()).toBe('idle OK IDLE completed.');
});

test('losePushes loses what IDLE would tell, not what comes with the next command', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.losePushes = 1;
  await using client = await signInImap(sandbox, 'INBOX');
  client.send('idle IDLE\r\n');
  await client.next();
  await comeAndGo(sandbox);
  inboxOf(sandbox).add({ source });
  client.send('DONE\r\n');
  expect(await client.next()).toBe('* 1 EXISTS');
  expect(await client.next()).toBe('* 1 RECENT');
  expect(await client.next()).toBe('idle OK IDLE completed.');
});

test('notConnected refuses as Exchange does', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox);
  sandbox.faults.notConnected = 1;
  await client.ok('CAPABILITY');
  expect(await client.command('SELECT INBOX')).toEqual(['BAD User is authenticated but not connected.']);
  await client.ok('SELECT INBOX');
});

test('throttleImap refuses and says how long to stay away', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  sandbox.faults.throttleImap = { times: 1, backOffMilliseconds: 1500 };
  expect(await client.command(`LOGIN ${user} secret`)).toEqual([
    'BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds',
  ]);
  await client.ok(`LOGIN ${user} secret`);
});

test('maxImapConnections leaves sessions beyond it unconnected, account by account', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.maxImapConnections = 1;
  await using first = await signInImap(sandbox, 'INBOX');
  await using second = await signInImap(sandbox);
  expect(await second.command('SELECT INBOX')).toEqual(['BAD User is authenticated but not connected.']);
  await using other = await signInImap(sandbox, 'INBOX', 'other@contoso.com');
  expect(await other.ok('NOOP')).toEqual([]);
  await first.ok('LOGOUT');
  expect(await first.next()).toBeUndefined();
  second.hangUp();
  await expect(async () => {
    await using third = await signInImap(sandbox, 'INBOX');
    expect(await third.ok('NOOP')).toEqual([]);
  }).toPass();
});

test('renumbering a folder gives it another UIDVALIDITY and ends the sessions that have it selected', async () => {
  await using sandbox = await startSandbox();
  const inbox = inboxOf(sandbox);
  for (let count = 0; count < 3; count++) inbox.add({ source });
  inbox.remove(inbox.messages[0]!);
  await using inInbox = await signInImap(sandbox, 'INBOX');
  await using inDrafts = await signInImap(sandbox, 'Drafts');
  const before = inbox.uidValidity;
  inbox.renumber();
  expect(await inInbox.next()).toMatch(/^\* BYE /);
  expect(inbox.uidValidity).toBeGreaterThan(before);
  expect(await inDrafts.ok('SELECT INBOX')).toEqual(
    expect.arrayContaining([
      `* OK [UIDVALIDITY ${inbox.uidValidity}] UIDVALIDITY value`,
      '* OK [UIDNEXT 3] The next unique identifier value',
    ]),
  );
  expect(await inDrafts.ok('UID FETCH 1:* UID')).toEqual(['* 1 FETCH (UID 1)', '* 2 FETCH (UID 2)']);
});

test('faults of IMAP are set over HTTP too', async () => {
  await using sandbox = await startSandbox();
  const body = JSON.stringify({ throttleImap: { times: 1, backOffMilliseconds: 5 }, maxImapConnections: 3 });
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  expect(sandbox.faults).toMatchObject({ throttleImap: { times: 1 }, maxImapConnections: 3 });
});
