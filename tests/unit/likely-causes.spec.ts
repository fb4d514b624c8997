import { expect, test } from '@playwright/test';
import { connectTo } from '../support/connect-to.js';
import { failureOf } from '../support/failure-of.js';
import { FakeTransport } from '../support/fake-transport.js';

const timeout = 50;

test('a mail that went nearly to the right address is named, with what is wrong with that', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (let index = 0; index < 9; index++) transport.deliver(`Other ${index}`, `qa+other${index}zz@contoso.com`);
  transport.deliver('Verify', mailbox.address.replace('+', ''));
  const { message } = await failureOf(mailbox.waitForMessage({ subject: 'Verify' }));
  expect(message).toMatch(/ - "Verify" from .*\n    went to qa\w+@contoso\.com: the \+ was lost: .*\.$/);
  expect(message).not.toContain('Was the mail sent to exactly');
});

test('of those that went to the account, the one is named that was waited for', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (const subject of ['Before', 'Verify', 'After']) transport.deliver(subject);
  const { message } = await failureOf(mailbox.waitForMessage({ subject: 'Verify' }));
  expect(message).toMatch(/ - "Verify" from .*\n    went to qa@contoso\.com: does the application strip the tag/);
});

test('a message that would match, and was handed out before, is named', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout: 5000 });
  for (const subject of ['Verify', 'Welcome']) {
    transport.deliver(subject, mailbox.address);
    await mailbox.waitForMessage({ subject });
  }
  const again = await failureOf(mailbox.waitForMessage({ subject: 'Verify' }, { timeout }));
  expect(again.message).toMatch(/ - "Verify" from .*\n    would match: unless a second one was to come, .*find\(\)\.$/);
  const other = await failureOf(mailbox.waitForMessage({ subject: 'Other' }, { timeout }));
  expect(other.message).not.toContain('would match');
});

test("a wait that the test's own time-out ended says what to raise", async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout: 0 });
  const limit = AbortSignal.timeout(timeout);
  const { message } = await failureOf(mailbox.waitForMessage({}, { limit }));
  expect(message).toMatch(/ - Mail takes its time: raise the time-out of the test/);
});

test('a message that came after a wait for it had ended came too late, with what it was too late for', async () => {
  const transport = new FakeTransport();
  await using connection = await connectTo(transport, 'plus');
  await using mailbox = await connection.mailbox(undefined, { timeout });
  await failureOf(mailbox.waitForMessage({ subject: 'Verify' }));
  await mailbox.peekForMessage({ subject: 'Other' }, {}, false);
  for (const subject of ['Verify', 'Other']) transport.deliver(subject, mailbox.address);
  const all = await mailbox.whereabouts(AbortSignal.timeout(5000));
  expect(all.map(({ fate, late, ref: { subject } }) => [subject, fate, late])).toEqual([
    [
      'Verify',
      'late',
      expect.stringMatching(/^too late for the wait \(subject "Verify"\) within 50 ms, by .* at most/),
    ],
    ['Other', 'left', undefined],
  ]);
});
