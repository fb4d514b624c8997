import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { dial } from '../../src/network/dial.js';
import { closedPort, serveTcp } from '../support/tcp-server.js';
import { failureOf } from '../support/failure-of.js';
import { serveSpeech } from './hostile-servers.js';
import { certificate, serveHttp, serveHttps, serveProxy } from './network-servers.js';

const pacType = 'application/x-ns-proxy-autoconfig';

function pac(body: string): string {
  return `function FindProxyForURL(url, host) { ${body} }`;
}

/** `pac+data:` with a script that always gives the same answer. */
function answering(answer: string): string {
  return `pac+data:${pacType},${encodeURIComponent(pac(`return ${JSON.stringify(answer)};`))}`;
}

function serving(body: string): RequestListener {
  return (_, response) => response.setHeader('content-type', pacType).end(pac(body));
}

const hello = () => serveTcp((socket) => socket.end('hello'));

async function read(options: Parameters<typeof dial>[0]): Promise<string> {
  return (await (await dial(options)).socket.toArray()).join('');
}

test('the file is asked for the host and port, of mail too', async () => {
  const script = pac('throw new Error(url + " " + host);');
  const error = await failureOf(
    dial({ host: 'imap.contoso.com', port: 993, ca: [], proxy: `pac+data:${pacType},${encodeURIComponent(script)}` }),
  );
  expect(error).toMatchObject({ code: 'PROXY', transient: false });
  expect(error.message).toContain(
    'the PAC file pac+data: failed when asked for imap.contoso.com:993: https://imap.contoso.com:993/ imap.contoso.com',
  );
});

test('what it names is tried in order, until one works', async () => {
  await using server = await hello();
  await using proxy = await serveProxy();
  const proxies = `PROXY 127.0.0.1:${await closedPort()}; SOCKS5 127.0.0.1:${proxy.port}; PROXY 127.0.0.1:${proxy.port}; DIRECT`;
  const dialled = await dial({ host: '127.0.0.1', port: server.port, ca: [], proxy: answering(proxies) });
  expect((await dialled.socket.toArray()).join('')).toBe('hello');
  expect(dialled.proxy).toBe(proxy.url);
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
});

test('one that hangs costs its part of the time', async () => {
  await using server = await hello();
  await using hanging = await serveTcp((socket) => void socket.resume());
  const proxy = answering(`PROXY 127.0.0.1:${hanging.port}; DIRECT`);
  const dialled = await dial({ host: '127.0.0.1', port: server.port, ca: [], proxy, timeout: 4_000 });
  expect((await dialled.socket.toArray()).join('')).toBe('hello');
  expect(dialled.proxy).toBeUndefined();
  expect(hanging.sockets).toHaveLength(1);
});

test('where none works, all are told', async () => {
  await using server = await hello();
  await using proxy = await serveProxy('Basic nobody');
  const closed = await closedPort();
  const setting = answering(`PROXY qa:s3cret@127.0.0.1:${proxy.port}; SOCKS 127.0.0.1:${closed}`);
  const error = await failureOf(dial({ host: '127.0.0.1', port: server.port, ca: [], proxy: setting }));
  expect(error).toMatchObject({ code: 'PROXY', transient: true });
  expect(error.message).toContain(`all ways to 127.0.0.1:${server.port} failed:\n    the connection to`);
  expect(error.message).toContain(`through the proxy ${proxy.url} failed: the proxy answered 407`);
  expect(error.message).toContain(`through the proxy socks5h://127.0.0.1:${closed} failed: the proxy can't be reached`);
  expect(error.message).not.toContain('s3cret');
  expect(server.sockets).toEqual([]);
});

test('no answer at all is DIRECT', async () => {
  await using server = await hello();
  const proxy = `pac+data:${pacType},${encodeURIComponent(pac('return null;'))}`;
  expect(await read({ host: '127.0.0.1', port: server.port, ca: [], proxy })).toBe('hello');
});

test('an answer that nobody knows is told', async () => {
  const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy: answering('QUIC 127.0.0.1:1') }));
  expect(error.message).toMatch(/the PAC file pac\+data: gave an answer that can't be used: QUIC[^]*DIRECT, PROXY/);
});

test('the file may be on disk, and says nothing on standard output', async () => {
  await using server = await hello();
  const folder = await mkdtemp(join(tmpdir(), 'pac-'));
  const file = join(folder, 'proxy #1.pac');
  await writeFile(file, pac('alert("noise"); return "DIRECT";'));
  const written: unknown[] = [];
  const { log } = console;
  console.log = (...words) => void written.push(words);
  const proxy = `pac+${pathToFileURL(file).href}`;
  expect(await read({ host: '127.0.0.1', port: server.port, ca: [], proxy })).toBe('hello');
  console.log = log;
  await rm(folder, { recursive: true });
  expect(written).toEqual([]);
});

test("user and password are for the file's server, and for the proxies that it names", async () => {
  await using server = await hello();
  const credentials = `Basic ${Buffer.from('q@a:s3cret').toString('base64')}`;
  await using proxy = await serveProxy(credentials);
  const seen: unknown[] = [];
  await using source = await serveHttp((request, response) => {
    seen.push(request.headers.authorization);
    serving(`return "PROXY 127.0.0.1:${proxy.port}";`)(request, response);
  });
  const setting = `pac+${source.url.replace('//', '//q%40a:s3cret@')}/proxy.pac`;
  expect(await read({ host: '127.0.0.1', port: server.port, ca: [], proxy: setting })).toBe('hello');
  expect(seen).toEqual([credentials]);
});

