import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { connectTo as connect } from '../support/connect-to.js';
import { FakeTransport } from '../support/fake-transport.js';

const timeout = 10_000;

test('many waiters cost one watch, and one fetch a message', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plus');
  const views = await Promise.all(Array.from({ length: 200 }, () => connection.mailbox(undefined, { timeout })));
  const waits = views.map((view) => view.waitForMessage());
  for (const [index, view] of views.entries()) transport.deliver(`Mail ${index}`, view.address);
  const messages = await Promise.all(waits);
  expect(messages.map(({ subject }) => subject)).toEqual(views.map((_, index) => `Mail ${index}`));
  expect(transport.calls.watch).toBe(1);
  expect(transport.calls.fetched).toBe(200);
});

test('what is for others is never fetched', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (let number = 0; number < 50; number++) transport.deliver('Other', 'other@contoso.com');
  transport.deliver('Mine', mailbox.address);
  await mailbox.waitForMessage();
  expect(transport.calls.fetched).toBe(1);
});

test('mail is found by polling where push is refused, and a notice says so once', async () => {
  const transport = new FakeTransport();
  transport.pushes = false;
  transport.failures.watch.push(new ExchangeError('PUSH_UNAVAILABLE', 'too many streams'));
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (const subject of ['One', 'Two']) {
    const waiting = mailbox.waitForMessage({ subject });
    transport.deliver(subject);
    expect((await waiting).subject).toBe(subject);
  }
  expect(transport.calls.watch).toBe(1);
  expect(connection.takeNotices()).toEqual(['The folder Inbox is polled, because push is refused: too many streams']);
  expect(connection.takeNotices()).toEqual([]);
});

test('mail is found by the poll beside a push that lost its event', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage({ subject: 'Second' });
  transport.deliver('First');
  await mailbox.waitForMessage({ subject: 'First' });
  transport.pushes = false;
  transport.deliver('Second');
  expect((await waiting).subject).toBe('Second');
});

test('push that stands and is silent is not believed: it has to prove itself by a message', async () => {
  const transport = new FakeTransport();
  transport.pollIntervals = { withPush: 1_000_000_000, withoutPush: 5 };
  transport.pushes = false;
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage();
  await expect.poll(() => transport.calls.watch).toBe(1);
  await mailbox.find();
  transport.deliver('Not told of');
  expect((await waiting).subject).toBe('Not told of');
});

test('push that has proved itself saves the looks between, until a look finds what it did not tell of', async () => {
  const transport = new FakeTransport();
  transport.pollIntervals = { withPush: 1_000_000_000, withoutPush: 5 };
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waits = ['Told of', 'Missed', 'Polled'].map((subject) => mailbox.waitForMessage({ subject }));
  await expect.poll(() => transport.calls.watch).toBe(1);
  await mailbox.find();
  transport.deliver('Told of');
  await waits[0];
  const looks = transport.calls.arrivals;
  transport.pushes = false;
  transport.deliver('Missed');
  expect(transport.calls.arrivals).toBe(looks);
  await mailbox.find();
  expect((await waits[1]!).subject).toBe('Missed');
  transport.deliver('Polled');
  expect((await waits[2]!).subject).toBe('Polled');
});

test('whoever looks gets what push did not tell of, while what it told of is being read', async () => {
  const transport = new FakeTransport();
  transport.pollIntervals = { withPush: 1_000_000_000, withoutPush: 1_000_000_000 };
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage({ subject: 'Told of' });
  await expect.poll(() => transport.calls.watch).toBe(1);
  await mailbox.find();
  transport.deliver('Told of');
  transport.pushes = false;
  transport.deliver('Not told of');
  const found = await mailbox.find();
  expect(found.map(({ subject }) => subject)).toEqual(['Told of', 'Not told of']);
  await waiting;
});

test('many come portion by portion; what was read is not read again where a later portion fails', async () => {
  const transport = new FakeTransport();
  transport.portion = 10;
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const subjects = Array.from({ length: 35 }, (_, number) => `Mail ${number}`);
  for (const subject of subjects) transport.deliver(subject);
  const away = new ExchangeError('NETWORK', 'the server is away', { transient: true });
  transport.failures.arrivals.push(undefined, undefined, away);
  const before = transport.calls.arrivals;
  const found = await mailbox.find();
  expect(found.map(({ subject }) => subject)).toEqual(subjects);
  // Four portions, and one of them again.
  expect(transport.calls.arrivals).toBe(before + 5);
});

test('of many that push told of, the last portion has what it did not tell of too', async () => {
  const transport = new FakeTransport();
  transport.portion = 2;
  transport.pollIntervals = { withPush: 1_000_000_000, withoutPush: 1_000_000_000 };
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const waiting = mailbox.waitForMessage({ subject: 'Not told of' });
  await expect.poll(() => transport.calls.watch).toBe(1);
  await mailbox.find();
  for (const subject of ['One', 'Two', 'Three']) transport.deliver(subject);
  transport.pushes = false;
  transport.deliver('Not told of');
  expect((await waiting).subject).toBe('Not told of');
});

