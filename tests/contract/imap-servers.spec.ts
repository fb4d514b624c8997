import { expect, test as base } from '@playwright/test';
import type { ImapDefinition } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import type { Connection } from '../../src/mail/connection.js';
import { dovecotMissing, hasDovecot, maildir } from '../support/dovecot.js';
import { startDovecotServer, type DovecotServer } from './dovecot-server.js';

/** What IMAP servers do differently, shown by a Dovecot that is told to. */
const test = base.extend<{ settings: string; server: DovecotServer }>({
  settings: ['', { option: true }],
  server: async ({ settings }, use) => {
    await using server = await startDovecotServer(settings);
    await use(server);
  },
});

test.skip(!hasDovecot() && !process.env['CI'], dovecotMissing);

const timeout = 20_000;

function open(server: DovecotServer, changes: Partial<ImapDefinition>): Promise<Connection> {
  return openConnection('dovecot', { ...server.definition, ...changes }, {});
}

test.describe('a server that loses its indexes', () => {
  test.use({ settings: maildir });

  test('a folder whose messages get new UIDs in mid-wait loses nothing, and gives nothing twice', async ({
    server,
  }) => {
    await using connection = await server.connect();
    await using mailbox = await connection.mailbox(undefined, { timeout });
    await server.deliver({ to: mailbox.address, subject: 'Before' });
    await mailbox.waitForMessage({ subject: 'Before' });
    const waiting = mailbox.waitForMessage();
    await server.restart(async ({ fill, renumber }) => {
      await fill(server.account, [`To: ${mailbox.address}\r\nSubject: Meanwhile\r\n\r\nHello\r\n`]);
      await renumber(server.account);
    });
    expect((await waiting).subject).toBe('Meanwhile');
    await server.deliver({ to: mailbox.address, subject: 'After' });
    expect((await mailbox.waitForMessage()).subject).toBe('After');
    expect(await mailbox.find()).toHaveLength(3);
  });
});

test('folders are found by their names in the mailbox, below each other, in any script and case', async ({
  server,
}) => {
  await server.withClient(async (client) => {
    await client.mailboxCreate(['Projects', 'Größe & Gewicht 日本']);
  });
  await using connection = await server.connect();
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await server.deliver({ to: mailbox.address, subject: 'Moved' });
  await (await mailbox.waitForMessage()).moveTo(['Projects', 'Größe & Gewicht 日本']);
  const found = await mailbox.find({}, { folder: ['projects', 'größe & gewicht 日本'] });
  expect(found).toMatchObject([{ subject: 'Moved' }]);
  await expect(mailbox.find({}, { folder: ['Projects', 'Beta'] })).rejects.toThrow(
    /Projects \/ Beta .* does not exist\.\s+- there is no Projects \/ Beta .*: there are INBOX.*Projects \/ Größe & Gewicht 日本/,
  );
});

test('STARTTLS and a password are good too', async ({ server }) => {
  const auth = { type: 'basic', password: server.dovecot.password } as const;
  await using connection = await open(server, { port: server.dovecot.imapPort, security: 'starttls', auth });
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await mailbox.send({ to: mailbox.address, subject: 'Hello', text: 'Hello' });
  expect((await mailbox.waitForMessage()).subject).toBe('Hello');
});

test('a certificate that is not trusted is refused, with what to do', async ({ server }) => {
  for (const changes of [{}, { port: server.dovecot.imapPort, security: 'starttls' }] as const) {
    const opening = open(server, { ...changes, tls: {} });
    await expect(opening).rejects.toMatchObject({
      code: 'NETWORK',
      transient: false,
      message: expect.stringMatching(/self-signed certificate[^]*- .*name the certificate itself in tls\.ca/),
    });
  }
});

test('a password that is refused is said so, in the words of the server and without itself', async ({ server }) => {
  const opening = open(server, { auth: { type: 'basic', password: 'wr0ng' } });
  const error = await opening.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({ code: 'AUTH_REFUSED', message: expect.stringContaining('Authentication failed') });
  expect(JSON.stringify([error?.message, error?.cause])).not.toContain('wr0ng');
});

test('a token that is refused again when it was renewed is said so, without itself', async ({ server }) => {
  server.introspection.refuse = Infinity;
  const error = await server.connect().then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({
    code: 'AUTH_REFUSED',
    message: expect.stringMatching(/signing in in the mailbox qa@contoso\.com[^]*IMAP\.AccessAsApp/),
  });
  expect(JSON.stringify([error?.message, error?.cause])).not.toMatch(/eyJ|Bearer/);
});

test('a server where nobody listens is named', async ({ server }) => {
  await server.dovecot.stop();
  await expect(open(server, { port: server.dovecot.imapPort, security: 'starttls' })).rejects.toMatchObject({
    code: 'NETWORK',
    transient: true,
    message: expect.stringContaining(`see whether a server listens on localhost:${server.dovecot.imapPort}`),
  });
});

test('a connection without SMTP says so when it is to send', async ({ server }) => {
  const { smtp: _, ...definition } = server.definition;
  await using connection = await openConnection('dovecot', { ...definition, auth: basicOf(server) }, {});
  const sending = connection.send({ to: 'qa@contoso.com', subject: 'x' }, { timeout });
  await expect(sending).rejects.toMatchObject({ code: 'CONFIGURATION', message: expect.stringContaining('smtp: {') });
});

test.describe('a server of the year 2003', () => {
  test.use({
    settings: `
      imap_capability = IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN AUTH=XOAUTH2
    `,
  });

  test('without notifications it is asked, and the report says so', async ({ server }) => {
    await using connection = await server.connect();
    await using mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    await server.deliver({ to: mailbox.address, subject: 'Polled' });
    expect((await waiting).subject).toBe('Polled');
    expect(connection.takeNotices()).toEqual([expect.stringContaining('IDLE')]);
  });

  test('what others have marked as deleted survives a move and a deletion', async ({ server }) => {
    await using connection = await server.connect();
    await using mailbox = await connection.mailbox(undefined, { timeout });
    await server.deliver({ to: server.account, subject: 'Marked by others' });
    for (const subject of ['Moved', 'Deleted']) await server.deliver({ to: mailbox.address, subject });
    await server.withClient(async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageFlagsAdd('1', ['\\Deleted']);
    });
    await (await mailbox.waitForMessage({ subject: 'Moved' })).moveTo('deleteditems');
    await (await mailbox.waitForMessage({ subject: 'Deleted' })).delete();
    await server.withClient(async (client) => {
      await client.mailboxOpen('INBOX');
      const left = await client.fetchAll('1:*', { envelope: true, flags: true });
      expect(left.map(({ envelope, flags }) => [envelope?.subject, flags?.has('\\Deleted')])).toEqual([
        ['Marked by others', true],
      ]);
      await client.mailboxOpen('Trash');
      expect(await client.fetchAll('1:*', { envelope: true })).toMatchObject([{ envelope: { subject: 'Moved' } }]);
    });
  });
});

function basicOf({ dovecot }: DovecotServer): { type: 'basic'; password: string } {
  return { type: 'basic', password: dovecot.password };
}
