import { expect, test as base } from '@playwright/test';
import { messagesAfter } from '../../src/mail/portions.js';
import type { MailTransport, Position } from '../../src/mail/transport.js';
import { openImapTransport, type ImapTransportOptions } from '../../src/mail/imap/open-imap-transport.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';

interface Fixtures {
  sandboxOptions: SandboxOptions;
  sandbox: Sandbox;
  open: (options?: Partial<ImapTransportOptions>) => Promise<MailTransport>;
  transport: MailTransport;
}

const address = 'qa@contoso.com';
/** Push or nothing. */
const never = { withPush: 1_000_000, withoutPush: 1_000_000 };

const test = base.extend<Fixtures>({
  sandboxOptions: [{}, { option: true }],
  sandbox: async ({ sandboxOptions }, use) => {
    await using sandbox = await startSandbox(sandboxOptions);
    await use(sandbox);
  },
  open: async ({ sandbox }, use) => {
    const opened: MailTransport[] = [];
    await use(async (options) => {
      const { host, port } = sandbox.imap;
      const transport = await openImapTransport({
        imap: { host, port, security: 'none' },
        smtp: { ...sandbox.smtp, security: 'none', keepsCopy: true },
        address,
        isShared: false,
        credentials: { type: 'basic', username: address, password: 'secret' },
        proxy: 'none',
        ca: [],
        pollIntervals: never,
        ...options,
      });
      opened.push(transport);
      return transport;
    });
    for (const transport of opened) await transport[Symbol.asyncDispose]();
  },
  transport: async ({ open }, use) => {
    await use(await open());
  },
});

test('an envelope says all that a listing shows, decoded', async ({ sandbox, transport }) => {
  const inbox = await transport.folder('inbox');
  const position = await transport.position(inbox);
  await sandbox.deliver({
    from: 'Über Shop <shop@contoso.com>',
    to: ['"Qa, the tester" <qa+tag@contoso.com>'],
    cc: 'other@contoso.com',
    subject: 'Grüße 🎉',
    headers: { 'Delivered-To': 'list@contoso.com', 'X-Original-To': 'qa+other@contoso.com' },
    receivedAt: new Date('2024-02-29T12:34:56Z'),
  });
  const { messages } = await transport.arrivals(inbox, position);
  expect(messages).toMatchObject([
    {
      from: { name: 'Über Shop', address: 'shop@contoso.com' },
      to: [{ name: 'Qa, the tester', address: 'qa+tag@contoso.com' }],
      cc: [{ name: '', address: 'other@contoso.com' }],
      deliveredTo: ['qa+tag@contoso.com', 'list@contoso.com', 'qa+other@contoso.com'],
      subject: 'Grüße 🎉',
      receivedAt: new Date('2024-02-29T12:34:56Z'),
      isRead: false,
    },
  ]);
  expect(messages[0]!.messageId).toMatch(/^<.+@.+>$/);
});

test('a position in the past comes before all that was received since, in whatever order', async ({
  sandbox,
  transport,
}) => {
  const at = (time: string): Date => new Date(`2024-02-29T${time}Z`);
  for (const [subject, time] of [
    ['Early', '08:00:00'],
    ['Late', '12:00:00'],
    ['Delayed', '09:00:00'],
  ] as const) {
    await sandbox.deliver({ to: address, subject, receivedAt: at(time) });
  }
  const inbox = await transport.folder('inbox');
  const since = async (date: Date): Promise<string[]> => {
    const { messages } = await transport.arrivals(inbox, await transport.position(inbox, { since: date }));
    return messages.map(({ subject }) => subject);
  };
  expect(await since(at('08:30:00'))).toEqual(['Late', 'Delayed']);
  // A server gives whole seconds.
  expect(await since(at('12:00:00.900'))).toEqual(['Late', 'Delayed']);
  expect(await since(at('12:00:01'))).toEqual([]);
});

test('a text that is no position is refused', async ({ transport }) => {
  const arrivals = transport.arrivals(await transport.folder('inbox'), 'x' as Position);
  await expect(arrivals).rejects.toMatchObject({ code: 'CONFIGURATION' });
});

for (const [title, isTold] of [
  ['that the server tells of', true],
  ['that were there already', false],
] as const) {
  test(`many messages ${title} come a portion at a time, in order`, async ({ sandbox, transport }) => {
    const inbox = await transport.folder('inbox');
    const from = await transport.position(inbox);
    const subjects = Array.from({ length: 450 }, (_, number) => `Mail ${number}`);
    for (const subject of subjects) await sandbox.deliver({ to: address, subject });
    // The first look hears of them, and the next does not any more.
    if (!isTold) await transport.arrivals(inbox, from);
    const first = await transport.arrivals(inbox, from);
    expect(first.isPartial).toBe(true);
    expect(first.messages.map(({ subject }) => subject)).toEqual(subjects.slice(0, 200));
    const rest = await messagesAfter(transport, inbox, first.position, {});
    expect(rest.map(({ subject }) => subject)).toEqual(subjects.slice(200));
  });
}

