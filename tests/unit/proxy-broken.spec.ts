import { expect, test } from '@playwright/test';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { serveTcp } from '../support/tcp-server.js';
import { serveHttp, serveProxy, type TestProxy } from './network-servers.js';

const address = 'qa@contoso.com';
const credentials = { type: 'basic', username: address, password: 'secret' } as const;

function cut(proxy: TestProxy): void {
  for (const socket of proxy.sockets) socket.destroy();
}

for (const path of ['/answer', '/stream']) {
  test(`a proxy that closes in the middle of an ${path.slice(1)} over HTTP is named`, async () => {
    await using proxy = await serveProxy();
    await using server = await serveHttp((_, response) => response.write('half', () => cut(proxy)));
    const http = createHttpClient({ proxy: proxy.url, ca: [] });
    const request = { method: 'GET', url: server.url + path };
    const error = await failureOf(
      path === '/answer' ? http.request(request) : http.stream(request).then(({ body }) => drain(body)),
    );
    http.close();
    expect(error).toMatchObject({ code: 'NETWORK', transient: true });
    expect(error.message).toContain(`GET ${server.url}${path} through the proxy ${proxy.url} failed`);
  });
}

test('one that closes while mail is watched over IMAP is named', async () => {
  await using sandbox = await startSandbox();
  await using proxy = await serveProxy();
  await using transport = await openImapTransport({
    imap: { ...sandbox.imap, security: 'none' },
    smtp: undefined,
    address,
    isShared: false,
    credentials,
    proxy: proxy.url,
    ca: [],
  });
  const inbox = await transport.folder('inbox');
  const error = await failureOf(transport.watch(inbox, () => cut(proxy), { signal: new AbortController().signal }));
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  expect(error.message).toContain(`${sandbox.imap.port} through the proxy ${proxy.url} failed`);
});

test('one on the way to a server that closes while signing in over SMTP is named', async () => {
  await using server = await serveTcp((socket) => socket.end('421 Not now\r\n'));
  await using proxy = await serveProxy();
  const sender = new SmtpSender({
    smtp: { host: '127.0.0.1', port: server.port, security: 'none', keepsCopy: false },
    signInTimeout: 30_000,
    address,
    credentials,
    proxy: proxy.url,
    ca: [],
  });
  const message = {
    messageId: '<1@contoso.com>',
    envelope: { from: address, to: [address] },
    source: Buffer.from('\r\n'),
  };
  const error = await failureOf(sender.send(message));
  expect(error.message).toContain(`by 127.0.0.1:${server.port} through the proxy ${proxy.url} failed`);
});

async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}
