import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { SmtpClient } from './sandbox-smtp-client.js';
import { user } from './sandbox-sign-in.js';

/** One for all: every test sends to an address of its own. */
let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox();
});
test.afterAll(() => sandbox.close());

async function greeted(of = sandbox): Promise<SmtpClient> {
  const client = new SmtpClient(of);
  await client.reply();
  await client.say('EHLO client.contoso.com');
  return client;
}

async function sourcesAt(address: string): Promise<string[]> {
  return sandbox.store
    .account(address)
    .folder('inbox')
    .messages.map(({ source }) => source.toString());
}

const extensions = ['8BITMIME', 'BINARYMIME', 'CHUNKING', 'SMTPUTF8'];

function hello(...signIn: string[]): string {
  const names = ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES', ...signIn, ...extensions];
  const lines = ['sandbox.invalid Hello [127.0.0.1]', ...names];
  return lines.map((line, index) => `250${index < lines.length - 1 ? '-' : ' '}${line}`).join('\n');
}

test('with requireSmtpAuth it is as smtp.office365.com: AUTH after STARTTLS, and no mail without', async () => {
  await using strict = await startSandbox({ requireSmtpAuth: true });
  await using client = new SmtpClient(strict);
  expect(await client.reply()).toMatch(
    /^220 sandbox\.invalid Microsoft ESMTP MAIL Service ready at \w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000 \[[0-9A-F]{16}\]$/,
  );
  expect(await client.say('EHLO client.contoso.com')).toEqual([hello('STARTTLS')]);
  expect(await client.say(`MAIL FROM:<${user}>`)).toEqual([
    expect.stringMatching(
      /^530 5\.7\.57 Client not authenticated to send mail\. \[sandbox\.invalid \S+Z [0-9A-F]{16}\]$/,
    ),
  ]);
  expect(await client.say('STARTTLS')).toEqual(['220 2.0.0 SMTP server ready']);
  client.startTls(strict.ca);
  expect(await client.say('EHLO client.contoso.com')).toEqual([hello('AUTH LOGIN XOAUTH2')]);
  const [login, password] = [user, 'secret'].map((text) => btoa(text));
  expect(await client.say('AUTH PLAIN', 'AUTH LOGIN', login!, btoa('wrong'), 'AUTH LOGIN', login!, password!)).toEqual([
    '504 5.7.4 Unrecognized authentication type',
    '334 VXNlcm5hbWU6',
    '334 UGFzc3dvcmQ6',
    expect.stringMatching(/^535 5\.7\.3 Authentication unsuccessful \[/),
    '334 VXNlcm5hbWU6',
    '334 UGFzc3dvcmQ6',
    '235 2.7.0 Authentication successful',
  ]);
  expect(await client.say(`MAIL FROM:<${user}> SIZE=100`, 'RCPT TO:<to@contoso.com>', 'DATA')).toEqual([
    '250 2.1.0 Sender OK',
    '250 2.1.5 Recipient OK',
    '354 Start mail input; end with <CRLF>.<CRLF>',
  ]);
  expect(await client.say('Subject: x\r\n\r\nx\r\n.', 'QUIT')).toEqual([
    '250 2.0.0 OK [Hostname=sandbox.invalid]',
    '221 2.0.0 Service closing transmission channel',
  ]);
  expect(await client.reply()).toBeUndefined();
});

test('as a relay for development it offers sign-in in the clear, and no STARTTLS', async () => {
  await using client = new SmtpClient(sandbox);
  await client.reply();
  expect(await client.say('EHLO client.contoso.com')).toEqual([hello('AUTH LOGIN PLAIN XOAUTH2')]);
});

test('takes chunks (BDAT), octet by octet, and commands in a row (PIPELINING)', async () => {
  await using client = await greeted();
  const chunks = ['Subject: Chunks\r\n', '\r\n.\r\n..\0\xff\r\n'].map((text) => Buffer.from(text, 'latin1'));
  client.send(`MAIL FROM:<${user}> BODY=BINARYMIME\r\nRCPT TO:<bdat@contoso.com>\r\nBDAT ${chunks[0]!.length}\r\n`);
  client.send(chunks[0]!);
  client.send(`BDAT ${chunks[1]!.length} LAST\r\n`);
  client.send(chunks[1]!);
  const replies = [];
  for (let index = 0; index < 4; index++) replies.push(await client.reply());
  expect(replies.map((reply) => reply?.slice(0, 9))).toEqual(['250 2.1.0', '250 2.1.5', '250 2.0.0', '250 2.0.0']);
  const [message] = sandbox.store.account('bdat@contoso.com').folder('inbox').messages;
  expect(message?.source.subarray(-chunks[1]!.length)).toEqual(chunks[1]);
});

test('a chunk that nobody is to get is read all the same', async () => {
  await using client = await greeted();
  client.send('BDAT 6 LAST\r\nNOOP\r\nRSET\r\n');
  expect(await client.reply()).toMatch(/^503 5\.5\.2 /);
  expect(await client.reply()).toBe('250 2.0.0 Resetting');
});

test('a mail ends with its dot alone, whichever way it is cut, and keeps the dots at the heads of its lines', async () => {
  for (const [number, cut] of [1, 2, 3, 1000].entries()) {
    await using client = await greeted();
    const to = `dots${number}@contoso.com`;
    await client.say(`MAIL FROM:<${user}>`, `RCPT TO:<${to}>`, 'DATA');
    const wire = '..a\r\n\r\n...\r\n\n.\n\r\n.\r\nNOOP\r\n';
    for (let at = 0; at < wire.length; at += cut) client.send(wire.slice(at, at + cut));
    expect(await client.reply()).toMatch(/^250 2\.0\.0 OK/);
    expect(await client.reply()).toBe('250 2.0.0 OK');
    expect((await sourcesAt(to))[0]).toMatch(/\.a\r\n\r\n\.\.\r\n\n\.\n\r\n$/);
  }
});

test('knows the parameters of SIZE, 8BITMIME, SMTPUTF8 and DSN, and no others', async () => {
  await using client = await greeted();
  const sender = `MAIL FROM:<${user}>`;
  const recipient = 'RCPT TO:<grüße@contoso.com>';
  expect(
    await client.say(
      `${sender} SIZE=157286401`,
      `${sender} BODY=9BIT`,
      `${sender} X=1`,
      `${sender} SIZE=1 SIZE=1`,
      'MAIL FROM:nobody',
      recipient,
      `${sender} SIZE=5 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+20b`,
      sender,
      `${recipient} NOTIFY=SUCCESS,FAILURE ORCPT=utf-8;a@contoso.com`,
      `${recipient} NOTIFY=ALWAYS`,
      'RCPT TO:<nobody>',
      'WHAT',
    ),
  ).toEqual([
    '552 5.3.4 Message size exceeds fixed maximum message size',
    '501 5.5.4 Invalid arguments',
    '501 5.5.4 Invalid arguments',
    '501 5.5.4 Invalid arguments',
    '501 5.5.4 Invalid arguments - expected FROM:<address>',
    '503 5.5.2 Need mail command',
    '250 2.1.0 Sender OK',
    '503 5.5.2 Sender already specified',
    '250 2.1.5 Recipient OK',
    '501 5.5.4 Invalid arguments',
    '501 5.1.3 Invalid address',
    expect.stringMatching(/^500 5\.3\.3 Unrecognized command 'WHAT' \[/),
  ]);
  await client.say('DATA', 'Subject: x\r\n\r\nx\r\n.');
  expect(await sourcesAt('grüße@contoso.com')).toHaveLength(1);
});

test('takes an address whose part before the at sign is in quotes, with blanks', async () => {
  await using client = await greeted();
  await client.say(`MAIL FROM:<${user}>`);
  const address = '"ada \\"the first\\" lovelace"@contoso.com';
  expect(await client.say(`RCPT TO:<${address}>`)).toEqual([expect.stringMatching(/^250 2\.1\.5 /)]);
  expect(await client.say('RCPT TO:<"ada lovelace@contoso.com>')).toEqual([expect.stringMatching(/^501 5\./)]);
  await client.say('DATA');
  await client.say('Subject: Quoted\r\n\r\nx\r\n.');
  expect(await sourcesAt(address)).toEqual([expect.stringContaining('Subject: Quoted')]);
});

test('hangs up on who makes no sense, and on forms of web pages', async () => {
  await using talker = await greeted();
  for (let index = 0; index < 10; index++) talker.send('WHAT\r\n');
  for (let index = 0; index < 10; index++) expect(await talker.reply()).toMatch(/^500 /);
  expect(await talker.reply()).toMatch(/^421 4\.7\.0 /);
  expect(await talker.reply()).toBeUndefined();
  await using form = new SmtpClient(sandbox);
  await form.reply();
  form.send('POST / HTTP/1.1\r\n\r\nMAIL FROM:<a@contoso.com>\r\n');
  expect(await form.reply()).toBe('421 4.7.0 This is SMTP, not HTTP.');
  expect(await form.reply()).toBeUndefined();
});
