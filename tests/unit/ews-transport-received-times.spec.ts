import { expect, test } from '@playwright/test';
import type { MailTransport, Position } from '../../src/mail/transport.js';
import { mime, startEwsSandbox, type EwsSandbox } from './ews-transport-sandbox.js';

const servers: Record<string, EwsSandbox['revise']> = {
  'leaves article numbers out': (answer) => answer.replace(/<t:ExtendedProperty>.*?<\/t:ExtendedProperty>/gs, ''),
  'refuses to sort by them': (answer) =>
    answer.includes('<t:ExtendedFieldURI')
      ? answer
          .replace('"Success"', '"Error"')
          .replace('NoError', 'ErrorUnsupportedPathForSortGroup')
          .replace(/<m:RootFolder.*<\/m:RootFolder>/s, '')
      : answer,
};

for (const [name, revise] of Object.entries(servers)) {
  test.describe(`on a server that ${name}`, () => {
    async function start() {
      const sandbox = await startEwsSandbox();
      sandbox.revise = revise;
      return sandbox;
    }

    async function read(transport: MailTransport, after: Position) {
      const inbox = await transport.folder('inbox');
      const { messages, position } = await transport.arrivals(inbox, after);
      return { subjects: messages.map(({ subject }) => subject), position };
    }

    test('arrivals are those after the position, each once, delayed ones too', async () => {
      await using sandbox = await start();
      const transport = await sandbox.open();
      sandbox.deliver('before');
      const before = await transport.position(await transport.folder('inbox'));
      sandbox.deliver('delayed', { receivedAt: new Date(Date.now() - 40 * 3_600_000) });
      sandbox.deliver('one');
      const first = await read(transport, before);
      expect(first.subjects).toEqual(['delayed', 'one']);
      sandbox.deliver('two');
      const second = await read(transport, first.position);
      expect(second.subjects).toEqual(['two']);
      expect((await read(transport, second.position)).subjects).toEqual([]);
    });

    test('a folder that was empty shows all that came', async () => {
      await using sandbox = await start();
      const transport = await sandbox.open();
      const empty = await transport.position(await transport.folder('inbox'));
      sandbox.deliver('old', { receivedAt: new Date(0) });
      sandbox.deliver('new');
      const first = await read(transport, empty);
      expect(first.subjects).toEqual(['old', 'new']);
      expect((await read(transport, first.position)).subjects).toEqual([]);
    });

    test('since goes by the received time', async () => {
      await using sandbox = await start();
      const transport = await sandbox.open();
      const now = Date.now();
      sandbox.deliver('early', { receivedAt: new Date(now - 7_200_000) });
      sandbox.deliver('late', { receivedAt: new Date(now - 1_000_000) });
      const since = new Date(now - 3_600_000);
      const position = await transport.position(await transport.folder('inbox'), { since });
      expect((await read(transport, position)).subjects).toEqual(['late']);
    });

    test('what is older than the overlap goes out of mind', async () => {
      await using sandbox = await start();
      const transport = await sandbox.open();
      const folder = sandbox.store.account('qa@contoso.com').folder('inbox');
      for (let index = 0; index < 700; index++) {
        folder.add({ source: mime('old', 'qa@contoso.com', 'x'), receivedAt: new Date(Date.now() - 72 * 3_600_000) });
      }
      sandbox.deliver('new');
      const position = await transport.position(await transport.folder('inbox'));
      expect(position.length).toBeLessThan(200);
      expect((await read(transport, position)).subjects).toEqual([]);
    });
  });
}
