import { expect, test } from '@playwright/test';
import type { Folder, MailTransport } from '../../src/mail/transport.js';
import type { StoredMessage } from '../../src/sandbox/store/store.js';
import { startEwsSandbox, type EwsSandbox } from './ews-transport-sandbox.js';

/** Watches a folder; `hinted` resolves with the next hint. */
async function watching(transport: MailTransport, folder: Folder) {
  const controller = new AbortController();
  let hint = (): void => {};
  const hinted = (): Promise<void> => new Promise((resolve) => (hint = resolve));
  const established = hinted();
  const ended = transport.watch(folder, () => hint(), { signal: controller.signal });
  await Promise.race([established, ended]);
  return {
    hinted,
    async stop() {
      controller.abort();
      await ended;
    },
  };
}

test('a message that push names is requested before it is listed, and once', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  const before = await transport.position(inbox);
  const watch = await watching(transport, inbox);
  const sent = sandbox.requests.length;
  const hinted = watch.hinted();
  sandbox.deliver('one');
  await hinted;
  const operations = () => sandbox.requests.slice(sent).map((soap) => /<m:(\w+)/.exec(soap)?.[1]);
  await expect.poll(operations).toEqual(['GetItem']);
  const { messages } = await transport.arrivals(inbox, before);
  const [raw] = await transport.fetch(messages);
  expect(raw).toMatchObject({ ref: { subject: 'one' }, source: expect.any(Buffer) });
  expect(operations()).toEqual(['GetItem', 'FindItem']);
  await watch.stop();
});

for (const [title, disturb] of [
  ['that is gone before it is listed', (message) => message.folder.remove(message)],
  ['whose reading breaks off', (_, { faults }) => void (faults.dropRequests = 1)],
] satisfies [string, (message: StoredMessage, sandbox: EwsSandbox) => void][]) {
  test(`a message ${title} holds up none that follow`, async () => {
    await using sandbox = await startEwsSandbox();
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const before = await transport.position(inbox);
    const watch = await watching(transport, inbox);
    const hinted = watch.hinted();
    disturb(sandbox.deliver('first'), sandbox);
    await hinted;
    await expect(async () => {
      sandbox.deliver('second');
      const { messages } = await transport.arrivals(inbox, before);
      expect(messages.at(-1)?.subject).toBe('second');
    }).toPass();
    await watch.stop();
  });
}

test('a large message that push names is listed without its source, and fetched when it is asked for', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  const before = await transport.position(inbox);
  const watch = await watching(transport, inbox);
  const hinted = watch.hinted();
  const { source } = sandbox.deliver('large', { body: 'x'.repeat(1_000_000) });
  await hinted;
  const { messages } = await transport.arrivals(inbox, before);
  const [raw] = await transport.fetch(messages);
  expect(raw).toMatchObject({ ref: { subject: 'large' }, source: expect.any(Buffer) });
  expect('source' in raw! && raw.source.equals(source)).toBe(true);
  await watch.stop();
});
