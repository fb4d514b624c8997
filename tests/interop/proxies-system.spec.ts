import { expect } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { portsDuring, testWithProxies as test } from '../support/real-proxies.js';

const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const before = new Map(names.map((name) => [name, process.env[name]]));

test.beforeEach(() => setEnvironment(new Map()));
test.afterEach(() => setEnvironment(before));

// Sign-in at the sandbox is plain http, IMAP and SMTP count as https.
for (const variables of [['https_proxy', 'http_proxy'], ['HTTPS_PROXY', 'HTTP_PROXY'], ['all_proxy'], ['ALL_PROXY']]) {
  test(`sign-in, IMAP and SMTP follow ${variables.join(' and ')}`, async ({ proxies: { squid } }) => {
    await using sandbox = await startSandbox();
    setEnvironment(new Map(variables.map((name) => [name, `http://${squid.credentials}@127.0.0.1:${squid.guarded}`])));
    const ports = await portsDuring(() => sendAndReceive(sandbox));
    expect([...new Set(ports)]).toEqual([squid.guarded]);
  });
}

for (const name of ['no_proxy', 'NO_PROXY']) {
  test(`the host and port in ${name} is reached directly, and nothing else`, async ({ proxies: { squid } }) => {
    await using sandbox = await startSandbox();
    const { port } = sandbox.smtp;
    setEnvironment(
      new Map([
        ['ALL_PROXY', `http://127.0.0.1:${squid.open}`],
        [name, `127.0.0.1:${port}`],
      ]),
    );
    const ports = await portsDuring(() => sendAndReceive(sandbox));
    expect(new Set(ports)).toEqual(new Set([squid.open, port]));
  });
}

async function sendAndReceive({ env }: Sandbox): Promise<void> {
  const definition = { ...sandboxConnection({ protocol: 'imap', env }), proxy: 'system' };
  await using connection = await openConnection('system', definition, {});
  await using mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
  await mailbox.send({ to: mailbox.address, subject: 'To itself', text: 'Hello' });
  await mailbox.waitForMessage({ subject: 'To itself' });
}

function setEnvironment(values: ReadonlyMap<string, string | undefined>): void {
  for (const name of names) {
    const value = values.get(name);
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
