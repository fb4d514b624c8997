import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import type { ConnectionDefinition } from '../../src/config/types.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { haproxyMissing, hasHaproxy, startHaproxy } from '../support/haproxy.js';
import { hasNginx, nginxMissing, startNginx } from '../support/nginx.js';
import type { ReverseProxy } from '../support/reverse-proxy.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

/**
 * Milliseconds. Without push a mail is found within three seconds; where push is believed that is silent, it would take
 * up to half a minute.
 */
const timeout = 10_000;
const mails = 6;

interface Front {
  readonly name: string;
  /** It hangs up on a stream that is silent for a second. */
  readonly impatient?: boolean;
  readonly start: (port: number) => Promise<ReverseProxy>;
}

const nginx = (name: string, ...directives: string[]): Front => ({
  name: `nginx, ${name}`,
  start: (port) => startNginx(port, directives),
});

const nginxFronts = [
  nginx('as it comes'),
  nginx('without buffering', 'proxy_buffering off;'),
  nginx(
    'without buffering, HTTP/1.1',
    'proxy_buffering off;',
    'proxy_http_version 1.1;',
    'proxy_set_header Connection "";',
  ),
  nginx('packing', 'gzip on;', 'gzip_types *;', 'gzip_min_length 1;', 'gzip_proxied any;'),
  { ...nginx('impatient', 'proxy_read_timeout 1s;', 'send_timeout 1s;'), impatient: true },
];
const haproxyFronts: readonly Front[] = [
  { name: 'HAProxy, impatient', impatient: true, start: (port) => startHaproxy(port, 'http') },
  {
    name: 'HAProxy, impatient and packing',
    impatient: true,
    start: (port) =>
      startHaproxy(port, 'http', ['compression algo gzip', 'compression type text/xml application/json']),
  },
];

test.describe('behind nginx', () => {
  test.skip(!process.env['CI'] && !hasNginx(), nginxMissing);
  for (const front of nginxFronts) eachHandedOut(front);
});

test.describe('behind HAProxy', () => {
  test.skip(!process.env['CI'] && !hasHaproxy(), haproxyMissing);
  for (const front of haproxyFronts) eachHandedOut(front);

  test('an IMAP connection that is cut when it is silent costs no mail', async () => {
    await using sandbox = await startSandbox();
    await using front = await startHaproxy(sandbox.imap.port, 'tcp');
    const definition = sandboxConnection({ protocol: 'imap', env: sandbox.env });
    await receive(sandbox, { ...definition, host: `127.0.0.1:${front.port}` });
  });
});

function eachHandedOut({ name, impatient = false, start }: Front): void {
  test(`${name}: each mail is handed out within seconds over Graph`, async () => {
    await using sandbox = await startSandbox();
    await using front = await start(Number(new URL(sandbox.url).port));
    await receive(sandbox, sandboxConnection({ protocol: 'graph', url: `http://127.0.0.1:${front.port}` }));
  });

  test(`${name}: each mail is handed out within seconds over EWS, whatever becomes of push`, async () => {
    await using sandbox = await startSandbox();
    await using wire = await startTcpProxy(Number(new URL(sandbox.url).port));
    let streams = 0;
    wire.onAnswer = (text) => void (text.includes('<m:ConnectionStatus>OK<') && streams++);
    await using front = await start(wire.port);
    const definition = sandboxConnection({ protocol: 'ews', url: `http://127.0.0.1:${front.port}` });
    await receive(sandbox, definition, async (number) => {
      await expect.poll(() => streams).toBeGreaterThanOrEqual(impatient ? Math.min(number, 3) : 1);
    });
  });
}

/** @param ready waits for what is to be before a mail is sent */
async function receive(
  sandbox: Sandbox,
  definition: ConnectionDefinition,
  ready?: (number: number) => Promise<void>,
): Promise<void> {
  await using connection = await openConnection('behind', definition, {});
  await using mailbox = await connection.mailbox(undefined, { timeout });
  for (let number = 1; number <= mails; number++) {
    const waiting = mailbox.waitForMessage();
    await ready?.(number);
    // The looks with which a wait begins are over then: what comes from now on is found by push, or by a later one.
    for (let look = 0; look < 2; look++) await mailbox.find();
    await sandbox.deliver({ to: mailbox.address, subject: `Mail ${number}` });
    expect((await waiting).subject).toBe(`Mail ${number}`);
  }
}