test('a server to which the file has moved is given no password', async () => {
  const seen: unknown[] = [];
  await using elsewhere = await serveHttp((request, response) => {
    seen.push(request.headers);
    response.end();
  });
  await using source = await serveHttp((_, response) => response.writeHead(302, { location: elsewhere.url }).end());
  const setting = `pac+${source.url.replace('//', '//qa:s3cret@')}/proxy.pac?token=s3cret`;
  const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy: setting }));
  expect(error.message).toContain(`the PAC file pac+${source.url}/proxy.pac could not be loaded`);
  expect(error.message).not.toContain('s3cret');
  expect(seen).toEqual([]);
});

test('over https its server is trusted by tls.ca alone', async () => {
  await using server = await hello();
  await using source = await serveHttps(serving('return "DIRECT";'));
  const options = { host: '127.0.0.1', port: server.port, proxy: `pac+${source.url}/proxy.pac` };
  expect(await read({ ...options, ca: [certificate] })).toBe('hello');
  const error = await failureOf(dial({ ...options, ca: [] }));
  expect(error).toMatchObject({ code: 'PROXY', transient: false });
  expect(error.message).toMatch(/could not be loaded: its self-signed certificate is not trusted[^]*tls\.ca/);
});

test('one that is not there is told, and may be tried again', async () => {
  await using source = await serveHttp((_, response) => response.writeHead(404).end());
  for (const proxy of [
    `pac+${source.url}/no.pac`,
    'pac+file:///no/such/file.pac',
    `pac+http://127.0.0.1:${await closedPort()}/`,
  ]) {
    const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy }));
    expect(error).toMatchObject({ code: 'PROXY', transient: true });
    expect(error.message).toContain(`the PAC file ${proxy} could not be loaded`);
  }
});

test('one that is no script is told', async () => {
  await using source = await serveHttp((_, response) => response.end('<html>Not found</html>'));
  const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy: `pac+${source.url}/` }));
  expect(error.message).toContain(`the PAC file pac+${source.url}/`);
});

test('a server that does not give it out costs no more than the deadline, and is let go of', async () => {
  await using source = await serveTcp((socket) => void socket.resume());
  const proxy = `pac+http://127.0.0.1:${source.port}/proxy.pac`;
  const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy, timeout: 100 }));
  expect(error.code).toBe('DEADLINE');
  expect(error.message).toContain('waiting for the PAC file');
  const [socket] = source.sockets;
  if (!socket!.closed) await new Promise((resolve) => socket!.once('close', resolve));
});

const bombs: Readonly<Record<string, string>> = {
  'that never ends': 'while (true);',
  'that tries for ever': 'return /^(a+)+$/.test("a".repeat(50) + "b") ? "DIRECT" : "DIRECT";',
  'that calls itself': 'return FindProxyForURL();',
  'that eats memory': 'for (var all = [];;) all.push(new Array(1000).join("x") + all.length);',
  'that catches what stops it': 'for (;;) try { for (var all = [];;) all.push(all.length + "x"); } catch (e) {}',
  'that promises': 'return new Promise(function () {});',
  'that answers with a number': 'return 42;',
  'that answers with an object': 'return { toString: function () { while (true); } };',
  'that answers at length': 'return new Array(1e6).join("PROXY a:1;");',
};
for (const [which, body] of Object.entries(bombs)) {
  test(`a file ${which} is told, and is in nobody's way`, async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const proxy = `pac+data:${pacType},${encodeURIComponent(pac(body))}`;
    const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy, timeout: 1000 }));
    clearInterval(counting);
    expect(error.code).toBe('PROXY');
    expect(error.message).toMatch(
      /^the PAC file pac\+data: (failed when asked for localhost:1: |gave an answer that can't be used: \d)/,
    );
    expect(error.message.length).toBeLessThan(1000);
    expect(turns).toBeGreaterThan(0);
  });
}

test('after a file that hung another is asked, and the same one again', async () => {
  await using server = await hello();
  const to = { host: '127.0.0.1', port: server.port, ca: [] };
  const hung = `pac+data:${pacType},${encodeURIComponent(pac('while (true);'))}`;
  await failureOf(dial({ ...to, proxy: hung, timeout: 1000 }));
  const asked = await Promise.all([
    read({ ...to, proxy: answering('DIRECT') }),
    failureOf(dial({ ...to, proxy: hung, timeout: 1000 })),
  ]);
  expect(asked).toEqual(['hello', expect.objectContaining({ code: 'PROXY', transient: true })]);
});

test('a download without end, a device without end, and a server that breaks off are told', async () => {
  await using endless = await serveSpeech({ first: 'HTTP/1.1 200 OK\r\n\r\n', next: () => '//'.repeat(10_000) });
  await using reset = await serveTcp((socket) =>
    socket.once('data', () =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', () => socket.resetAndDestroy()),
    ),
  );
  const told: Readonly<Record<string, RegExp>> = {
    [`pac+${endless.url}/`]: /could not be loaded: it is larger than 1048576 octets/,
    'pac+file:///dev/zero': /could not be loaded: it is larger than 1048576 octets/,
    [`pac+http://127.0.0.1:${reset.port}/`]: /could not be loaded: .*(ECONNRESET|aborted|hang up)/,
  };
  for (const [proxy, message] of Object.entries(told)) {
    const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy }));
    expect(error).toMatchObject({ code: 'PROXY', message: expect.stringMatching(message) });
  }
  await endless.abandoned();
});

test('a file that moves on and on is followed five times', async () => {
  let asked = 0;
  await using source = await serveHttp((_, response) => response.writeHead(302, { location: `/${++asked}` }).end());
  const error = await failureOf(dial({ host: 'localhost', port: 1, ca: [], proxy: `pac+${source.url}/` }));
  expect(error.message).toContain('its server answered 302: it has moved');
  expect(asked).toBe(6);
});
