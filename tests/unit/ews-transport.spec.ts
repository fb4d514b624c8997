import { expect, test } from '@playwright/test';
import { messagesAfter } from '../../src/mail/portions.js';
import { isGone, type MailTransport, type Position } from '../../src/mail/transport.js';
import { mime, startEwsSandbox } from './ews-transport-sandbox.js';

async function subjects(transport: MailTransport, after: Position): Promise<string[]> {
  const messages = await messagesAfter(transport, await transport.folder('inbox'), after, {});
  return messages.map(({ subject }) => subject);
}

test.describe('arrivals', () => {
  test('carry the envelope', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    sandbox.deliver('Grüße <&> "you"', { to: 'qa+tag@contoso.com', receivedAt: new Date('2026-01-02T03:04:05Z') });
    const { messages } = await transport.arrivals(inbox, before);
    expect(messages).toMatchObject([
      {
        subject: 'Grüße <&> "you"',
        from: { name: 'Shop & Co', address: 'shop@contoso.com' },
        to: [{ address: 'qa+tag@contoso.com' }],
        cc: [],
        deliveredTo: ['qa+tag@contoso.com'],
        receivedAt: new Date('2026-01-02T03:04:05Z'),
        isRead: false,
      },
    ]);
    expect(messages[0]?.messageId).toMatch(/^<[0-9a-f]+@contoso\.com>$/);
    expect(messages[0]?.size).toBeGreaterThan(100);
  });

  test('are those after the position, in order, whatever their received time', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.deliver('before');
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    sandbox.deliver('one');
    sandbox.deliver('two', { receivedAt: new Date(0) });
    const first = await transport.arrivals(inbox, before);
    expect(first.messages.map(({ subject }) => subject)).toEqual(['one', 'two']);
    sandbox.deliver('three');
    expect(await subjects(transport, first.position)).toEqual(['three']);
    expect(await subjects(transport, before)).toEqual(['one', 'two', 'three']);
  });

  test('are none in a quiet folder, whose position stays', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const empty = await transport.position(inbox);
    expect(await transport.arrivals(inbox, empty)).toEqual({ messages: [], position: empty, isPartial: false });
    sandbox.deliver('one');
    const one = await transport.position(inbox);
    expect(await transport.arrivals(inbox, one)).toEqual({ messages: [], position: one, isPartial: false });
  });

  test('are complete after many, also where some left in between', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    const stored = Array.from({ length: 450 }, (_, index) => sandbox.deliver(`m${index}`));
    for (const message of stored.slice(100, 150)) message.folder.remove(message);
    const seen = await subjects(transport, before);
    expect(seen).toEqual([...stored.keys()].filter((index) => index < 100 || index >= 150).map((index) => `m${index}`));
  });

  test('come a portion at a time where they are many', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    for (let index = 0; index < 450; index++) sandbox.deliver(`m${index}`);
    const first = await transport.arrivals(inbox, before);
    expect(first).toMatchObject({ isPartial: true });
    expect(first.messages.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 200 }, (_, index) => `m${index}`),
    );
    expect((await subjects(transport, first.position))[0]).toBe('m200');
  });

  test('hold a message that was moved out of Junk Email', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const junk = await transport.folder('junkemail');
    const account = sandbox.store.account('qa@contoso.com');
    const message = account
      .folder('junkemail')
      .add({ source: mime('late', 'qa@contoso.com', 'x'), receivedAt: new Date(0) });
    expect((await transport.arrivals(junk, 'n:0' as Position)).messages).toHaveLength(1);
    const before = await transport.position(inbox);
    message.folder.move(message, account.folder('inbox'));
    expect(await subjects(transport, before)).toEqual(['late']);
  });

  test('cost two requests, and the source of a small one none', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    sandbox.deliver('one');
    const requests = sandbox.requests.length;
    const { messages } = await transport.arrivals(inbox, before);
    await transport.fetch(messages);
    expect(sandbox.requests.length - requests).toBe(2);
  });

  test('of a folder with thousands of messages cost no more', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const folder = sandbox.store.account('qa@contoso.com').folder('inbox');
    const source = mime('old', 'qa@contoso.com', 'x');
    for (let index = 0; index < 5000; index++) folder.add({ source });
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    sandbox.deliver('new');
    const requests = sandbox.requests.length;
    expect(await subjects(transport, before)).toEqual(['new']);
    expect(sandbox.requests.length - requests).toBe(2);
  });
});

