import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { dial } from '../../src/network/dial.js';
import { startForwardingProxy, type ForwardingProxy } from '../../src/network/forwarding-proxy.js';
import { closedPort, serveTcp } from '../support/tcp-server.js';
import { failureOf } from '../support/failure-of.js';
import { serveHttp, serveProxy } from './network-servers.js';

function settingOf({ url, username, password }: Pick<ForwardingProxy, 'url' | 'username' | 'password'>): string {
  return url.replace('//', `//${username}:${password}@`);
}

/** What a client that knows the proxy gets for an `http:` URL. */
function get(url: string, proxy: ForwardingProxy, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { hostname, port } = new URL(proxy.url);
  const authorization = `Basic ${Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')}`;
  const sent = request({ hostname, port, path: url, headers: { 'proxy-authorization': authorization, ...headers } });
  sent.end();
  return new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject));
}

test("it reaches every host by the connection's own proxy, and hands its password to nobody", async () => {
  const seen: unknown[] = [];
  await using server = await serveHttp(({ headers }, response) => {
    seen.push(headers['proxy-authorization'], headers['x-one']);
    response.writeHead(201, { 'x-two': '2' }).end('ok');
  });
  await using theirs = await serveProxy(`Basic ${Buffer.from('qa:s3cret').toString('base64')}`);
  await using proxy = await startForwardingProxy({ proxy: theirs.url.replace('//', '//qa:s3cret@'), ca: [] });
  const answer = await get(`${server.url}/x`, proxy, { 'x-one': '1' });
  expect([answer.statusCode, answer.headers['x-two'], (await answer.toArray()).join('')]).toEqual([201, '2', 'ok']);
  expect(seen).toEqual([undefined, '1']);

  await using speaker = await serveTcp((socket) => socket.end('hello'));
  const { socket } = await dial({ host: '127.0.0.1', port: speaker.port, ca: [], proxy: settingOf(proxy) });
  expect((await socket.toArray()).join('')).toBe('hello');
  expect(theirs.asked).toEqual([server.port, speaker.port].map((port) => `CONNECT 127.0.0.1:${port}`));
});

test('who does not know its password is not served', async () => {
  await using server = await serveHttp((_, response) => response.end('ok'));
  await using proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  const stranger = settingOf({ ...proxy, password: 'guess' });
  const error = await failureOf(dial({ host: '127.0.0.1', port: server.port, ca: [], proxy: stranger }));
  expect(error.message).toContain('answered 407');
  expect((await get(server.url, proxy, { 'proxy-authorization': 'Basic guess' })).statusCode).toBe(407);
  expect(server.sockets.size).toBe(0);
});

test('why a host could not be reached is remembered, until it is reached', async () => {
  const closed = await closedPort();
  await using proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  const error = await failureOf(dial({ host: 'localhost', port: closed, ca: [], proxy: settingOf(proxy) }));
  expect(error.message).toContain('answered 502');
  expect(proxy.failureOf('localhost')).toMatchObject({ code: 'NETWORK' });
  await expect(get(`http://127.0.0.1:${closed}/`, proxy)).rejects.toThrow('socket hang up');
  expect(proxy.failureOf('127.0.0.1')?.message).toContain(`the connection to 127.0.0.1:${closed} failed`);
  await using server = await serveHttp((_, response) => response.end('ok'));
  await get(server.url, proxy);
  expect(proxy.failureOf('127.0.0.1')).toBeUndefined();
});

test('what is no request to a proxy is refused', async () => {
  await using proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  for (const path of ['/', 'https://127.0.0.1/', 'ftp://127.0.0.1/']) {
    expect((await get(path, proxy)).statusCode).toBe(400);
  }
});

test('closing it cuts what goes through it', async () => {
  await using speaker = await serveTcp((socket) => void socket.write('hello'));
  const proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  const { socket } = await dial({ host: '127.0.0.1', port: speaker.port, ca: [], proxy: settingOf(proxy) });
  const closed = new Promise((resolve) =>
    socket
      .on('error', () => {})
      .resume()
      .once('close', resolve),
  );
  await proxy[Symbol.asyncDispose]();
  await closed;
});

/** An uncaught error fails the test that it happens in. */
test('whoever resets a connection to it, or says what makes no sense, ends nothing', async () => {
  await using proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  const { port } = new URL(proxy.url);
  const known = `Proxy-Authorization: Basic ${Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64')}`;
  const said = [
    'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n',
    `CONNECT a:b:c HTTP/1.1\r\nHost: a\r\n${known}\r\n\r\n`,
    `CONNECT [::1 HTTP/1.1\r\nHost: a\r\n${known}\r\n\r\n`,
    `CONNECT localhost:1 HTTP/1.1\r\nHost: a\r\n${known}\r\n\r\n`,
    `GET http://[ HTTP/1.1\r\nHost: a\r\n${known}\r\n\r\n`,
    `POST http://localhost:1/ HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n${known}\r\n\r\na`,
    '\x16\x03\x01\x02\x00',
  ];
  for (const text of said) {
    const answered = connect(Number(port), '127.0.0.1').setEncoding('latin1');
    answered.end(text);
    expect((await answered.toArray().catch(() => [])).join('')).not.toMatch(/^HTTP\/1.1 2/);
    const reset = connect(Number(port), '127.0.0.1');
    await once(reset, 'connect');
    await new Promise((resolve) => reset.write(text, resolve));
    reset.resetAndDestroy();
    await once(reset, 'close');
  }
  await using server = await serveHttp((_, response) => response.end('ok'));
  expect((await get(server.url, proxy)).statusCode).toBe(200);
});

test('an answer that no server may give is told as one', async () => {
  await using server = await serveTcp((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 099 Early\r\nContent-Length: 0\r\n\r\n'));
  });
  await using proxy = await startForwardingProxy({ proxy: 'none', ca: [] });
  expect((await get(`http://127.0.0.1:${server.port}/`, proxy)).statusCode).toBe(502);
});
