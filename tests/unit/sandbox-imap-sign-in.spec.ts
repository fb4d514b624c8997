import { expect, test } from '@playwright/test';
import type { Sandbox } from '../../src/sandbox/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { connectImap, type ImapClient } from './sandbox-imap-client.js';
import { askForTokens, smtpScope, user } from './sandbox-sign-in.js';

const imapScope = 'https://outlook.office.com/IMAP.AccessAsUser.All';

async function userToken(sandbox: Sandbox, scope = imapScope): Promise<string> {
  const scopes = [imapScope, smtpScope, 'offline_access'];
  const token = sandbox.tokens.issueRefreshToken({ tenant: 'contoso.com', clientId: 'sandbox', user, scopes });
  const form = { grant_type: 'refresh_token', refresh_token: token, scope };
  return String((await askForTokens(sandbox, form)).body['access_token']);
}

async function appToken(sandbox: Sandbox): Promise<string> {
  const form = { grant_type: 'client_credentials', scope: 'https://outlook.office365.com/.default' };
  return String((await askForTokens(sandbox, form)).body['access_token']);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function xoauth2(address: string, token: string): string {
  return base64(`user=${address}\x01auth=Bearer ${token}\x01\x01`);
}

/** Whose mailbox a client is in: a mark is put into it. */
async function mailboxOf(sandbox: Sandbox, client: ImapClient): Promise<string | undefined> {
  await client.ok('APPEND Drafts {1+}\r\nx');
  return [...sandbox.store.accounts].find((account) => account.folder('drafts').messages.length > 0)?.address;
}

test('LOGIN takes any address with the password, quoted or as literals', async () => {
  await using sandbox = await startSandbox({ password: 'pä"ss' });
  const password = Buffer.from('pä"ss').toString('latin1');
  await using first = await connectImap(sandbox);
  expect(await first.command(`LOGIN ${user} "wrong"`)).toEqual(['NO LOGIN failed.']);
  expect(await first.command(`LOGIN nobody "${password.replace('"', '\\"')}"`)).toEqual(['NO LOGIN failed.']);
  expect(await first.command(`LOGIN "QA+tag@contoso.com" {6+}\r\n${password}`)).toEqual(['OK LOGIN completed.']);
  expect(await mailboxOf(sandbox, first)).toBe(user);
});

test('PLAIN signs in with the response at once, or when asked', async () => {
  await using sandbox = await startSandbox();
  await using atOnce = await connectImap(sandbox);
  await atOnce.ok(`AUTHENTICATE PLAIN ${base64(`\0${user}\0secret`)}`);
  await using asked = await connectImap(sandbox);
  asked.send('a authenticate plain\r\n');
  expect(await asked.next()).toBe('+ ');
  asked.send(`${base64(`shared@contoso.com\0${user}\0secret`)}\r\n`);
  expect(await asked.next()).toBe('a OK AUTHENTICATE completed.');
  expect(await mailboxOf(sandbox, asked)).toBe('shared@contoso.com');
});

test('XOAUTH2 and OAUTHBEARER take a token of a user, and `user` names the mailbox', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const token = await userToken(sandbox);
  await using own = await connectImap(sandbox);
  await own.ok(`AUTHENTICATE XOAUTH2 ${xoauth2(user, token)}`);
  await using shared = await connectImap(sandbox);
  await shared.ok(`AUTHENTICATE XOAUTH2 ${xoauth2('Shared@contoso.com', token)}`);
  expect(await mailboxOf(sandbox, shared)).toBe('shared@contoso.com');
  await using bearer = await connectImap(sandbox);
  const response = `n,a=${user},\x01host=127.0.0.1\x01port=143\x01auth=Bearer ${token}\x01\x01`;
  await bearer.ok(`AUTHENTICATE OAUTHBEARER ${base64(response)}`);
});

test('an app-only token opens any mailbox', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  await client.ok(`AUTHENTICATE XOAUTH2 ${xoauth2('any@contoso.com', await appToken(sandbox))}`);
  expect(await mailboxOf(sandbox, client)).toBe('any@contoso.com');
});

test('a token that is refused is refused with the reason as JSON', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const refused = { forged: '401', [await userToken(sandbox, smtpScope)]: '403' };
  for (const [token, status] of Object.entries(refused)) {
    await using client = await connectImap(sandbox);
    client.send(`a AUTHENTICATE XOAUTH2 ${xoauth2(user, token)}\r\n`);
    const challenge = (await client.next())?.replace(/^\+ /, '') ?? '';
    expect(JSON.parse(Buffer.from(challenge, 'base64').toString())).toEqual({
      status,
      schemes: 'bearer',
      scope: imapScope,
    });
    client.send('\r\n');
    expect(await client.next()).toBe('a NO AUTHENTICATE failed.');
    await client.ok(`LOGIN ${user} secret`);
  }
});

test('a token that is withdrawn or expired does not sign in', async () => {
  await using sandbox = await startSandbox();
  const token = await userToken(sandbox);
  sandbox.tokens.revoke(user, { accessTokens: true });
  await using client = await connectImap(sandbox);
  // As Exchange Online does, without a word about why.
  expect(await client.command(`AUTHENTICATE XOAUTH2 ${xoauth2(user, token)}`)).toEqual(['NO AUTHENTICATE failed.']);
});

test('AUTHENTICATE can be called off, and is BAD or NO where it makes no sense', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  client.send('a AUTHENTICATE XOAUTH2\r\n');
  expect(await client.next()).toBe('+ ');
  client.send('*\r\n');
  expect(await client.next()).toMatch(/^a BAD /);
  expect((await client.command('AUTHENTICATE GSSAPI')).at(-1)).toMatch(/^NO \[CANNOT\]/);
  expect((await client.command('AUTHENTICATE PLAIN !!!')).at(-1)).toMatch(/^BAD /);
  expect((await client.command('AUTHENTICATE PLAIN =')).at(-1)).toMatch(/^NO /);
  expect((await client.command('AUTHENTICATE PLAIN AAAA')).at(-1)).toMatch(/^NO /);
});
