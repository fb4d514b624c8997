import { expect, test } from '@playwright/test';
import { connectTo } from '../support/connect-to.js';
import { FakeTransport } from '../support/fake-transport.js';

const timeout = 10_000;
/** Milliseconds; short, for waits that are to end without a message. */
const soon = 300;
const twin = { messageId: '<twin@contoso.com>', receivedAt: new Date('2026-11-27T07:00:00Z') };

for (const [how, envelope] of Object.entries({
  'one Message-ID sent twice': twin,
  'no Message-ID, in one second': { ...twin, messageId: '' },
})) {
  test(`two messages are two: ${how}`, async () => {
    const transport = new FakeTransport();
    await using connection = await connectTo(transport, 'plain');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    await using subscription = await mailbox.subscribe();
    for (const _ of [1, 2]) {
      const waiting = mailbox.waitForMessage();
      transport.deliver('Twin', undefined, envelope);
      expect((await waiting).subject).toBe('Twin');
      await subscription.next();
    }
    await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow(/Handed out before/);
    expect(new Set(await mailbox.find()).size).toBe(2);
    expect(await mailbox.clear()).toBe(2);
  });
}

test('a message that moves away and back is one, also while its twin stays', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await using subscription = await mailbox.subscribe();
  transport.deliver('Wanderer', undefined, twin);
  transport.deliver('Twin', undefined, twin);
  await mailbox.waitForMessage({ subject: 'Wanderer' });
  transport.relocate('Wanderer', 'junkemail');
  transport.relocate('Wanderer', 'inbox');
  expect((await mailbox.find()).map(({ subject }) => subject)).toEqual(['Wanderer', 'Twin']);
  expect((await mailbox.waitForMessage()).subject).toBe('Twin');
  await expect(mailbox.waitForMessage({}, { timeout: soon })).rejects.toThrow(/Handed out before/);
  expect(subscription.messageCount).toBe(2);
  expect(await mailbox.clear()).toBe(2);
});

test('a message that moves away and back while it is fetched is handed out', async () => {
  const transport = new FakeTransport();
  let release = (): void => {};
  transport.held.set('Wanderer', new Promise((resolve) => (release = resolve)));
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage();
  transport.deliver('Wanderer');
  await expect.poll(() => transport.calls.fetch).toBe(1);
  transport.held.clear();
  transport.relocate('Wanderer', 'junkemail');
  transport.relocate('Wanderer', 'inbox');
  await mailbox.find({}, { timeout: soon }).catch(() => {});
  release();
  expect((await waiting).subject).toBe('Wanderer');
});

test('a message that was gone when it was to be read, and comes back, is handed out', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage();
  transport.pushes = false;
  transport.deliver('Wanderer');
  transport.relocate('Wanderer', 'junkemail');
  expect(await mailbox.find()).toEqual([]);
  transport.relocate('Wanderer', 'inbox');
  expect((await waiting).subject).toBe('Wanderer');
});

test('a message that was handed out is not handed out again from where it has moved', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  transport.deliver('Wanderer');
  await (await mailbox.waitForMessage()).moveTo(['Archive']);
  const again = mailbox.waitForMessage({}, { folder: ['Archive'], timeout: soon });
  await expect(again).rejects.toThrow(/Handed out before/);
  expect(await mailbox.find({}, { folder: ['Archive'] })).toHaveLength(1);
  expect(await mailbox.find()).toEqual([]);
});

test('several next() at once are served in the order of their calls, and one that ended takes none', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await using subscription = await mailbox.subscribe();
  const ended = subscription.next({ timeout: 20 });
  const waits = Array.from({ length: 30 }, () => subscription.next());
  await expect(ended).rejects.toMatchObject({ code: 'MESSAGE_TIMEOUT' });
  for (let number = 0; number < 30; number++) transport.deliver(`Mail ${number}`);
  const subjects = (await Promise.all(waits)).map(({ subject }) => subject);
  process.off('warning', note);
  expect(subjects).toEqual(Array.from({ length: 30 }, (_, number) => `Mail ${number}`));
  expect(warnings).toEqual([]);
});

test('a view that is closed ends all that waits in it', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plain');
  const mailbox = await connection.mailbox(undefined, { timeout });
  const subscription = await mailbox.subscribe();
  const outcomes = Promise.allSettled([mailbox.waitForMessage(), subscription.next()]);
  await mailbox[Symbol.asyncDispose]();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CLOSED' } });
  }
  await expect(mailbox.waitForMessage()).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(subscription.next()).rejects.toMatchObject({ code: 'CLOSED' });
});
