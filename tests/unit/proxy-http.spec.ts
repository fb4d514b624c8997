import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, test } from '@playwright/test';
import { dial } from '../../src/network/dial.js';
import { createCertificate } from '../../src/sandbox/server/certificate.js';
import { closedPort, serveTcp, type TcpServer } from '../support/tcp-server.js';
import { failureOf } from '../support/failure-of.js';

const target = { host: 'imap.contoso.com', port: 993, ca: [] };

/** Says the same to everybody, once it was asked. */
function serveAnswer(answer: string, { end = false } = {}): Promise<TcpServer> {
  return serveTcp((socket) => {
    socket.once('data', () => (end ? socket.end(answer) : socket.write(answer)));
  });
}

const through = (port: number, credentials = ''): string => `http://${credentials}127.0.0.1:${port}`;

test('what the server says at once, with the word that the tunnel stands, is there to be read', async () => {
  await using proxy = await serveAnswer('HTTP/1.1 200 OK\r\n\r\n* OK ready\r\n', { end: true });
  const { socket, proxy: name } = await dial({ ...target, proxy: through(proxy.port, 'qa:s3cret@') });
  expect((await socket.toArray()).join('')).toBe('* OK ready\r\n');
  expect(name).toBe(`http://127.0.0.1:${proxy.port}`);
});

test('it is asked for host and port, with user and password decoded', async () => {
  const asked: string[] = [];
  await using proxy = await serveTcp((socket) => {
    socket.once('data', (data) => {
      asked.push(String(data));
      socket.write('HTTP/1.0 200 Connection established\r\n\r\n');
    });
  });
  const { socket } = await dial({ ...target, host: '::1', proxy: through(proxy.port, 'q%40a:p%3A%25ss%C3%BC@') });
  socket.destroy();
  const authorization = Buffer.from('q@a:p:%ssü').toString('base64');
  expect(asked[0]).toMatch(/^CONNECT \[::1\]:993 HTTP\/1\.1\r\nhost: \[::1\]:993\r\n/);
  expect(asked[0]).toContain(`proxy-authorization: Basic ${authorization}\r\n`);
});

const answers = [
  [
    'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"',
    false,
    /answered 407 Proxy Authentication Required\n {2}- see whether the proxy's user and password are right/,
  ],
  [
    'HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM',
    false,
    /answered 407 No\n {2}- it takes Negotiate, NTLM, and this package speaks Basic only/,
  ],
  [
    'HTTP/1.1 403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0',
    false,
    /answered 403 Forbidden \(ERR_ACCESS_DENIED 0\)\n {2}- ask who runs the proxy to permit connections \(CONNECT\) to imap\.contoso\.com:993/,
  ],
  [
    'HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0',
    true,
    /answered 503 Service Unavailable \(ERR_DNS_FAIL 0\)\n {2}- see whether the host name imap\.contoso\.com is right/,
  ],
  [
    'HTTP/1.1 502 Bad Gateway\r\nProxy-Status: px; error=connection_refused',
    true,
    /answered 502 Bad Gateway \(px; error=connection_refused\)/,
  ],
  ['HTTP/1.1 301 Moved\r\nLocation: http://elsewhere', false, /answered 301 Moved/],
] as const;

for (const [answer, transient, words] of answers) {
  const [status] = answer.split('\r\n');
  test(`${status} is told with what to do`, async () => {
    await using proxy = await serveAnswer(`${answer}\r\nContent-Length: 2\r\n\r\nno`);
    const error = await failureOf(dial({ ...target, proxy: through(proxy.port, 'qa:s3cret@') }));
    expect(error).toMatchObject({ code: 'PROXY', transient });
    expect(error.message).toMatch(words);
    expect(error.message).toContain(
      `the connection to imap.contoso.com:993 through the proxy http://127.0.0.1:${proxy.port} failed: the proxy `,
    );
    expect(error.message).not.toContain('s3cret');
    expect(proxy.sockets).toHaveLength(1);
  });
}

test('a proxy that wants a password is told to be given one', async () => {
  await using proxy = await serveAnswer('HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n');
  const error = await failureOf(dial({ ...target, proxy: through(proxy.port) }));
  expect(error.message).toContain('percent-encoded: http://user:password@host:port');
});

