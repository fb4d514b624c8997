import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { connectTo } from '../support/connect-to.js';
import { FakeTransport } from '../support/fake-transport.js';

const timeout = 10_000;
/** Milliseconds; short, for waits that are to end without a message. */
const soon = 300;

const corrupt = new ExchangeError('PROTOCOL', 'the server cannot convert it');
const failing = new ExchangeError('NETWORK', 'the server fails at it', { transient: true });
/** A source that no parser gets through. */
const beyondParsing = new Proxy(Buffer.alloc(0), {
  get: () => {
    throw new Error('beyond parsing');
  },
});

/** Ways in which one message of several can't be read. */
const ways: Readonly<Record<string, { readonly spoil: (transport: FakeTransport) => void; readonly reason: RegExp }>> =
  {
    'the server does not give': {
      spoil: (transport) => transport.unreadable.set('Bad', corrupt),
      reason: /the server cannot convert it/,
    },
    'the server fails to give, whenever it is asked for': {
      spoil: (transport) => transport.unreadable.set('Bad', failing),
      reason: /the server fails at it/,
    },
    'no request with it in it succeeds': {
      spoil: (transport) => transport.poison.set('Bad', corrupt),
      reason: /the server cannot convert it/,
    },
    'breaks the connection': {
      spoil: (transport) => transport.poison.set('Bad', failing),
      reason: /the server fails at it/,
    },
    'the parser fails at': {
      spoil: (transport) => transport.sources.set('Bad', beyondParsing),
      reason: /could not be parsed: beyond parsing/,
    },
  };

for (const [way, { spoil, reason }] of Object.entries(ways)) {
  test(`a message that ${way} is passed over by waits, find, subscriptions and clear`, async () => {
    const transport = new FakeTransport();
    spoil(transport);
    await using connection = await connectTo(transport, 'plain');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    await using subscription = await mailbox.subscribe();
    const waiting = mailbox.waitForMessage();
    transport.pushes = false;
    for (const subject of ['One', 'Bad', 'Two']) transport.deliver(subject);
    expect((await waiting).subject).toBe('One');
    expect((await mailbox.waitForMessage()).subject).toBe('Two');
    expect((await mailbox.find()).map(({ subject }) => subject)).toEqual(['One', 'Two']);
    expect((await subscription.next()).subject).toBe('One');
    expect((await subscription.next()).subject).toBe('Two');
    expect(await mailbox.peekForMessage({ subject: 'Two' })).toMatchObject({ message: { subject: 'Two' } });
    const missing = mailbox.waitForMessage({ subject: 'Bad' }, { timeout: soon });
    await expect(missing).rejects.toMatchObject({ code: 'MESSAGE_TIMEOUT', message: expect.stringMatching(reason) });
    await expect(missing).rejects.toThrow(/Arrived, but could not be read:\s+"Bad" from app@contoso\.com/);
    expect(connection.takeNotices().join()).toMatch(/The message "Bad" was left out, because it could not be read: /);
    transport.poison.clear();
    expect(await mailbox.clear()).toBe(3);
  });
}

test('a message that could not be read is handed out once it can, and not to who began to wait before it came', async () => {
  const transport = new FakeTransport();
  transport.unreadable.set('Late', failing);
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage({ subject: 'Late' });
  transport.deliver('Late');
  transport.deliver('Other');
  expect((await mailbox.waitForMessage({ subject: 'Other' })).subject).toBe('Other');
  await using subscription = await mailbox.subscribe();
  transport.unreadable.clear();
  expect((await waiting).subject).toBe('Late');
  expect(subscription.messages).toEqual([]);
  expect(await mailbox.find()).toHaveLength(2);
});

test('a message that the server is slow to give does not hold up those that came after it', async () => {
  const transport = new FakeTransport();
  let release = (): void => {};
  transport.held.set('Slow', new Promise((resolve) => (release = resolve)));
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const slow = mailbox.waitForMessage({ subject: 'Slow' });
  transport.deliver('Slow');
  await expect.poll(() => transport.calls.fetch).toBe(1);
  transport.deliver('Quick');
  expect((await mailbox.waitForMessage({ subject: 'Quick' })).subject).toBe('Quick');
  release();
  expect((await slow).subject).toBe('Slow');
});

test('a wait ends in its time, its report too, while a message can not be had', async () => {
  const transport = new FakeTransport();
  transport.held.set('Held', new Promise(() => {}));
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  transport.deliver('Held');
  await expect(mailbox.waitForMessage({ subject: 'Verify' }, { timeout: soon })).rejects.toThrow(
    /Arrived, but could not be read:\s+"Held" .*\s+it was not read in time/,
  );
});

test('a filter whose function never answers ends with its wait, and holds up no later one', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const stuck = mailbox.waitForMessage({ where: () => new Promise<boolean>(() => {}) }, { timeout: soon });
  transport.deliver('Mail');
  await expect(stuck).rejects.toMatchObject({ code: 'MESSAGE_TIMEOUT' });
  expect((await mailbox.waitForMessage()).subject).toBe('Mail');
});

test.describe('a message whose envelope the server does not give', () => {
  test('is read, to see whom it is for', async () => {
    const transport = new FakeTransport();
    transport.withoutEnvelope.add('Hidden');
    await using connection = await connectTo(transport, 'plus');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    const waiting = mailbox.waitForMessage();
    transport.deliver('Hidden', mailbox.address);
    transport.deliver('Hidden', 'other@contoso.com');
    expect((await waiting).subject).toBe('Hidden');
    expect(await mailbox.find()).toHaveLength(1);
  });

  test('and that can not be read is told of in every report, and is in nobody’s way', async () => {
    const transport = new FakeTransport();
    transport.withoutEnvelope.add('Bad');
    transport.unreadable.set('Bad', corrupt);
    await using connection = await connectTo(transport, 'plus');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    transport.deliver('Bad', mailbox.address);
    transport.deliver('Mail', mailbox.address);
    expect((await mailbox.waitForMessage()).subject).toBe('Mail');
    await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow(
      /the server does not say for whom:\s+"" from nobody, received .*\s+the server cannot convert it/,
    );
    expect(await mailbox.clear()).toBe(1);
  });
});

test('an answer that can not be read, for a moment, costs time and no wait', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  transport.failures.arrivals.push(new ExchangeError('PROTOCOL', 'the answer is no SOAP document'));
  const waiting = mailbox.waitForMessage();
  transport.deliver('Mail');
  expect((await waiting).subject).toBe('Mail');
});

test('clearing deletes all that can be deleted, and names what can not', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (const subject of ['One', 'Stuck', 'Two']) transport.deliver(subject);
  transport.poison.set('Stuck', corrupt);
  await expect(mailbox.clear()).rejects.toThrow(/left messages.*: 1\.\s+- "Stuck": the server cannot convert it/);
  transport.poison.clear();
  expect((await mailbox.find()).map(({ subject }) => subject)).toEqual(['Stuck']);
});
