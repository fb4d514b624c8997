import { once } from 'node:events';
import { expect } from '@playwright/test';
import type { Security } from '../../src/config/types.js';
import { Connection } from '../../src/mail/connection.js';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { dial } from '../../src/network/dial.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { testWithProxies as test, type Proxies } from '../support/real-proxies.js';

type ProxyOf = (proxies: Proxies) => string;

/** Push alone is left. */
const noPolls = { withPush: 3_600_000, withoutPush: 3_600_000 };

for (const [name, security, proxyOf] of [
  ['TLS, through Squid over TLS', 'tls', ({ squid }) => `https://${squid.credentials}@127.0.0.1:${squid.tls}`],
  ['STARTTLS, through microsocks', 'starttls', ({ socks }) => `socks5://127.0.0.1:${socks.port}`],
] as const satisfies readonly (readonly [string, Security, ProxyOf])[]) {
  test(`IDLE over ${name}, tells of each mail that comes`, async ({ proxies }) => {
    await using sandbox = await startSandbox();
    const { host, port, tlsPort } = sandbox.imap;
    const username = 'qa@contoso.com';
    const transport = await openImapTransport({
      imap: { host, port: security === 'tls' ? tlsPort : port, security },
      smtp: undefined,
      address: username,
      isShared: false,
      credentials: { type: 'basic', username, password: 'secret' },
      proxy: proxyOf(proxies),
      ca: [sandbox.ca, proxies.squid.ca],
      pollIntervals: noPolls,
    });
    await using connection = new Connection({ name: 'proxied', addressing: 'plus' }, transport, {
      release: async () => {},
    });
    await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
    for (const subject of ['One', 'Two', 'Three']) {
      const waiting = mailbox.waitForMessage({ subject });
      await sandbox.deliver({ to: mailbox.address, subject });
      await waiting;
    }
  });
}

for (const [name, proxyOf] of [
  ['Squid', ({ squid }) => `http://127.0.0.1:${squid.open}`],
  ['microsocks', ({ socks }) => `socks5h://127.0.0.1:${socks.port}`],
  ['Dante', ({ dante }) => `socks5h://127.0.0.1:${dante.port}`],
] as const satisfies readonly (readonly [string, ProxyOf])[]) {
  test(`a name is looked up by ${name}`, async ({ proxies }) => {
    await using sandbox = await startSandbox();
    const { port } = sandbox.smtp;
    const { socket } = await dial({ host: 'localhost', port, ca: [], proxy: proxyOf(proxies) });
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(String(greeting)).toMatch(/^220 /);
  });
}
