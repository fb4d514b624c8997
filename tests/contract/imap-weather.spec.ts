import { test as base, expect } from '@playwright/test';
import { dovecotMissing, hasDovecot } from '../support/dovecot.js';
import { startDovecotWeather, startSandboxWeather, type WeatherServer } from './weather-server.js';

const timeout = 30_000;

const servers = [
  { name: 'the sandbox', start: startSandboxWeather, isThere: true },
  { name: 'Dovecot', start: startDovecotWeather, isThere: hasDovecot() || !!process.env['CI'] },
];

for (const { name, start, isThere } of servers) {
  const test = base.extend<{ server: WeatherServer }>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    server: async ({}, use) => {
      await using server = await start();
      await use(server);
    },
  });

  test.describe(`bad weather over ${name}`, () => {
    test.skip(!isThere, dovecotMissing);

    test('the server closes the connection in IDLE', async ({ server }) => {
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waits = [1, 2].map((number) => mailbox.waitForMessage({ subject: `Mail ${number}` }));
      server.wire.close();
      await server.deliver({ to: mailbox.address, subject: 'Mail 1' });
      await waits[0];
      server.wire.cut();
      await server.deliver({ to: mailbox.address, subject: 'Mail 2' });
      expect((await waits[1]!).subject).toBe('Mail 2');
      expect(server.wire.connections).toBe(3);
    });

    test('the connection breaks in a fetch', async ({ server }) => {
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const text = 'x'.repeat(300_000);
      let cuts = 3;
      server.wire.onAnswer = (answer) => (answer.includes(text.slice(0, 70)) && cuts-- > 0 ? 'cut' : undefined);
      await server.deliver({ to: mailbox.address, subject: 'Big', text });
      expect((await mailbox.waitForMessage({ subject: 'Big' })).text.trim()).toBe(text);
      expect(cuts).toBeLessThanOrEqual(0);
      expect(await mailbox.find()).toHaveLength(1);
    });

    test('the server closes connections right after they signed in', async ({ server }) => {
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waiting = mailbox.waitForMessage();
      let closed = 0;
      server.wire.onAnswer = (text) =>
        /^\S+ OK .*(logged in|authenticat)/im.test(text) && closed++ < 3 ? 'close' : undefined;
      server.wire.cut();
      await server.deliver({ to: mailbox.address, subject: 'At last' });
      expect((await waiting).subject).toBe('At last');
      expect(closed).toBeGreaterThanOrEqual(3);
    });

    test('the server goes silent', async ({ server }) => {
      await using connection = await server.connect({ socketTimeout: 1000 });
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waiting = mailbox.waitForMessage();
      server.wire.silence();
      await server.deliver({ to: mailbox.address, subject: 'After the silence' });
      expect((await waiting).subject).toBe('After the silence');
    });

    test('the server restarts during a wait', async ({ server }) => {
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waits = [1, 2].map((number) => mailbox.waitForMessage({ subject: `Mail ${number}` }));
      await server.deliver({ to: mailbox.address, subject: 'Mail 1' });
      await server.restart();
      await server.deliver({ to: mailbox.address, subject: 'Mail 2' });
      await Promise.all(waits);
      await expect(mailbox.waitForMessage({}, { timeout: 300 })).rejects.toThrow('Handed out before');
    });

    test('the token expires during a wait', async ({ server }) => {
      let token = await server.token();
      const asked: boolean[] = [];
      await using connection = await server.connect({
        credentials: {
          type: 'bearer',
          username: server.account,
          appOnly: true,
          async token({ renew = false } = {}) {
            asked.push(renew);
            if (renew) token = await server.token();
            return token;
          },
        },
      });
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waiting = mailbox.waitForMessage();
      token = 'expired';
      server.wire.cut();
      await server.deliver({ to: mailbox.address, subject: 'Renewed' });
      expect((await waiting).subject).toBe('Renewed');
      expect(asked).toEqual([false, false, true]);
    });

    test('a mailbox with 20,000 messages costs a wait nothing', async ({ server }) => {
      test.slow();
      await server.fill(20_000);
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout: 60_000 });
      const { received } = server.wire;
      const waiting = mailbox.waitForMessage({ subject: 'New' });
      await server.deliver({ to: mailbox.address, subject: 'New' });
      await waiting;
      expect(server.wire.received - received).toBeLessThan(20_000);
    });

    test('200 waits share one connection', async ({ server }) => {
      test.slow();
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout: 80_000 });
      const waits = Array.from({ length: 200 }, (_, index) => mailbox.waitForMessage({ subject: `Number ${index}.` }));
      for (let index = 199; index >= 0; index--) {
        await server.deliver({ to: mailbox.address, subject: `Number ${index}.` });
      }
      await Promise.all(waits);
      expect(server.wire.connections).toBe(1);
    });

    test('two folders are watched at once, over a connection each', async ({ server }) => {
      await using connection = await server.connect();
      await using mailbox = await connection.mailbox(undefined, { timeout });
      const waits = [mailbox.waitForMessage(), mailbox.waitForMessage({}, { folder: 'junkemail' })];
      await expect.poll(() => server.wire.open).toBe(2);
      await server.deliver({ to: mailbox.address, subject: 'Ham' });
      await server.deliver({ to: mailbox.address, subject: 'Spam', folder: 'junkemail' });
      expect((await Promise.all(waits)).map(({ subject }) => subject)).toEqual(['Ham', 'Spam']);
    });
  });
}