for (const [what, answer] of [
  ['without a word', ''],
  ['in the middle of its answer', 'HTTP/1.1 200 OK\r\nVia: '],
] as const) {
  test(`a proxy that closes ${what} is one that broke off`, async () => {
    await using proxy = await serveAnswer(answer, { end: true });
    const error = await failureOf(dial({ ...target, proxy: through(proxy.port) }));
    expect(error).toMatchObject({ code: 'PROXY', transient: true });
    expect(error.message).toContain('the proxy broke off');
  });
}

test('something else than an HTTP proxy is taken for that', async () => {
  await using proxy = await serveAnswer('SSH-2.0-OpenSSH_9.2\r\n');
  const error = await failureOf(dial({ ...target, proxy: through(proxy.port) }));
  expect(error.message).toMatch(/is no HTTP proxy: [^]*is the right address for a HTTP proxy/);
});

test('a proxy that cannot be reached is named, without its password', async () => {
  const port = await closedPort();
  const error = await failureOf(dial({ ...target, proxy: through(port, 'qa:s3cret@') }));
  expect(error).toMatchObject({ code: 'PROXY', transient: true });
  expect(error.message).toMatch(/the proxy can't be reached: [^]*ECONNREFUSED/);
  expect(error.message).not.toContain('s3cret');
});

test('a proxy that hangs costs no more than the deadline, and is let go of', async () => {
  await using proxy = await serveTcp((socket) => void socket.resume());
  const error = await failureOf(dial({ ...target, proxy: through(proxy.port), timeout: 100 }));
  expect(error).toMatchObject({ code: 'DEADLINE', transient: true });
  expect(error.message).toContain(
    `through the proxy http://127.0.0.1:${proxy.port} was not made within 0.1 s: waiting for the proxy's answer`,
  );
  await closed(proxy.sockets[0]!);
});

test('whoever gives up while a proxy hangs gets the reason it gave, and the proxy is let go of', async () => {
  const controller = new AbortController();
  await using proxy = await serveTcp((socket) => socket.once('data', () => controller.abort(new Error('enough'))));
  const dialling = dial({ ...target, proxy: through(proxy.port), signal: controller.signal });
  await expect(dialling).rejects.toThrow('enough');
  await closed(proxy.sockets[0]!);
});

test.describe('an https proxy', () => {
  const issued = createCertificate();

  async function serveTlsProxy(): Promise<{ readonly port: number } & AsyncDisposable> {
    const server = createTlsServer(issued, (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nhello'));
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as AddressInfo).port,
      [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
    };
  }

  test('is trusted by an authority in tls.ca', async () => {
    await using proxy = await serveTlsProxy();
    const { socket } = await dial({ ...target, ca: [issued.ca], proxy: `https://localhost:${proxy.port}` });
    expect((await socket.toArray()).join('')).toBe('hello');
  });

  test('is not trusted without', async () => {
    await using proxy = await serveTlsProxy();
    const error = await failureOf(dial({ ...target, proxy: `https://qa:s3cret@localhost:${proxy.port}` }));
    expect(error).toMatchObject({ code: 'PROXY', transient: false });
    expect(error.message).toMatch(/TLS with the proxy failed: its certificate[^]*not trusted[^]*tls\.ca/);
    expect(error.message).not.toContain('s3cret');
  });

  test('that speaks no TLS is told to be an http one', async () => {
    await using proxy = await serveAnswer('HTTP/1.1 400 Bad Request\r\n\r\n');
    const error = await failureOf(dial({ ...target, proxy: `https://127.0.0.1:${proxy.port}` }));
    expect(error.message).toContain('a proxy without TLS is http://');
  });

  test('that hangs in its handshake is told to', async () => {
    await using proxy = await serveTcp((socket) => void socket.resume());
    const error = await failureOf(dial({ ...target, proxy: `https://127.0.0.1:${proxy.port}`, timeout: 100 }));
    expect(error.message).toContain('waiting for TLS with the proxy');
  });
});

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}