test.describe('a position with since', () => {
  const noon = new Date('2026-06-01T12:00:00Z');
  const hour = (offset: number) => new Date(noon.getTime() + offset * 3_600_000);

  test('stands just before the first message received from then on', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.deliver('early', { receivedAt: hour(-1) });
    sandbox.deliver('sharp', { receivedAt: noon });
    sandbox.deliver('late but old', { receivedAt: hour(-2) });
    const since = await transport.position(await transport.folder('inbox'), { since: noon });
    expect(await subjects(transport, since)).toEqual(['sharp', 'late but old']);
  });

  test('is the present where nothing is that young', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.deliver('early', { receivedAt: hour(-1) });
    const since = await transport.position(await transport.folder('inbox'), { since: noon });
    expect(await subjects(transport, since)).toEqual([]);
    sandbox.deliver('released', { receivedAt: hour(-3) });
    expect(await subjects(transport, since)).toEqual(['released']);
  });
});

test.describe('fetch', () => {
  test('gives the sources octet by octet, in the order asked, and says what is gone', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const stored = Array.from({ length: 50 }, (_, index) =>
      sandbox.deliver(`m${index}`, { body: `grüße ${index} \u0001` }),
    );
    const { messages } = await transport.arrivals(inbox, 'n:0' as Position);
    stored[7]!.folder.remove(stored[7]!);
    const asked = messages.toReversed();
    const answers = await transport.fetch(asked);
    expect(answers.map(({ ref }) => ref)).toEqual(asked);
    expect(answers.filter(isGone).map(({ ref }) => ref.subject)).toEqual(['m7']);
    for (const [index, answer] of answers.toReversed().entries()) {
      if ('source' in answer) expect(answer.source.equals(stored[index]!.source)).toBe(true);
    }
  });

  test('marks nothing as read', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const message = sandbox.deliver('one');
    const { messages } = await transport.arrivals(await transport.folder('inbox'), 'n:0' as Position);
    await transport.fetch(messages);
    await transport.fetch(messages);
    expect([...message.flags]).toEqual([]);
  });

  test('of a large message asks for it by itself', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const body = 'a line of text that is 44 characters long.\r\n'.repeat(25_000);
    const message = sandbox.deliver('large', { body });
    const { messages } = await transport.arrivals(await transport.folder('inbox'), 'n:0' as Position);
    const [answer] = await transport.fetch(messages);
    expect(answer && 'source' in answer && answer.source.equals(message.source)).toBe(true);
  });
});

test.describe('folders', () => {
  test('are found by their path, with characters that mean something in XML', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const account = sandbox.store.account('qa@contoso.com');
    const inner = account.createFolder('"A" & <B>', account.createFolder("Tom's"));
    inner.add({ source: mime('inside', 'qa@contoso.com', 'x') });
    const folder = await transport.folder(["Tom's", '"A" & <B>']);
    expect(folder.name).toBe('"A" & <B>');
    expect((await transport.arrivals(folder, 'n:0' as Position)).messages).toMatchObject([{ subject: 'inside' }]);
  });

  test('that do not exist are FOLDER_NOT_FOUND, with path and mailbox', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.store.account('qa@contoso.com').createFolder('Projects');
    await expect(transport.folder(['Projects', 'Alpha'])).rejects.toMatchObject({
      code: 'FOLDER_NOT_FOUND',
      message: expect.stringMatching(
        /Projects \/ Alpha in the mailbox qa@contoso\.com[^]*there is no Alpha in Projects: it holds none/,
      ),
    });
  });
});

test.describe('under faults', () => {
  test('a throttled call is SERVER_BUSY with the back-off', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.faults.busy = { times: 1, backOffMilliseconds: 1500 };
    await expect(transport.folder('inbox')).rejects.toMatchObject({
      code: 'SERVER_BUSY',
      retryAfter: 1500,
      transient: true,
    });
    await transport.folder('inbox');
  });

  test('a token that was withdrawn is renewed in between', async () => {
    await using sandbox = await startEwsSandbox();
    let token = 'token-1';
    const transport = await sandbox.open({
      credentials: {
        type: 'bearer',
        username: 'qa@contoso.com',
        appOnly: false,
        token: async (options) => (token = options?.renew ? 'token-2' : token),
      },
    });
    await transport.folder('inbox');
    sandbox.tokens.set('token-2', sandbox.tokens.get('token-1')!);
    sandbox.tokens.delete('token-1');
    await transport.folder('drafts');
    expect(token).toBe('token-2');
  });

  test('a request that is cut off is a transient error', async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    sandbox.faults.dropRequests = 1;
    await expect(transport.folder('inbox')).rejects.toMatchObject({ code: 'NETWORK', transient: true });
  });
});
