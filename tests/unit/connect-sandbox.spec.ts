import { expect, test } from '@playwright/test';
import { connectSandbox, startSandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

test('another process delivers mail', async () => {
  await using sandbox = await startSandbox();
  const receivedAt = new Date('2026-01-02T03:04:05Z');
  await connectSandbox(sandbox.url).deliver({ to: [user], subject: 'Hi', text: 'x', folder: 'junkemail', receivedAt });
  const [message] = sandbox.store.account(user).folder('junkemail').messages;
  expect(message?.receivedAt).toEqual(receivedAt);
});

test('another process sets faults, and ends them', async () => {
  await using sandbox = await startSandbox();
  const remote = connectSandbox(sandbox.url);
  await remote.setFaults({ delay: 5, token: { code: 50173 } });
  expect(sandbox.faults).toMatchObject({ delay: 5, token: { code: 50173 } });
  await remote.setFaults({ token: undefined });
  expect(sandbox.faults).toMatchObject({ delay: 5, token: undefined });
  await remote.clearFaults();
  expect(sandbox.faults.delay).toBe(0);
});

test('another process cuts what is open, and is answered', async () => {
  await using sandbox = await startSandbox();
  const remote = connectSandbox(sandbox.url);
  const stream = await fetch(new URL('/sandbox/events', sandbox.url));
  await remote.dropConnections();
  await expect(stream.text()).rejects.toThrow();
  await remote.dropStreams();
  await remote.forgetSubscriptions();
});

test('what is to be cut is one of what can be', async () => {
  await using sandbox = await startSandbox();
  const asked = await fetch(new URL('/sandbox/interrupt', sandbox.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"constructor": true}',
  });
  expect(asked.status).toBe(400);
  expect(await asked.text()).toContain("interrupt: 'constructor' is none of dropStreams, dropConnections");
});

test('what is wrong is said in the words of the sandbox', async () => {
  await using sandbox = await startSandbox();
  const remote = connectSandbox(sandbox.url);
  const refusals: readonly [() => Promise<void>, string][] = [
    [() => remote.setFaults({ dely: 5 } as object), "/sandbox/faults: faults: 'dely' is none of"],
    [() => remote.changeIdentity({ revoked: user } as object), "/sandbox/identity: identity: 'revoked' is none of"],
    [() => remote.changeIdentity({ revoke: '' }), "identity: 'revoke': a text is wanted"],
    [
      () => remote.changeIdentity({ expireSecret: 'unknown' }),
      "identity: 'expireSecret': The sandbox has no app 'unknown'",
    ],
    [() => remote.deliver(undefined as never), '/sandbox/deliver: '],
    [() => remote.changeIdentity({ advance: -1 }), "identity: 'advance': a number of milliseconds is wanted"],
  ];
  for (const [refusal, words] of refusals) {
    await expect(refusal()).rejects.toMatchObject({ code: 'CONFIGURATION', message: expect.stringContaining(words) });
  }
});

test('a sandbox that is not there is an error that says where it was looked for', async () => {
  const sandbox = await startSandbox();
  await sandbox.close();
  const remote = connectSandbox(sandbox.url);
  await expect(remote.clearFaults()).rejects.toMatchObject({
    code: 'NETWORK',
    message: `The sandbox at ${sandbox.url} can't be reached.`,
  });
  expect(() => connectSandbox('')).toThrow(/PLAYWRIGHT_EXCHANGE_SANDBOX is not set[^]*sandboxServer\(\)/);
});
