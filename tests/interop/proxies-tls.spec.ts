import { expect } from '@playwright/test';
import { openConnection } from '../../src/mail/open-connection.js';
import { startDovecotServer, type DovecotServer } from '../contract/dovecot-server.js';
import { dovecotMissing, hasDovecot } from '../support/dovecot.js';
import { portsDuring, socksUser, testWithProxies, type Proxies } from '../support/real-proxies.js';

const test = testWithProxies.extend<object, { server: DovecotServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    async ({}, use) => {
      test.skip(!hasDovecot() && !process.env['CI'], dovecotMissing);
      await using server = await startDovecotServer();
      await use(server);
    },
    { scope: 'worker' },
  ],
});

interface Route {
  readonly port: number;
  readonly proxy: string;
}

const routes: Readonly<Record<string, (proxies: Proxies) => Route>> = {
  'Squid with a password': ({ squid }) => ({
    port: squid.guarded,
    proxy: `http://${squid.credentials}@127.0.0.1:${squid.guarded}`,
  }),
  'Squid over TLS, which makes it TLS in TLS': ({ squid }) => ({
    port: squid.tls,
    proxy: `https://${squid.credentials}@127.0.0.1:${squid.tls}`,
  }),
  'microsocks with a password': ({ guardedSocks: { port } }) => ({
    port,
    proxy: `socks5h://${socksUser.username}:${encodeURIComponent(socksUser.password)}@127.0.0.1:${port}`,
  }),
};

for (const [name, routeOf] of Object.entries(routes)) {
  for (const security of ['tls', 'starttls'] as const) {
    test(`IMAP with ${security} and SMTP with starttls go through ${name}`, async ({ server, proxies }) => {
      const { port, proxy } = routeOf(proxies);
      const { definition, dovecot } = server;
      const imap = security === 'tls' ? {} : { port: dovecot.imapPort, security };
      const proxied = { ...definition, ...imap, proxy, tls: { ca: [dovecot.tls.cert, proxies.squid.ca] } };
      const subject = `${security} by ${name}`;
      const ports = await portsDuring(async () => {
        await using connection = await openConnection('proxied', proxied, {});
        await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
        const waiting = mailbox.waitForMessage({ subject });
        await mailbox.send({ to: mailbox.address, subject, text: 'Hello' });
        await waiting;
      });
      // The servers' own connections to each other are of this process too.
      const own = [dovecot.lmtpPort, dovecot.imapsPort];
      expect([...new Set(ports.filter((to) => !own.includes(to)))]).toEqual([port]);
    });
  }
}

test('a certificate that is not trusted is refused behind a proxy too', async ({ server, proxies: { squid } }) => {
  const definition = { ...server.definition, proxy: `http://127.0.0.1:${squid.open}`, tls: {} };
  await expect(openConnection('proxied', definition, {})).rejects.toMatchObject({
    code: 'NETWORK',
    message: expect.stringMatching(/self-signed certificate is not trusted[^]*tls\.ca/),
  });
});
