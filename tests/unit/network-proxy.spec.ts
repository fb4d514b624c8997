import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import type { ExchangeError } from '../../src/errors.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { certificate, serveHttp, serveHttps, serveProxy } from './network-servers.js';

function failure(promise: Promise<unknown>): Promise<ExchangeError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}

const credentials = `Basic ${Buffer.from('qa:p@ss').toString('base64')}`;

test('an https target goes through the proxy in one tunnel that is kept alive', async () => {
  await using server = await serveHttps((_, response) => response.end('ok'));
  await using proxy = await serveProxy(credentials);
  const url = proxy.url.replace('//', '//qa:p%40ss@');
  const http = createHttpClient({ proxy: url, ca: [certificate] });
  for (let round = 0; round < 2; round++) {
    expect((await http.request({ method: 'GET', url: server.url })).body.toString()).toBe('ok');
  }
  expect(proxy.asked).toEqual([`CONNECT localhost:${server.port}`]);
  http.close();
});

test('so does an http target', async () => {
  await using server = await serveHttp((_, response) => response.end('ok'));
  await using proxy = await serveProxy();
  const http = createHttpClient({ proxy: proxy.url, ca: [] });
  for (let round = 0; round < 2; round++) {
    expect((await http.request({ method: 'GET', url: server.url })).body.toString()).toBe('ok');
  }
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  http.close();
});

test('a proxy that wants a password is a PROXY error that tells none', async () => {
  await using server = await serveHttps((_, response) => response.end('ok'));
  await using proxy = await serveProxy(credentials);
  const url = proxy.url.replace('//', '//qa:wr0ng@');
  const error = await failure(
    createHttpClient({ proxy: url, ca: [certificate] }).request({ method: 'GET', url: server.url }),
  );
  expect(error).toMatchObject({ code: 'PROXY', transient: false });
  expect(error.message).toContain(proxy.url);
  expect(error.message).toContain('407');
  expect(error.message).not.toContain('wr0ng');
});

test('a proxy that cannot be reached is a transient PROXY error that tells no password', async () => {
  const proxy = await serveProxy();
  await proxy[Symbol.asyncDispose]();
  const url = proxy.url.replace('//', '//qa:s3cret@');
  const error = await failure(
    createHttpClient({ proxy: url, ca: [] }).request({ method: 'GET', url: 'https://localhost:1' }),
  );
  expect(error).toMatchObject({ code: 'PROXY', transient: true });
  expect(error.message).toContain(proxy.url);
  expect(error.message).not.toContain('s3cret');
});

test('a proxy that is no URL is a CONFIGURATION error that tells no password', async () => {
  for (const proxy of ['qa:s3cret@px:3128', 'gopher://qa:s3cret@px']) {
    const error = await failure(
      createHttpClient({ proxy, ca: [] }).request({ method: 'GET', url: 'https://localhost:1' }),
    );
    expect(error.code).toBe('CONFIGURATION');
    expect(error.message).not.toContain('s3cret');
  }
});

test('a proxy that hangs costs no more than the deadline, and close() lets go of it', async () => {
  const sockets: Socket[] = [];
  const proxy = createServer((socket) => void sockets.push(socket.resume()));
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const http = createHttpClient({ proxy: `http://127.0.0.1:${port}`, ca: [] });
  const error = await failure(http.request({ method: 'GET', url: 'https://localhost:1', timeout: 200 }));
  expect(error.code).toBe('DEADLINE');
  expect(error.message).toContain(`127.0.0.1:${port}`);
  const closed = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  http.close();
  await closed;
  proxy.close();
});

test.describe('the system proxy', () => {
  const names = ['HTTP_PROXY', 'NO_PROXY'] as const;
  const before = names.map((name) => process.env[name]);
  test.afterEach(() => {
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test('is read from the environment, with its exceptions', async () => {
    await using server = await serveHttp((_, response) => response.setHeader('connection', 'close').end('ok'));
    await using proxy = await serveProxy();
    const http = createHttpClient({ proxy: 'system', ca: [] });
    process.env.HTTP_PROXY = proxy.url;
    delete process.env.NO_PROXY;
    await http.request({ method: 'GET', url: server.url });
    process.env.NO_PROXY = '127.0.0.1';
    await http.request({ method: 'GET', url: server.url });
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
    http.close();
  });

  test("is left alone with 'none'", async () => {
    await using server = await serveHttp((_, response) => response.end('direct'));
    process.env.HTTP_PROXY = 'http://127.0.0.1:1';
    const http = createHttpClient({ proxy: 'none', ca: [] });
    expect((await http.request({ method: 'GET', url: server.url })).body.toString()).toBe('direct');
    http.close();
  });
});
