import { expect, test } from '@playwright/test';
import { createServer, type AddressInfo } from 'node:net';
import { dial } from '../../src/network/dial.js';
import { serveTcp } from '../support/tcp-server.js';
import { serveProxy } from './network-servers.js';

const direct = { proxy: 'none', ca: [] };

async function listen(): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test('what the server says first is there to be read', async () => {
  await using listener = await listen();
  const { socket } = await dial({ ...direct, host: '127.0.0.1', port: listener.port });
  expect((await socket.toArray()).join('')).toBe('hello');
});

test('where nobody listens, the error names the place and may be tried again', async () => {
  const { port, ...listener } = await listen();
  await listener[Symbol.asyncDispose]();
  await expect(dial({ ...direct, host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'NETWORK',
    transient: true,
    message: expect.stringMatching(`ECONNREFUSED[^]*see whether a server listens on 127\\.0\\.0\\.1:${port}`),
  });
});

test('whoever gives up gets the reason it gave', async () => {
  await using listener = await listen();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(dial({ ...direct, host: '127.0.0.1', port: listener.port, signal })).rejects.toThrow('enough');
});

/** An uncaught error fails the test that it happens in. */
test('a connection that is reset before anybody reads from it ends nothing', async () => {
  await using server = await serveTcp(() => {});
  await using tunnel = await serveProxy();
  for (const proxy of ['none', tunnel.url]) {
    const { socket } = await dial({ proxy, ca: [], host: '127.0.0.1', port: server.port });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    server.sockets.at(-1)!.resetAndDestroy();
    socket.resume();
    await closed;
  }
});

test('a SOCKS proxy that resets the connection while a name is looked up ends nothing', async () => {
  await using proxy = await serveTcp((socket) => socket.resetAndDestroy());
  const dialled = dial({ proxy: `socks4://127.0.0.1:${proxy.port}`, ca: [], host: 'localhost', port: 1 });
  await expect(dialled).rejects.toMatchObject({ code: 'PROXY' });
});
