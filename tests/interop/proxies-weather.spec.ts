import { expect } from '@playwright/test';
import { sandboxConnection, type ConnectionDefinition } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { testWithProxies as test } from '../support/real-proxies.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

for (const protocol of ['ews', 'imap', 'graph'] as const) {
  for (const end of ['cut', 'close'] as const) {
    test(`${protocol}: nothing is lost where tunnels ${end}, over and over`, async ({ proxies: { squid } }) => {
      await using sandbox = await startSandbox({ heartbeatInterval: 100 });
      await using wire = await startTcpProxy(squid.open);
      const definition = proxied(sandbox, protocol, `http://127.0.0.1:${wire.port}`);
      await using connection = await openConnection('proxied', definition, {});
      await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
      for (let round = 1; round <= 3; round++) {
        const subject = `Round ${round}`;
        const waiting = mailbox.waitForMessage({ subject });
        if (protocol === 'ews') await expect.poll(() => sandbox.ews.openStreams).toBeGreaterThan(0);
        const before = wire.connections;
        wire[end]();
        await sandbox.deliver({ to: mailbox.address, subject, text: 'Hello' });
        expect((await waiting).subject).toBe(subject);
        expect(wire.connections).toBeGreaterThan(before);
      }
      expect(await mailbox.find({})).toHaveLength(3);
    });
  }
}

test('an EWS stream comes back through the proxy after it was cut', async ({ proxies: { squid } }) => {
  await using sandbox = await startSandbox({ heartbeatInterval: 100 });
  await using wire = await startTcpProxy(squid.open);
  await using connection = await openConnection(
    'proxied',
    proxied(sandbox, 'ews', `http://127.0.0.1:${wire.port}`),
    {},
  );
  await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
  const waiting = mailbox.waitForMessage({ subject: 'Late' });
  await expect.poll(() => sandbox.ews.openStreams).toBe(1);
  wire.cut();
  await expect.poll(() => sandbox.ews.openStreams).toBe(0);
  await expect.poll(() => sandbox.ews.openStreams, { timeout: 20_000 }).toBe(1);
  await sandbox.deliver({ to: mailbox.address, subject: 'Late', text: 'Hello' });
  await waiting;
});

function proxied(sandbox: Sandbox, protocol: 'ews' | 'imap' | 'graph', proxy: string): ConnectionDefinition {
  return { ...sandboxConnection({ protocol, env: sandbox.env }), proxy };
}
