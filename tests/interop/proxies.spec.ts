import { expect } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { callersOf } from '../support/callers-of.js';
import { proxyAddress } from '../support/proxy-address.js';
import { socksUser, testWithProxies, type Proxies } from '../support/real-proxies.js';
import { serveHttp } from '../unit/network-servers.js';

const test = testWithProxies.extend<{ sandbox: Sandbox }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox({ heartbeatInterval: 100 });
    await use(sandbox);
  },
});

interface Route {
  readonly proxy: string;
  /** The authority that has issued the proxy's certificate. */
  readonly ca?: string;
}

const userInfo = `${socksUser.username}:${encodeURIComponent(socksUser.password)}`;

const routes: Readonly<Record<string, (proxies: Proxies) => Route>> = {
  Squid: ({ squid }) => ({ proxy: `http://127.0.0.1:${squid.open}` }),
  'Squid with a password': ({ squid }) => ({
    proxy: `http://${squid.credentials}@127.0.0.1:${squid.guarded}`,
  }),
  'Squid over TLS with a password': ({ squid }) => ({
    proxy: `https://${squid.credentials}@127.0.0.1:${squid.tls}`,
    ca: squid.ca,
  }),
  'SOCKS5 by microsocks': ({ socks }) => ({ proxy: `socks5://127.0.0.1:${socks.port}` }),
  'SOCKS5 by microsocks with a password': ({ guardedSocks: { port } }) => ({
    proxy: `socks5h://${userInfo}@127.0.0.1:${port}`,
  }),
  'SOCKS4 by Dante': ({ dante }) => ({ proxy: `socks4://127.0.0.1:${dante.port}` }),
  'a PAC file that names Squid after a proxy that is not there': ({ squid }) => ({
    proxy: pac(`PROXY 127.0.0.1:1; PROXY 127.0.0.1:${squid.open}; DIRECT`),
  }),
  'a PAC file that names microsocks': ({ socks }) => ({ proxy: pac(`SOCKS5 127.0.0.1:${socks.port}`) }),
};

/** The doors of the sandbox that a protocol comes to, signing in included. */
const legs = { ews: ['http'], graph: ['http'], imap: ['http', 'imap', 'smtp'] };

for (const [name, routeOf] of Object.entries(routes)) {
  for (const protocol of ['ews', 'imap', 'graph'] as const) {
    test(`${protocol}: signs in, sends, and is told of mail, all through ${name}`, async ({ sandbox, proxies }) => {
      const { proxy, ca } = routeOf(proxies);
      const tls = ca ? { tls: { ca: [ca] } } : {};
      const definition = { ...sandboxConnection({ protocol, env: sandbox.env }), proxy, ...tls };
      const callers = await callersOf(sandbox, async () => {
        await using connection = await openConnection('proxied', definition, {});
        await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
        const waiting = mailbox.waitForMessage({ subject: 'From outside' });
        // Push is all that can tell of it soon enough.
        if (protocol === 'ews') await expect.poll(() => sandbox.ews.openStreams).toBeGreaterThan(0);
        await sandbox.deliver({ to: mailbox.address, subject: 'From outside', text: 'Hello' });
        await waiting;
        await mailbox.send({ to: mailbox.address, subject: 'To itself', text: 'Hello' });
        await mailbox.waitForMessage({ subject: 'To itself' });
      });
      expect(callers).toEqual({ [proxyAddress]: new Set(legs[protocol]) });
    });
  }
}

test('Autodiscover goes through Squid', async ({ sandbox, proxies: { squid } }) => {
  const proxy = `http://${squid.credentials}@127.0.0.1:${squid.guarded}`;
  const definition = { ...sandboxConnection({ protocol: 'ews', env: sandbox.env }), host: 'autodiscover', proxy };
  const callers = await callersOf(sandbox, async () => {
    await using connection = await openConnection('proxied', definition, {});
    await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
    expect(await mailbox.find({})).toEqual([]);
  });
  expect(callers).toEqual({ [proxyAddress]: new Set(['http']) });
});

test("Squid's log has every leg of a connection", async ({ sandbox, proxies: { squid } }) => {
  const proxy = `http://${squid.credentials}@127.0.0.1:${squid.guarded}`;
  const definition = { ...sandboxConnection({ protocol: 'imap', env: sandbox.env }), proxy };
  {
    await using connection = await openConnection('proxied', definition, {});
    await connection.send({ to: connection.address, subject: 'Hello' }, { timeout: 30_000 });
  }
  for (const port of [new URL(sandbox.url).port, sandbox.imap.port, sandbox.smtp.port]) {
    await expect.poll(() => squid.log()).toMatch(new RegExp(`TCP_TUNNEL/200 \\d+ CONNECT 127\\.0\\.0\\.1:${port} ada`));
  }
});

test('what Squid refuses is said, and on which leg, without the password', async ({ sandbox, proxies: { squid } }) => {
  const { credentials } = squid;
  for (const [proxy, words] of [
    [`http://${credentials}@127.0.0.1:${squid.closed}`, /answered 403 .*\n {2}- ask who runs the proxy to permit/],
    [`http://127.0.0.1:${squid.guarded}`, /answered 407 .*\n {2}- .*percent-encoded/],
    [`http://ada:wrong@127.0.0.1:${squid.guarded}`, /answered 407 .*\n {2}- .*are right/],
  ] as const) {
    const { port } = new URL(proxy);
    for (const protocol of ['ews', 'imap', 'graph'] as const) {
      const definition = { ...sandboxConnection({ protocol, env: sandbox.env }), proxy };
      const error = await failureOf(openConnection('proxied', definition, {}));
      expect(error.code).toBe('PROXY');
      expect(error.message).toMatch(words);
      expect(error.message).toContain(`through the proxy http://127.0.0.1:${port}`);
      expect(error.message).not.toMatch(/p@ss|p%40ss|wrong/);
    }
  }
});

test('a server that Squid, or microsocks, can not reach is said to be that', async ({ proxies: { squid, socks } }) => {
  const gone = await startSandbox();
  const { env } = gone;
  await gone.close();
  for (const proxy of [`http://127.0.0.1:${squid.open}`, `socks5://127.0.0.1:${socks.port}`]) {
    const definition = { ...sandboxConnection({ protocol: 'ews', env }), proxy };
    const error = await failureOf(openConnection('proxied', definition, {}));
    expect(error).toMatchObject({ code: 'PROXY', transient: true });
    expect(error.message).toMatch(/503|ERR_CONNECT_FAIL|connection refused/);
  }
});

test('a PAC file is read off a server, and its last resort is tried', async ({ sandbox, proxies: { squid } }) => {
  const script = (answer: string): string => `function FindProxyForURL(url, host) { return '${answer}'; }`;
  await using server = await serveHttp((request, response) => {
    response.end(script(request.url === '/direct' ? 'PROXY 127.0.0.1:1; DIRECT' : `PROXY 127.0.0.1:${squid.open}`));
  });
  for (const path of ['/proxy.pac', '/direct']) {
    const definition = {
      ...sandboxConnection({ protocol: 'ews', env: sandbox.env }),
      proxy: `pac+${server.url}${path}`,
    };
    await using connection = await openConnection('proxied', definition, {});
    expect(connection.address).toBe('qa@contoso.com');
  }
});

function pac(answer: string): string {
  return `pac+data:text/plain,${encodeURIComponent(`function FindProxyForURL() { return '${answer}'; }`)}`;
}
