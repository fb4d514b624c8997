import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { needsProgram } from '../support/needs-program.js';

const user = 'qa@contoso.com';
const python = '/usr/bin/python3';
const run = promisify(execFile);

test('imapflow is pushed mail, reads it, sorts it away and keeps folders', async () => {
  await using sandbox = await startSandbox();
  const client = await connectFlow(sandbox, { auth: { user, pass: 'secret' } });
  expect(client.secureConnection).toBe(true);
  await client.mailboxOpen('INBOX');
  const pushed = new Promise((resolve) => client.once('exists', resolve));
  const idling = client.idle();
  await sandbox.deliver({
    to: user,
    subject: 'Grüße',
    text: 'A text',
    attachments: [{ filename: 'ü.txt', content: 'x' }],
  });
  expect(await pushed).toMatchObject({ path: 'INBOX', count: 1, prevCount: 0 });

  const query = { uid: true, envelope: true, bodyStructure: true, source: true, flags: true } as const;
  const message = await client.fetchOne('1', query, { uid: true });
  if (!message) throw new Error('There is no message');
  expect(message.envelope).toMatchObject({ subject: 'Grüße', to: [{ address: user }] });
  expect(message.bodyStructure?.childNodes?.map(({ type }) => type)).toEqual(['text/plain', 'text/plain']);
  expect(message.bodyStructure?.childNodes?.[1]?.dispositionParameters).toEqual({ filename: 'ü.txt' });
  expect(message.source?.toString()).toContain('A text');
  await idling;

  await client.mailboxCreate(['Tëst & co', 'Sub']);
  await client.messageFlagsAdd('1', ['\\Flagged'], { uid: true });
  expect(await client.messageMove('1', 'Tëst & co/Sub', { uid: true })).toMatchObject({ uidMap: new Map([[1, 1]]) });
  expect(await client.status('Tëst & co/Sub', { messages: true, unseen: true })).toMatchObject({
    messages: 1,
    unseen: 1,
  });
  const listed = (await client.list()).map(({ path, specialUse }) => [path, specialUse]);
  expect(listed).toEqual(
    expect.arrayContaining([
      ['Sent Items', '\\Sent'],
      ['Tëst & co/Sub', undefined],
    ]),
  );
  await client.logout();
});

