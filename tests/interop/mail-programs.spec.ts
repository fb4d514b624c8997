import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { needsProgram } from '../support/needs-program.js';

const user = 'qa@contoso.com';
const run = promisify(execFile);

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox();
});
test.afterAll(() => sandbox.close());

async function settings(name: string, content: string): Promise<string> {
  const path = test.info().outputPath(name);
  await writeFile(path, content);
  // fetchmail reads no settings that others may read.
  await chmod(path, 0o600);
  return path;
}

async function subjectsOf(address: string): Promise<(string | undefined)[]> {
  const { messages } = sandbox.store.account(address).folder('inbox');
  return (await Promise.all(messages.map((message) => message.parsed()))).map(({ subject }) => subject);
}

test('swaks signs in and hands a mail with an attachment in', async () => {
  needsProgram('swaks');
  const { host, port } = sandbox.smtp;
  const mail = ['--from', user, '--to', 'swaks@contoso.com', '--header', 'Subject: By swaks', '--attach', 'a file'];
  const auth = ['--auth', 'LOGIN', '--auth-user', user, '--auth-password', 'secret'];
  await run('swaks', ['--server', `${host}:${port}`, ...auth, ...mail]);
  expect(await subjectsOf('swaks@contoso.com')).toEqual(['By swaks']);
});

test('msmtp hands a mail in', async () => {
  needsProgram('msmtp');
  const { host, port } = sandbox.smtp;
  const lines = [`host ${host}`, `port ${port}`, 'auth plain', `user ${user}`, 'password secret', `from ${user}`];
  const config = await settings('msmtprc', ['account default', ...lines, 'tls off', ''].join('\n'));
  const sending = run('msmtp', ['-C', config, 'msmtp@contoso.com']);
  sending.child.stdin?.end(`From: ${user}\nTo: msmtp@contoso.com\nSubject: By msmtp\n\nA text\n`);
  await sending;
  expect(await subjectsOf('msmtp@contoso.com')).toEqual(['By msmtp']);
});

test('fetchmail fetches the mails there are, and leaves them read', async () => {
  needsProgram('fetchmail');
  const address = 'fetchmail@contoso.com';
  for (const subject of ['One', 'Two']) await sandbox.deliver({ to: address, subject });
  const { host, port } = sandbox.imap;
  const mailbox = test.info().outputPath('mbox');
  const account = `user "${address}" password "secret" keep sslproto "" mda "cat >> ${mailbox}"`;
  const config = await settings('fetchmailrc', `poll ${host} protocol imap port ${port}\n  ${account}\n`);
  const pid = test.info().outputPath('fetchmail.pid');
  await run('fetchmail', ['-f', config, '--pidfile', pid, '--nosyslog', '-a']);
  expect((await readFile(mailbox, 'utf8')).match(/^Subject: .*$/gm)).toEqual(['Subject: One', 'Subject: Two']);
  const { messages } = sandbox.store.account(address).folder('inbox');
  expect(messages.map(({ flags }) => flags.has('\\Seen'))).toEqual([true, true]);
});