test('what was there before a view began comes in its order, in however many portions', async () => {
  const transport = new FakeTransport();
  transport.portion = 2;
  const subjects = ['One', 'Two', 'Three', 'Four', 'Five'];
  for (const subject of subjects) transport.deliver(subject);
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { since: new Date(0), timeout });
  const handedOut = [];
  for (const _ of subjects) handedOut.push((await mailbox.waitForMessage()).subject);
  expect(handedOut).toEqual(subjects);
});

test('where nobody waits, nobody looks', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const first = mailbox.waitForMessage();
  await expect.poll(() => transport.calls.watch).toBe(1);
  transport.deliver('First');
  await first;
  const looks = transport.calls.arrivals;
  for (let number = 0; number < 10; number++) transport.deliver('Meanwhile');
  expect(transport.calls.arrivals).toBe(looks);
  expect((await mailbox.waitForMessage()).subject).toBe('Meanwhile');
});

test('the intervals between polls begin anew with each wait', async () => {
  const transport = new FakeTransport();
  const never = 1_000_000_000;
  transport.pollIntervals = { withPush: never, withoutPush: [5, never] };
  transport.pushes = false;
  transport.failures.watch.push(new ExchangeError('PUSH_UNAVAILABLE', 'too many streams'));
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (const number of [1, 2, 3]) {
    const looks = transport.calls.arrivals;
    const waiting = mailbox.waitForMessage();
    // One that the wait began with, and one after the shortest pause.
    await expect.poll(() => transport.calls.arrivals).toBe(looks + 2);
    transport.deliver(`Mail ${number}`);
    await mailbox.find();
    expect((await waiting).subject).toBe(`Mail ${number}`);
  }
});

for (const kind of ['arrivals', 'watch', 'fetch'] as const) {
  test(`a passing failure of ${kind} costs time, not mail`, async () => {
    const transport = new FakeTransport();
    await using connection = await connect(transport, 'plain');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    transport.failures[kind].push(new ExchangeError('NETWORK', 'reset', { transient: true }));
    const waiting = mailbox.waitForMessage();
    transport.deliver('Mail');
    expect((await waiting).subject).toBe('Mail');
  });

  test(`a final failure of ${kind} ends every wait at once, and the next wait tries again`, async () => {
    const transport = new FakeTransport();
    await using connection = await connect(transport, 'plain');
    await using mailbox = await connection.mailbox(undefined, { timeout });
    await using subscription = await mailbox.subscribe();
    const outcomes = Promise.allSettled([
      mailbox.waitForMessage({ text: 'never' }),
      mailbox.waitForMessage({ text: 'never' }),
    ]);
    transport.deliver('First');
    await subscription.next();
    const revoked = new ExchangeError('AUTH_REVOKED', 'Revoked');
    if (kind === 'watch') transport.breakPush(revoked);
    else transport.failures[kind].push(revoked, revoked, revoked, revoked);
    if (kind === 'fetch') transport.deliver('Unreadable');
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'AUTH_REVOKED' } });
    }
    await expect(subscription.next({ timeout })).rejects.toMatchObject({ code: 'AUTH_REVOKED' });
    transport.failures[kind].length = 0;
    const waiting = mailbox.waitForMessage({ subject: 'Mail' });
    transport.deliver('Mail');
    expect((await waiting).subject).toBe('Mail');
  });
}

test('a message that is gone before it is read is passed over', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  transport.deliver('Gone');
  transport.remove('Gone');
  transport.deliver('There');
  expect((await mailbox.waitForMessage()).subject).toBe('There');
  expect(await mailbox.find()).toHaveLength(1);
});

test('a filter whose function throws ends its own wait only', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const broken = mailbox.waitForMessage({
    where: () => {
      throw new Error('my mistake');
    },
  });
  const good = mailbox.waitForMessage();
  transport.deliver('Mail');
  await expect(broken).rejects.toThrow('my mistake');
  expect((await good).subject).toBe('Mail');
});

test('a connection that fails until the deadline is named in the error', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  const reset = new ExchangeError('NETWORK', 'the connection to mail.contoso.com:443 was reset', { transient: true });
  transport.failures.arrivals.push(...Array.from({ length: 100 }, () => reset));
  await expect(mailbox.waitForMessage({}, { timeout: 200 })).rejects.toThrow(
    /The connection was failing: the connection to mail\.contoso\.com:443 was reset/,
  );
  const find = mailbox.find({}, { timeout: 200 });
  await expect(find).rejects.toMatchObject({ code: 'DEADLINE' });
});

test('wrong input is refused before anything is tried', async () => {
  const transport = new FakeTransport();
  await using connection = await connect(transport, 'plain');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await expect(
    mailbox.send({
      to: ['nobody', 'ada@contoso.com'],
      headers: { 'X-A': 'a\r\nBcc: x' },
      attachments: [{ filename: 'a' }],
    }),
  ).rejects.toThrow(/to: "nobody" is not[^]*attachments\[0\]: needs either content or path[^]*X-A has a line break/);
  await expect(mailbox.send({ subject: 'x' })).rejects.toThrow('there is no recipient');
  await expect(connection.mailbox('nobody', { timeout })).rejects.toMatchObject({ code: 'CONFIGURATION' });
});