test('imapflow signs in with a token, and shows why one is refused, where the server says it', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const form = { client_id: 'sandbox', client_secret: 'sandbox', grant_type: 'client_credentials' };
  const body = new URLSearchParams({ ...form, scope: 'https://outlook.office365.com/.default' });
  const answer = await fetch(`${sandbox.url}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
  const { access_token: accessToken } = (await answer.json()) as { access_token: string };
  const tls = { port: sandbox.imap.tlsPort, secure: true };
  const client = await connectFlow(sandbox, { ...tls, auth: { user, accessToken } });
  expect(client.authenticated).toBeTruthy();
  await client.logout();
  const refused = connectFlow(sandbox, { ...tls, auth: { user, accessToken: 'forged' } });
  await expect(refused).rejects.toMatchObject({ authenticationFailed: true, oauthError: { status: '401' } });
});

test("Python's imaplib reads, searches, stores, copies, moves and expunges", async () => {
  needsProgram(python, { debian: 'python3', args: ['-c', 'import imaplib, ssl'] });
  await using sandbox = await startSandbox();
  await sandbox.deliver({ to: user, subject: 'Grüße', text: 'A text' });
  await using folder = await temporaryFolder();
  const ca = join(folder.path, 'ca.pem');
  await writeFile(ca, sandbox.ca);
  const { host, port, tlsPort } = sandbox.imap;
  const script = fileURLToPath(new URL('imaplib_client.py', import.meta.url));
  const { stdout } = await run(python, ['-I', script, host, String(port), String(tlsPort), ca]);
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(steps).toEqual([
    { step: 'select', count: ['1'] },
    { step: 'list', folders: 6, junk: ['(\\HasNoChildren \\Junk) "/" "Junk Email"'] },
    { step: 'search', unseen: ['1'] },
    { step: 'search utf-8', found: ['1'] },
    { step: 'peek', header: 'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n', unseen: ['1'] },
    { step: 'read', text: true, flags: ' FLAGS (\\Seen \\Recent))' },
    { step: 'store', flags: ['1 (FLAGS (\\Seen \\Flagged \\Recent))'] },
    { step: 'append', status: 'OK' },
    { step: 'copy', status: 'OK' },
    { step: 'move', status: 'OK' },
    { step: 'status', projects: ['"Projects" (MESSAGES 3 UNSEEN 0)'] },
    { step: 'expunge', gone: ['3', '2', '1'] },
    { step: 'logout', answer: 'BYE' },
    { step: 'refuse', error: expect.stringContaining('AUTHENTICATE failed.') },
  ]);
});

test('curl lists, searches, fetches and uploads', async () => {
  const { stdout: version } = spawnSync('curl', ['--version'], { encoding: 'utf8' });
  const isInstalled = / imaps /.test(version ?? '');
  test.skip(!isInstalled && !process.env['CI'], 'curl is missing: apt-get install curl');
  await using sandbox = await startSandbox();
  await sandbox.deliver({ to: user, subject: 'Hello', text: 'A text' });
  await using folder = await temporaryFolder();
  const [ca, mail] = [join(folder.path, 'ca.pem'), join(folder.path, 'mail.eml')];
  await writeFile(ca, sandbox.ca);
  await writeFile(mail, 'Subject: Up\r\n\r\nloaded\r\n');
  const { host, port, tlsPort } = sandbox.imap;
  const curl = async (...args: readonly string[]) =>
    (await run('curl', ['-q', '-sS', '--noproxy', '*', '--cacert', ca, '-u', `${user}:secret`, ...args])).stdout;
  const [plain, encrypted] = [`imap://${host}:${port}`, `imaps://${host}:${tlsPort}`];

  expect(await curl(`${plain}/`)).toMatch(/^\* LIST \(.*\\HasNoChildren\) "\/" INBOX\r$/m);
  expect(await curl('--ssl-reqd', `${plain}/INBOX?SUBJECT%20Hello`)).toContain('* SEARCH 1');
  expect(await curl(`${encrypted}/INBOX;UID=1`)).toContain('A text');
  expect(await curl(`${encrypted}/INBOX;UID=1;SECTION=HEADER.FIELDS%20(SUBJECT)`)).toContain('Subject: Hello');
  await curl('-T', mail, `${encrypted}/Drafts`);
  expect(await curl(`${plain}/Drafts;UID=1`)).toBe('Subject: Up\r\n\r\nloaded\r\n');
});

test('mbsync brings both sides to the same state', async () => {
  needsProgram('mbsync', { debian: 'isync' });
  await using sandbox = await startSandbox();
  const account = sandbox.store.account(user);
  for (const subject of ['One', 'Two']) await sandbox.deliver({ to: user, subject });
  await using folder = await temporaryFolder();
  const [ca, config, near] = ['ca.pem', 'mbsyncrc', 'mail'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(near);
  await writeFile(ca, sandbox.ca);
  // It compares names, not addresses, with the certificate.
  await writeFile(
    config,
    `IMAPAccount sandbox
Host localhost
Port ${sandbox.imap.port}
User ${user}
Pass secret
SSLType STARTTLS
CertificateFile ${ca}

IMAPStore far
Account sandbox

MaildirStore near
Path ${near}/
Inbox ${near}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
SyncState *
`,
  );
  const sync = () => run('mbsync', ['-c', config, 'all']);
  const mailIn = async (path: string) => (await readdir(join(near, path))).filter((name) => !name.startsWith('.'));

  await sync();
  expect(await readdir(near)).toEqual(expect.arrayContaining(['INBOX', 'Sent Items', 'Junk Email']));
  const received = await mailIn('INBOX/new');
  expect(received).toHaveLength(2);
  const subjects = await Promise.all(received.map((name) => readFile(join(near, 'INBOX/new', name), 'utf8')));
  expect(new Set(subjects.map((source) => /^Subject: (.*)$/m.exec(source)?.[1]))).toEqual(new Set(['One', 'Two']));

  await rm(join(near, 'INBOX/new', received[0]!));
  await writeFile(join(near, 'Drafts/new/1.written.here'), 'Subject: Draft\n\nwritten here\n');
  await sync();
  expect(account.folder('inbox').messages).toHaveLength(1);
  expect(account.folder('drafts').messages.map(({ source }) => source.toString())).toEqual([
    expect.stringContaining('written here'),
  ]);
});

async function connectFlow({ imap, ca }: Sandbox, options: Partial<ImapFlowOptions>): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: false,
    logger: false,
    tls: { ca },
    ...options,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'imap-client-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