test('sources come in the order asked, those that are gone as gone, and nothing is marked as read', async ({
  sandbox,
  transport,
}) => {
  const inbox = await transport.folder('inbox');
  const position = await transport.position(inbox);
  for (const subject of ['One', 'Two', 'Three']) await sandbox.deliver({ to: address, subject });
  const { messages } = await transport.arrivals(inbox, position);
  await transport.delete([messages[1]!]);
  const answers = await transport.fetch(messages.toReversed());
  expect(
    answers.map((answer) => ('source' in answer ? /Subject: (.*)/.exec(answer.source.toString())?.[1] : 'gone')),
  ).toEqual(['Three', 'gone', 'One']);
  const again = await transport.arrivals(inbox, position);
  expect(again.messages.map(({ subject, isRead }) => [subject, isRead])).toEqual([
    ['One', false],
    ['Three', false],
  ]);
});

test('messages that are gone already are passed over', async ({ sandbox, transport }) => {
  const inbox = await transport.folder('inbox');
  const position = await transport.position(inbox);
  for (const subject of ['One', 'Two']) await sandbox.deliver({ to: address, subject });
  const { messages } = await transport.arrivals(inbox, position);
  await transport.delete([messages[0]!]);
  await transport.flag(messages, true);
  await transport.delete([messages[0]!]);
  const junk = await transport.folder('junkemail');
  const before = await transport.position(junk);
  await transport.move(messages, junk);
  expect((await transport.arrivals(junk, before)).messages).toMatchObject([{ subject: 'Two', isRead: true }]);
});

test('a message can be put into a folder without being sent', async ({ transport }) => {
  const drafts = await transport.folder('drafts');
  const position = await transport.position(drafts);
  const source = Buffer.from('Subject: Draft\r\n\r\nHello\r\n');
  await transport.append(drafts, { messageId: '', envelope: { from: address, to: [] }, source });
  expect((await transport.arrivals(drafts, position)).messages).toMatchObject([{ subject: 'Draft', isRead: false }]);
});

test('push goes on after another folder was looked into', async ({ sandbox, transport }) => {
  const inbox = await transport.folder('inbox');
  const junk = await transport.folder('junkemail');
  const watching = new AbortController();
  let position = await transport.position(inbox);
  const subjects: string[] = [];
  const watched = transport.watch(
    inbox,
    () => {
      void transport.arrivals(inbox, position).then((arrived) => {
        subjects.push(...arrived.messages.map(({ subject }) => subject));
        return (position = arrived.position);
      });
    },
    watching,
  );
  await transport.arrivals(junk, await transport.position(junk));
  await sandbox.deliver({ to: address, subject: 'Pushed' });
  await expect.poll(() => subjects).toContain('Pushed');
  watching.abort();
  await watched;
});

test('where connections run out, a second folder is asked instead of watched', async ({ sandbox, transport }) => {
  sandbox.faults.maxImapConnections = 1;
  const watching = new AbortController();
  const watched = transport.watch(await transport.folder('inbox'), () => {}, watching);
  const second = transport.watch(await transport.folder('junkemail'), () => {}, watching);
  await expect(second).rejects.toMatchObject({
    code: 'PUSH_UNAVAILABLE',
    message: expect.stringContaining('connections'),
  });
  watching.abort();
  await watched;
});

test('a mailbox that signs in and does not open is explained', async ({ sandbox, open }) => {
  sandbox.faults.notConnected = 10;
  await expect(open()).rejects.toMatchObject({
    code: 'ACCESS_DENIED',
    transient: false,
    message: expect.stringMatching(/User is authenticated but not connected[^]*IMAP\.AccessAsUser\.All[^]*too many/),
  });
});

test('once it worked, the same is worth another try', async ({ sandbox, transport }) => {
  const inbox = await transport.folder('inbox');
  sandbox.dropConnections();
  sandbox.faults.notConnected = 10;
  const failure = async (): Promise<unknown> => await transport.position(inbox).catch((error: unknown) => error);
  await expect.poll(failure).toMatchObject({ code: 'ACCESS_DENIED', transient: true });
});

test('a server that is throttling says for how long', async ({ sandbox, open }) => {
  const transport = await open({ socketTimeout: 200 });
  const inbox = await transport.folder('inbox');
  const position = await transport.position(inbox);
  sandbox.faults.throttleImap = { times: 10, backOffMilliseconds: 60_000 };
  const failure = await transport.folder('drafts').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'SERVER_BUSY', transient: true, retryAfter: 60_000 - 100 });
  sandbox.faults.throttleImap.times = 0;
  expect(await transport.arrivals(inbox, position)).toMatchObject({ messages: [] });
});

test.describe('a server that has OAuth as Exchange has it', () => {
  test.use({ sandboxOptions: { mailServer: 'exchange' } });

  test('a token that is refused is refused in words that help', async ({ open }) => {
    const token = async (): Promise<string> => 'n0-good';
    const credentials = { type: 'bearer', username: address, appOnly: false, token } as const;
    const error = await open({ credentials }).catch((reason: Error) => reason);
    expect(error).toMatchObject({
      code: 'AUTH_REFUSED',
      message: expect.stringMatching(/AUTHENTICATE failed[^]*IMAP\.AccessAsUser\.All/),
    });
    expect(JSON.stringify(error)).not.toContain('n0-good');
  });
});

test('whoever gives up stops waiting, and a closed transport says so', async ({ sandbox, transport }) => {
  const inbox = await transport.folder('inbox');
  sandbox.faults.silentImap = true;
  const controller = new AbortController();
  const waiting = transport.position(inbox, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  const closed = expect(transport.position(inbox)).rejects.toMatchObject({ code: 'CLOSED' });
  await transport[Symbol.asyncDispose]();
  await closed;
  await expect(transport.position(inbox)).rejects.toMatchObject({ code: 'CLOSED' });
});
