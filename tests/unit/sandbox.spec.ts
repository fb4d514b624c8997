import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

const json = { 'Content-Type': 'application/json' };

test('delivers a composed mail to folder, tag and time as asked', async () => {
  await using sandbox = await startSandbox();
  const receivedAt = new Date('2026-01-02T03:04:05Z');
  await sandbox.deliver({
    to: ['Qa <qa+tag@contoso.com>', 'other@contoso.com'],
    subject: 'Grüße',
    html: '<p>Hi</p>',
    attachments: [{ filename: 'a.txt', content: 'attached' }],
    headers: { 'X-Test': 'yes' },
    folder: 'junkemail',
    receivedAt,
  });
  const [message] = sandbox.store.account(user).folder('junkemail').messages;
  expect(message?.receivedAt).toEqual(receivedAt);
  const mail = await message!.parsed();
  expect(mail.subject).toBe('Grüße');
  expect(mail.headers.get('x-test')).toBe('yes');
  expect(mail.attachments.map(({ content }) => content.toString())).toEqual(['attached']);
  expect(mail.from?.text).toBe('no-reply@contoso.com');
  expect(message?.source.toString()).toContain('for <qa+tag@contoso.com>');
  expect(sandbox.store.account('other@contoso.com').folder('junkemail').messages).toHaveLength(1);
});

test('says what it is and where its doors are', async () => {
  await using sandbox = await startSandbox();
  const html = await (await fetch(sandbox.url)).text();
  expect(html).toContain(`${sandbox.url}/EWS/Exchange.asmx`);
  expect(html).toContain(sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP']);
  expect((await fetch(`${sandbox.url}/nothing/here`)).status).toBe(404);
});

test('another program delivers mail and sets faults over HTTP', async () => {
  await using sandbox = await startSandbox();
  const post = async (path: string, body: unknown, headers: Record<string, string> = json) => {
    const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };

  const receivedAt = '2026-01-02T03:04:05.000Z';
  expect((await post('deliver', { to: user, subject: 'Hi', text: 'x', folder: 'junkemail', receivedAt })).status).toBe(
    204,
  );
  const [message] = sandbox.store.account(user).folder('junkemail').messages;
  expect(message?.receivedAt.toISOString()).toBe(receivedAt);

  expect(JSON.parse((await post('faults', { delay: 5, token: { code: 50173 } })).text)).toMatchObject({ delay: 5 });
  expect(sandbox.faults).toMatchObject({ delay: 5, token: { code: 50173 }, ewsDisabled: false });
  await post('faults', { token: null, delay: 0 });
  expect(sandbox.faults).toMatchObject({ delay: 0, token: undefined });

  const wrong = [
    post('faults', { dely: 5 }),
    post('faults', { delay: '5', ewsDisabled: true }),
    post('faults', { losePushes: 2 }),
    post('faults', []),
    post('deliver', { subject: 'Hi' }),
    post('deliver', { to: user, html: { path: '/etc/passwd' } }),
    post('deliver', { to: user, attachments: [{ path: '/etc/passwd' }] }),
    post('deliver', { to: user, folder: 'outbox' }),
    post('deliver', { to: user, receivedAt: 'yesterday' }),
  ];
  for (const { status, text } of await Promise.all(wrong)) {
    expect(status).toBe(400);
    expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(/^(faults|mail): /) });
  }
  expect(sandbox.faults.ewsDisabled).toBe(false);
  expect(sandbox.store.account(user).folder('inbox').messages).toHaveLength(0);
  expect((await post('faults', {}, { 'Content-Type': 'text/plain' })).status).toBe(415);
  expect((await fetch(`${sandbox.url}/sandbox/faults`, { method: 'PUT' })).status).toBe(405);
});

test('restarts on the same ports with the same mail, and cuts what was open', async () => {
  await using sandbox = await startSandbox();
  await sandbox.deliver({ to: user, subject: 'Kept' });
  const { url, smtp } = sandbox;
  const socket = connect(smtp.port, smtp.host);
  const cut = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('data', resolve));

  await sandbox.restart();
  await cut;
  expect(sandbox.url).toBe(url);
  expect(sandbox.smtp).toEqual(smtp);
  expect((await fetch(url)).status).toBe(200);
  expect(sandbox.store.account(user).folder('inbox').messages).toHaveLength(1);
});

test('close is idempotent and does not wait for requests', async () => {
  const sandbox = await startSandbox();
  sandbox.faults.delay = 3_600_000;
  const pending = fetch(`${sandbox.url}/contoso.com/discovery/v2.0/keys`).catch((error: unknown) => error);
  await fetch(sandbox.url);
  await Promise.all([sandbox.close(), sandbox.close()]);
  await sandbox.close();
  expect(await pending).toBeInstanceOf(TypeError);
  await expect(fetch(sandbox.url)).rejects.toThrow();
});

test('a port in use is one clear error, and nothing stays open', async () => {
  await using sandbox = await startSandbox();
  const starting = startSandbox({ smtpPort: sandbox.smtp.port });
  await expect(starting).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining(`127.0.0.1:${sandbox.smtp.port} for SMTP: the port is in use`),
  });
});

test('wrong options are all named, before anything starts', async () => {
  const options = {
    port: 70_000,
    passwort: 'x',
    accessTokenLifetime: -1,
    apps: [{ clientId: 'a', certificates: ['x'] }],
  };
  const starting = startSandbox(options);
  await expect(starting).rejects.toMatchObject({
    code: 'CONFIGURATION',
    advice: [
      "The option 'port' has to be a whole number from 0 to 65535.",
      expect.stringContaining("There is no option 'passwort'"),
      "The option 'accessTokenLifetime' has to be a number of seconds, 0 or more.",
      expect.stringContaining("The option 'apps'"),
    ],
  });
});

test('the store removes a message wherever it stands in its folder', async () => {
  await using sandbox = await startSandbox();
  const inbox = sandbox.store.account(user).folder('inbox');
  const source = Buffer.from('Subject: x\r\n\r\n');
  const [a, b, c, d] = [0, 1, 2, 3].map(() => inbox.add({ source }));
  inbox.remove(b!);
  inbox.remove(d!);
  inbox.remove(b!);
  expect(inbox.messages).toEqual([a, c]);
  expect(inbox.above(a!.uid)).toEqual([c]);
  inbox.remove(a!);
  expect(inbox.messages).toEqual([c]);
});

test('EWS is behind the same address', async () => {
  await using sandbox = await startSandbox();
  const response = await fetch(`${sandbox.url}/EWS/Exchange.asmx`, { method: 'POST' });
  expect(response.status).toBe(401);
});
