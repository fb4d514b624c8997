import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { createTransport } from 'nodemailer';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { askForTokens, ewsScope, signedInSandbox, smtpScope, user } from './sandbox-sign-in.js';

interface TransportOptions {
  readonly auth?: object;
  readonly requireTLS?: boolean;
  readonly ignoreTLS?: boolean;
}

function transport({ smtp }: Sandbox, options: TransportOptions = {}) {
  // The certificate of the sandbox is nobody's.
  return createTransport({ ...smtp, ...options, tls: { rejectUnauthorized: false } });
}

const mail = { from: user, to: 'to@contoso.com', subject: 'Hello', text: 'A text' };

async function accessToken(sandbox: Sandbox, form: Record<string, string>): Promise<string> {
  return String((await askForTokens(sandbox, form)).body['access_token']);
}

test('takes mail without AUTH and delivers it to every envelope recipient', async () => {
  await using sandbox = await startSandbox();
  await transport(sandbox).sendMail({ ...mail, to: ['a@contoso.com', 'b+tag@contoso.com'], bcc: 'c@contoso.com' });
  for (const address of ['a@contoso.com', 'b@contoso.com', 'c@contoso.com']) {
    const [message] = sandbox.store.account(address).folder('inbox').messages;
    expect((await message?.parsed())?.subject).toBe('Hello');
  }
  expect(sandbox.store.account(user).folder('sentitems').messages).toHaveLength(0);
});

test('takes mail from a client that verifies certificates and upgrades when it can', async () => {
  await using sandbox = await startSandbox();
  await createTransport(sandbox.smtp).sendMail(mail);
  expect(sandbox.store.account('to@contoso.com').folder('inbox').messages).toHaveLength(1);
});

test('an account may have so many sessions at once, where that is asked for', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.maxSmtpConnections = 1;
  const auth = { user, pass: 'secret' };
  const kept = createTransport({ ...sandbox.smtp, auth, pool: true });
  await kept.sendMail(mail);
  await expect(transport(sandbox, { auth }).sendMail(mail)).rejects.toThrow(/432 4\.3\.2 Concurrent connections limit/);
  await transport(sandbox, { auth: { ...auth, user: 'other@contoso.com' } }).sendMail(mail);
  kept.close();
  await expect(async () => await transport(sandbox, { auth }).sendMail(mail)).toPass();
});

test('recipients do not see a Bcc header, the copy in Sent Items keeps it', async () => {
  await using sandbox = await startSandbox();
  const raw = `From: ${user}\r\nBCC: a@contoso.com,\r\n\tb@contoso.com\r\nSubject: Hello\r\n\r\nBcc: in the body\r\n`;
  const envelope = { from: user, to: 'a@contoso.com' };
  await transport(sandbox, { auth: { user, pass: 'secret' } }).sendMail({ raw, envelope });
  const [received] = sandbox.store.account('a@contoso.com').folder('inbox').messages;
  expect(received?.source.toString()).toMatch(/From: qa@contoso.com\r\nSubject: Hello\r\n\r\nBcc: in the body\r\n$/);
  const [sent] = sandbox.store.account(user).folder('sentitems').messages;
  expect(sent?.source.toString()).toContain('BCC: a@contoso.com');
  expect(sent?.flags).toContain('\\Seen');
});

for (const requireTLS of [true, false]) {
  test(`XOAUTH2 and PLAIN sign in ${requireTLS ? 'after STARTTLS' : 'in the clear'}`, async () => {
    const { sandbox, refreshToken } = await signedInSandbox({ requireSmtpAuth: true, mailServer: 'generic' });
    await using _ = sandbox;
    const tls = { requireTLS, ignoreTLS: !requireTLS };
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: smtpScope };
    const oauth2 = { type: 'OAuth2', user, accessToken: await accessToken(sandbox, form) };
    await transport(sandbox, { ...tls, auth: oauth2 }).sendMail(mail);
    await transport(sandbox, { ...tls, auth: { user, pass: 'secret', method: 'PLAIN' } }).sendMail(mail);
    await transport(sandbox, { ...tls, auth: { user, pass: 'secret', method: 'LOGIN' } }).sendMail(mail);
    expect(sandbox.store.account('to@contoso.com').folder('inbox').messages).toHaveLength(3);
    expect(sandbox.store.account(user).folder('sentitems').messages).toHaveLength(3);
  });
}

