import { expect, test } from '@playwright/test';
import type { Folder, MailTransport } from '../../src/mail/transport.js';
import { startEwsSandbox } from './ews-transport-sandbox.js';

/** Watches a folder, and lets a test wait for hints one by one. */
function watching(transport: MailTransport, folder: Folder) {
  const controller = new AbortController();
  let count = 0;
  let waiting: { target: number; resolve: () => void } | undefined;
  const ended = transport.watch(
    folder,
    () => {
      count++;
      if (waiting && count >= waiting.target) waiting.resolve();
    },
    { signal: controller.signal },
  );
  ended.catch(() => {});
  return {
    ended,
    stop: () => controller.abort(),
    get hints() {
      return count;
    },
    /** Resolves with the next hint after those seen so far, or rejects with the watch. */
    next(after = count): Promise<void> {
      const hinted = new Promise<void>((resolve) => {
        waiting = { target: after + 1, resolve };
        if (count > after) resolve();
      });
      return Promise.race([hinted, ended.then(() => Promise.reject(new Error('the watch ended')))]);
    },
  };
}

test('hints once it stands and with each arrival, and leaves no subscription behind', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  for (let round = 0; round < 3; round++) {
    const hinted = watch.next();
    sandbox.deliver(`m${round}`);
    await hinted;
  }
  watch.stop();
  await watch.ended;
  expect(sandbox.requests.at(-1)).toContain('Unsubscribe');
});

for (const chunkSize of [1, 7, 100]) {
  test(`hints where the stream comes in chunks of ${chunkSize} octets`, async () => {
    await using sandbox = await startEwsSandbox();
    sandbox.faults.chunkSize = chunkSize;
    const transport = await sandbox.open();
    const watch = watching(transport, await transport.folder('inbox'));
    await watch.next(0);
    for (let round = 0; round < 3; round++) {
      const hinted = watch.next();
      sandbox.deliver(`m${round}`);
      await hinted;
    }
    watch.stop();
    await watch.ended;
  });
}

test('hints for a message that is moved in', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const account = sandbox.store.account('qa@contoso.com');
  const message = account.folder('junkemail').add({ source: Buffer.from('Subject: x\r\n\r\n') });
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  const hinted = watch.next();
  message.folder.move(message, account.folder('inbox'));
  await hinted;
  watch.stop();
  await watch.ended;
});

test('goes on after the planned end of a stream, and hints again', async () => {
  await using sandbox = await startEwsSandbox({ minute: 50 });
  const transport = await sandbox.open({ streamMinutes: 1 });
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  await watch.next(1);
  await watch.next(2);
  expect(sandbox.requests.filter((soap) => soap.includes('<m:Subscribe>'))).toHaveLength(1);
  watch.stop();
  await watch.ended;
});

test('stays through heartbeats, and rejects when they stop', async () => {
  await using sandbox = await startEwsSandbox({ heartbeatInterval: 20 });
  const transport = await sandbox.open({ heartbeatTimeout: 400 });
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  sandbox.faults.silentStreams = true;
  await expect(watch.ended).rejects.toMatchObject({
    code: 'NETWORK',
    transient: true,
    message: expect.stringContaining('no heartbeat for 0.4 s'),
  });
});

test('rejects as transient when the stream is cut', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  sandbox.door.dropStreams();
  await expect(watch.ended).rejects.toMatchObject({ code: 'NETWORK', transient: true });
});

test('rejects as transient when the server forgot the subscription', async () => {
  await using sandbox = await startEwsSandbox({ minute: 50 });
  const transport = await sandbox.open({ streamMinutes: 1 });
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  sandbox.door.forgetSubscriptions();
  await expect(watch.ended).rejects.toMatchObject({ code: 'NETWORK', transient: true });
});

test('rejects with PUSH_UNAVAILABLE and the remedies where there are too many streams', async () => {
  await using sandbox = await startEwsSandbox();
  sandbox.faults.maxStreams = 1;
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  const first = watching(transport, inbox);
  await first.next(0);
  const second = watching(transport, inbox);
  await expect(second.ended).rejects.toMatchObject({
    code: 'PUSH_UNAVAILABLE',
    message: expect.stringContaining('fewer workers'),
  });
  first.stop();
  await first.ended;
});

test('a token that was withdrawn is renewed for the stream as well', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  sandbox.faults.unauthorized = 1;
  const watch = watching(transport, inbox);
  await watch.next(0);
  watch.stop();
  await watch.ended;
});

test('a stop before the stream stands resolves', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const watch = watching(transport, await transport.folder('inbox'));
  watch.stop();
  await watch.ended;
  expect(watch.hints).toBe(0);
});

test('closing the transport unsubscribes, and rejects the watch with CLOSED', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const watch = watching(transport, await transport.folder('inbox'));
  await watch.next(0);
  await transport[Symbol.asyncDispose]();
  await expect(watch.ended).rejects.toMatchObject({ code: 'CLOSED' });
  expect(sandbox.requests.at(-1)).toContain('Unsubscribe');
});

test('a watch that is given up while it subscribes leaves no subscription behind', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  const watch = watching(transport, inbox);
  sandbox.revise = (answer) => {
    if (answer.includes('SubscribeResponse')) watch.stop();
    return answer;
  };
  await watch.ended;
  expect(sandbox.requests.at(-1)).toContain('Unsubscribe');
  expect(sandbox.door.openSubscriptions).toBe(0);
});
