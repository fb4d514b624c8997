import { expect, test as base } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import type { Connection } from '../../src/mail/connection.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const account = 'qa@contoso.com';
const timeout = 30_000;
const soon = 300;

interface Weather {
  sandbox: Sandbox;
  /** What lies between the client and the sandbox. */
  wire: TcpProxy;
  connection: Connection;
}

const test = base.extend<Weather>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
  wire: async ({ sandbox }, use) => {
    await using wire = await startTcpProxy(Number(new URL(sandbox.url).port));
    await use(wire);
  },
  connection: async ({ wire }, use) => {
    const definition = sandboxConnection({ protocol: 'graph', user: account, url: `http://127.0.0.1:${wire.port}` });
    await using connection = await openConnection('sandbox', definition, {});
    await use(connection);
  },
});

test.describe('bad weather over Graph on the sandbox', () => {
  test('a delta link that is forgotten loses nothing, and hands nothing out twice', async ({ sandbox, connection }) => {
    sandbox.faults.noArticleNumbers = true;
    const mailbox = await connection.mailbox(undefined, { timeout });
    await sandbox.deliver({ to: mailbox.address, subject: 'Mail 1' });
    await mailbox.waitForMessage({ subject: 'Mail 1' });
    sandbox.faults.lostSyncStates = 2;
    await sandbox.deliver({ to: mailbox.address, subject: 'Mail 2' });
    expect((await mailbox.waitForMessage()).subject).toBe('Mail 2');
    expect(sandbox.faults.lostSyncStates).toBeLessThan(2);
    await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('Handed out before');
  });

  test('a page of changes that breaks off is read again', async ({ sandbox, connection }) => {
    sandbox.faults.noArticleNumbers = true;
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    sandbox.faults.dropDuringDelta = 3;
    await sandbox.deliver({ to: mailbox.address, subject: 'Whole' });
    expect((await waiting).subject).toBe('Whole');
    await expect.poll(() => sandbox.faults.dropDuringDelta).toBe(0);
    await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('Handed out before');
  });

  test('a source that breaks off is fetched again', async ({ sandbox, wire, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const text = 'x'.repeat(300_000);
    let cuts = 3;
    wire.onAnswer = (answer) => (answer.includes(text.slice(0, 70)) && cuts-- > 0 ? 'cut' : undefined);
    const attachments = [{ filename: 'notes.txt', content: 'Notes' }];
    await sandbox.deliver({ to: mailbox.address, subject: 'Big', text, attachments });
    expect((await mailbox.waitForMessage({ subject: 'Big' })).text.trim()).toBe(text);
    expect(cuts).toBeLessThanOrEqual(0);
    expect(await mailbox.find()).toHaveLength(1);
  });

  test('a wait outlasts throttling', async ({ sandbox, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    sandbox.faults.throttleGraph = { times: 2, retryAfterSeconds: 1 };
    await sandbox.deliver({ to: mailbox.address, subject: 'Throttled' });
    expect((await waiting).subject).toBe('Throttled');
    await expect.poll(() => sandbox.faults.throttleGraph.times).toBe(0);
  });

  test('a wait that throttling outlasts ends in time, and says so', async ({ sandbox, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    sandbox.faults.throttleGraph = { times: Infinity, retryAfterSeconds: 600 };
    const error = await failureOf(mailbox.waitForMessage({}, { timeout: 1000 }));
    expect(error).toMatchObject({ code: 'MESSAGE_TIMEOUT', cause: { code: 'SERVER_BUSY', retryAfter: 600_000 } });
    expect(error.message).toContain('The connection was failing: ');
    expect(error.message).toContain('429 TooManyRequests');
  });

  test('the server breaks connections off, and restarts', async ({ sandbox, wire, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waits = [1, 2, 3].map((number) => mailbox.waitForMessage({ subject: `Mail ${number}` }));
    wire.cut();
    await sandbox.deliver({ to: mailbox.address, subject: 'Mail 1' });
    await waits[0];
    sandbox.faults.dropRequests = 3;
    await sandbox.deliver({ to: mailbox.address, subject: 'Mail 2' });
    await waits[1];
    await sandbox.restart();
    await sandbox.deliver({ to: mailbox.address, subject: 'Mail 3' });
    await waits[2];
    await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow('Handed out before');
  });

  test('an access token that expires during a wait is renewed', async ({ sandbox, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    sandbox.clock.advance(3_600_000);
    await sandbox.deliver({ to: mailbox.address, subject: 'Renewed' });
    expect((await waiting).subject).toBe('Renewed');
  });

  test('a wait in a mailbox that is no longer in Exchange Online ends at once', async ({ sandbox, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = failureOf(mailbox.waitForMessage());
    sandbox.faults.graphDisabled = true;
    const error = await waiting;
    expect(error).toMatchObject({ code: 'MAILBOX_NOT_FOUND', transient: false });
    expect(error.message).toContain('MailboxNotEnabledForRESTAPI');
    expect(error.message).toContain("protocol: 'ews'");
  });

  test('mail that is old costs a wait nothing', async ({ sandbox, wire, connection }) => {
    const inbox = sandbox.store.account(account).folder('inbox');
    const receivedAt = new Date(Date.now() - 72 * 3_600_000);
    for (let index = 0; index < 20_000; index++)
      inbox.add({ source: Buffer.from('Subject: Old\r\n\r\nOld\r\n'), receivedAt });
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    await sandbox.deliver({ to: mailbox.address, subject: 'New' });
    await waiting;
    expect(wire.received).toBeLessThan(20_000);
  });

  test('200 waits share the requests, of which no more than four are under way', async ({
    sandbox,
    wire,
    connection,
  }) => {
    test.slow();
    const mailbox = await connection.mailbox(undefined, { timeout: 80_000 });
    const waits = Array.from({ length: 200 }, (_, index) => mailbox.waitForMessage({ subject: `Number ${index}.` }));
    for (let index = 199; index >= 0; index--) {
      await sandbox.deliver({ to: mailbox.address, subject: `Number ${index}.` });
    }
    await Promise.all(waits);
    expect(wire.connections).toBeLessThanOrEqual(4);
  });

  test('two folders are followed at once', async ({ sandbox, connection }) => {
    const mailbox = await connection.mailbox(undefined, { timeout });
    const waits = [mailbox.waitForMessage(), mailbox.waitForMessage({}, { folder: 'junkemail' })];
    await sandbox.deliver({ to: mailbox.address, subject: 'Ham' });
    await sandbox.deliver({ to: mailbox.address, subject: 'Spam', folder: 'junkemail' });
    expect((await Promise.all(waits)).map(({ subject }) => subject)).toEqual(['Ham', 'Spam']);
  });
});