test('an app-only token sends as any user', async () => {
  await using sandbox = await startSandbox();
  const form = { grant_type: 'client_credentials', scope: 'https://outlook.office365.com/.default' };
  const auth = { type: 'OAuth2', user, accessToken: await accessToken(sandbox, form) };
  await transport(sandbox, { auth }).sendMail(mail);
  expect(sandbox.store.account(user).folder('sentitems').messages).toHaveLength(1);
});

test('refuses tokens of another user, another permission or nobody, and wrong passwords', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const refused = [
    {
      type: 'OAuth2',
      user: 'other@contoso.com',
      accessToken: await accessToken(sandbox, { ...form, scope: smtpScope }),
    },
    { type: 'OAuth2', user, accessToken: await accessToken(sandbox, { ...form, scope: ewsScope }) },
    { type: 'OAuth2', user, accessToken: 'forged' },
    { user, pass: 'wrong' },
  ];
  for (const auth of refused) {
    const failing = transport(sandbox, { auth }).sendMail(mail);
    await expect(failing).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 });
  }
  expect(sandbox.store.account('to@contoso.com').folder('inbox').messages).toHaveLength(0);
});

test('requireSmtpAuth takes nothing from clients that did not sign in', async () => {
  await using sandbox = await startSandbox({ requireSmtpAuth: true });
  await expect(transport(sandbox).sendMail(mail)).rejects.toMatchObject({ responseCode: 530 });
});

test('announces the size limit of Exchange Online and refuses more', async () => {
  await using sandbox = await startSandbox();
  const failing = transport(sandbox).sendMail({
    ...mail,
    envelope: { from: user, to: 'a@contoso.com', size: 157_286_401 },
  });
  await expect(failing).rejects.toThrow('Message size larger than allowed 157286400');
});

test('takes from who signed in no more than a mailbox may send, as smtp.office365.com does, once all of it is there', async () => {
  await using sandbox = await startSandbox();
  const auth = { user, pass: 'secret' };
  const envelope = { from: user, to: 'to@contoso.com' };
  const raw = `Subject: Large\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(38_000)}`;
  await expect(transport(sandbox, { auth }).sendMail({ raw, envelope })).rejects.toMatchObject({
    responseCode: 554,
    command: 'DATA',
    response: expect.stringMatching(
      /^554 5\.2\.3 MapiExceptionMaxSubmissionExceeded; Message size exceeds maximum size limit/,
    ),
  });
  for (const [address, role] of [
    ['to@contoso.com', 'inbox'],
    [user, 'sentitems'],
  ] as const)
    expect(sandbox.store.account(address).folder(role).messages).toEqual([]);
  await using generic = await startSandbox({ mailServer: 'generic' });
  await transport(generic, { auth }).sendMail({ raw, envelope });
  expect(generic.store.account('to@contoso.com').folder('inbox').messages).toHaveLength(1);
});

test('closes while a client is in the middle of STARTTLS', async () => {
  const sandbox = await startSandbox();
  const socket = connect(sandbox.smtp.port, sandbox.smtp.host);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  const answers = ['EHLO test\r\n', 'STARTTLS\r\n'];
  await new Promise<void>((resolve) => {
    socket.on('data', (data) => {
      if (data.toString().startsWith('220 2.0.0')) return resolve();
      socket.write(answers.shift() ?? '');
    });
  });
  await sandbox.close();
  await closed;
});
