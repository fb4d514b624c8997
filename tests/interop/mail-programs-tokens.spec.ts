import { execFile, type ExecFileOptions } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { needsProgram } from '../support/needs-program.js';

const run = promisify(execFile);
const standardFolders = ['Archive', 'Deleted Items', 'Drafts', 'INBOX', 'Junk Email', 'Sent Items'];

/** One for all, as strict as smtp.office365.com; each program has a mailbox of its own. */
let sandbox: Sandbox;
let token: string;

test.beforeAll(async () => {
  sandbox = await startSandbox({ requireSmtpAuth: true });
  const form = { client_id: 'sandbox', client_secret: 'sandbox', grant_type: 'client_credentials' };
  const body = new URLSearchParams({ ...form, scope: 'https://outlook.office365.com/.default' });
  const answer = await fetch(`${sandbox.url}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
  token = ((await answer.json()) as { access_token: string }).access_token;
});
test.afterAll(() => sandbox.close());

for (const program of ['mutt', 'neomutt']) {
  test(`${program} signs in with a token, sends after STARTTLS, reads, and moves a mail away`, async () => {
    needsProgram(program, { args: ['-v'] });
    const user = await mailboxOf(program);
    const [settings, copy] = [await file('muttrc', muttSettings(user, await files())), pathOf('copy.mbox')];
    const mutt = (...args: readonly string[]) => ['-F', settings, '-n', ...args];
    const to = `to-${program}@contoso.com`;
    await finish(run(program, mutt('-s', 'Grüße', '-a', settings, '--', to), env()), 'A text\n');
    expect(await mailsIn(to)).toEqual(['Grüße']);
    expect(await mailsIn(user, 'sentitems')).toEqual(['Grüße']);

    const keys = `<first-entry><copy-message>${copy}<enter><save-message>=Done<enter><sync-mailbox><quit>`;
    const command = [program, ...mutt('-e', `push "${keys}"`)].map((word) => `'${word}'`).join(' ');
    // It wants a terminal.
    await finish(run('script', ['-qec', command, pathOf('typescript')], env()), '');
    expect(await readFile(copy, 'utf8')).toMatch(/^Subject: One$/m);
    expect(await mailsIn(user)).toEqual(['Two']);
  });
}

test('offlineimap signs in with a token and brings both sides to the same state', async () => {
  needsProgram('offlineimap', { debian: 'offlineimap3' });
  const user = await mailboxOf('offlineimap');
  const near = pathOf('mail');
  const settings = await file('offlineimaprc', offlineimapSettings(user, near, await files()));
  const sync = () => run('offlineimap', ['-c', settings, '-o', '-u', 'quiet'], env());
  await sync();
  expect((await readdir(near)).toSorted()).toEqual(standardFolders);
  const received = await readdir(join(near, 'INBOX/new'));
  expect(received).toHaveLength(2);
  await rm(join(near, 'INBOX/new', received[0]!));
  await writeFile(join(near, 'Drafts/new/1.written.here'), 'Subject: Draft\n\nwritten here\n');
  await sync();
  expect(await mailsIn(user)).toHaveLength(1);
  expect(await mailsIn(user, 'drafts')).toEqual(['Draft']);
});

test('getmail signs in with a token and fetches each mail once', async () => {
  needsProgram('getmail', { debian: 'getmail6' });
  const user = await mailboxOf('getmail');
  const { tokenFile, ca } = await files();
  const mailbox = pathOf('mbox');
  const retriever = ['type = SimpleIMAPSSLRetriever', 'server = localhost', `port = ${sandbox.imap.tlsPort}`];
  const signIn = [`username = ${user}`, 'use_xoauth2 = true', `password_command = ("cat", "${tokenFile}")`];
  // As root it delivers by a command alone.
  const command = ['type = MDA_external', 'path = /usr/bin/tee', `arguments = ("-a", "${mailbox}")`];
  const destination = ['[destination]', ...command, 'allow_root_commands = true'];
  const lines = ['[retriever]', ...retriever, ...signIn, `ca_certs = ${ca}`, ...destination];
  await file('getmailrc', [...lines, '[options]', 'read_all = false', ''].join('\n'));
  const getmail = () => finish(run('getmail', ['--getmaildir', pathOf('.')], env()), '');
  expect(await getmail()).toContain('2 messages');
  expect(await getmail()).toContain('0 messages');
  expect((await readFile(mailbox, 'utf8')).match(/^Subject: .*$/gm)).toEqual(['Subject: One', 'Subject: Two']);
});

test('msmtp and curl hand mails in with a token, after STARTTLS', async () => {
  needsProgram('msmtp');
  needsProgram('curl');
  const { tokenFile, ca } = await files();
  const { port } = sandbox.smtp;
  const [user, to] = ['msmtp@contoso.com', 'to-msmtp@contoso.com'];
  const signIn = ['auth xoauth2', `user ${user}`, `passwordeval cat ${tokenFile}`, `from ${user}`];
  const tls = ['tls on', 'tls_starttls on', `tls_trust_file ${ca}`, ''];
  const lines = ['account default', 'host localhost', `port ${port}`, ...signIn, ...tls];
  const settings = await file('msmtprc', lines.join('\n'));
  await finish(run('msmtp', ['-C', settings, to], env()), 'Subject: By msmtp\n\nA text\n');
  const mail = await file('mail.eml', 'Subject: By curl\r\n\r\nA text\r\n');
  const bearer = ['-u', `${user}:`, '--oauth2-bearer', token, '--cacert', ca, '--ssl-reqd', '-T', mail];
  const envelope = ['--mail-from', user, '--mail-rcpt', to];
  await run('curl', ['-q', '-sS', '--noproxy', '*', ...bearer, ...envelope, `smtp://localhost:${port}`]);
  expect(await mailsIn(to)).toEqual(['By msmtp', 'By curl']);
});

test("Python's imaplib and smtplib sign in with a token", async () => {
  needsProgram('/usr/bin/python3', { debian: 'python3', args: ['-c', 'import imaplib, smtplib, ssl'] });
  const user = await mailboxOf('python');
  const ports = [String(sandbox.imap.tlsPort), String(sandbox.smtp.port)];
  expect(
    await stepsOf('/usr/bin/python3', '-I', script('python_tokens.py'), user, ...ports, (await files()).ca),
  ).toEqual([
    { step: 'sign in', status: 'OK' },
    { step: 'select', count: ['2'] },
    { step: 'authenticate', code: 235 },
    { step: 'send', refused: {} },
  ]);
  expect(await mailsIn('python@contoso.com', 'sentitems')).toEqual(['By smtplib']);
});

test("Perl's Mail::IMAPClient signs in with a token, reads, marks, moves, and keeps folders", async () => {
  const modules = ['-MMail::IMAPClient', '-MIO::Socket::SSL', '-e', '1'];
  needsProgram('perl', { debian: 'libmail-imapclient-perl libio-socket-ssl-perl', args: modules });
  const user = await mailboxOf('perl');
  const port = String(sandbox.imap.tlsPort);
  expect(await stepsOf('perl', script('mail_imapclient.pl'), user, port, (await files()).ca)).toEqual([
    { step: 'folders', names: standardFolders },
    { step: 'read', text: expect.stringContaining('A text'), unseen: 2 },
    { step: 'mark', unseen: 1 },
    { step: 'move', there: 2 },
    { step: 'folders', names: standardFolders },
    { step: 'refuse', isRefused: 1 },
  ]);
  expect(await mailsIn(user)).toEqual(['Two']);
});

test("Ruby's net-imap signs in with a token, appends, fetches, expunges, and is refused with a forged one", async () => {
  needsProgram('ruby', { args: ['-rnet/imap', '-e', '1'] });
  const user = await mailboxOf('ruby');
  const port = String(sandbox.imap.tlsPort);
  expect(await stepsOf('ruby', script('net_imap.rb'), user, port, (await files()).ca)).toEqual([
    { step: 'folders', names: standardFolders },
    {
      step: 'fetch',
      subject: 'Appended',
      flags: expect.arrayContaining(['Seen']),
      date: '27-Nov-2026 00:00:00 +0000',
      type: 'TEXT',
    },
    { step: 'expunge', gone: [1] },
    { step: 'refuse', message: expect.stringContaining('AUTHENTICATE failed.') },
  ]);
});

/** A mailbox with two mails. */
async function mailboxOf(program: string): Promise<string> {
  const user = `${program}@contoso.com`;
  for (const subject of ['One', 'Two']) await sandbox.deliver({ to: user, subject, text: 'A text' });
  return user;
}

async function mailsIn(
  address: string,
  folder: 'inbox' | 'sentitems' | 'drafts' = 'inbox',
): Promise<(string | undefined)[]> {
  const { messages } = sandbox.store.account(address).folder(folder);
  return (await Promise.all(messages.map((message) => message.parsed()))).map(({ subject }) => subject);
}

function pathOf(name: string): string {
  return test.info().outputPath(name);
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(pathOf(name), content, { mode: 0o600 });
  return pathOf(name);
}

interface Files {
  readonly tokenFile: string;
  readonly ca: string;
}

async function files(): Promise<Files> {
  return { tokenFile: await file('token', token), ca: await file('ca.pem', sandbox.ca) };
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Nobody's own settings count. */
function env(): ExecFileOptions {
  return { env: { PATH: process.env['PATH'], HOME: pathOf('.'), TERM: 'xterm', LANG: 'C.UTF-8' } };
}

async function finish(running: ReturnType<typeof run>, input: string): Promise<string> {
  running.child.stdin?.end(input);
  return String((await running).stdout);
}

/** What a script says that gets the token, a line of JSON a step. */
async function stepsOf(program: string, ...args: readonly string[]): Promise<unknown[]> {
  const said = await finish(run(program, args, env()), token);
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

function muttSettings(user: string, { tokenFile, ca }: Files): string {
  const address = encodeURIComponent(user);
  return [
    `set from="${user}" use_envelope_from=yes record="" copy=no`,
    `set folder="imaps://${address}@localhost:${sandbox.imap.tlsPort}/" spoolfile="+INBOX" mbox_type=mbox`,
    `set smtp_url="smtp://${address}@localhost:${sandbox.smtp.port}/" ssl_starttls=yes`,
    `set imap_authenticators=xoauth2 imap_oauth_refresh_command="cat ${tokenFile}"`,
    `set smtp_authenticators=xoauth2 smtp_oauth_refresh_command="cat ${tokenFile}"`,
    `set certificate_file="${ca}" charset=utf-8`,
    'set confirmappend=no confirmcreate=no delete=yes quit=yes wait_key=no',
    '',
  ].join('\n');
}

function offlineimapSettings(user: string, near: string, { ca }: Files): string {
  return [
    '[general]',
    'accounts = sandbox',
    `metadata = ${pathOf('metadata')}`,
    '[Account sandbox]',
    'localrepository = near',
    'remoterepository = far',
    '[Repository near]',
    'type = Maildir',
    `localfolders = ${near}`,
    '[Repository far]',
    'type = IMAP',
    'remotehost = localhost',
    `remoteport = ${sandbox.imap.tlsPort}`,
    `remoteuser = ${user}`,
    'ssl = yes',
    `sslcacertfile = ${ca}`,
    'auth_mechanisms = XOAUTH2',
    `oauth2_access_token = ${token}`,
    '',
  ].join('\n');
}
