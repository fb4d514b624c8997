import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { dial } from '../../src/network/dial.js';
import { serveTcp, type TcpServer } from '../support/tcp-server.js';
import { failureOf } from '../support/failure-of.js';

const target = { host: 'imap.contoso.com', port: 993, ca: [] };

interface Talker extends TcpServer {
  /** What it was told, each time in hexadecimal. */
  readonly told: string[];
}

/** Answers each time with the next of its lines, in hexadecimal or as a text, and hangs up after `null`. */
async function serveScript(...lines: readonly (Buffer | string | null)[]): Promise<Talker> {
  const told: string[] = [];
  const server = await serveTcp((socket) => {
    const left = [...lines];
    socket.on('data', (data) => {
      told.push(data.toString('hex'));
      const line = left.shift();
      if (line === null) socket.end();
      else if (line !== undefined) socket.write(Buffer.isBuffer(line) ? line : Buffer.from(line, 'hex'));
    });
  });
  return Object.assign(server, { told });
}

const granted = '05000001000000000000';

test('socks5h leaves the name to the proxy', async () => {
  await using proxy = await serveScript('0500', granted);
  const { socket, proxy: name } = await dial({ ...target, proxy: `socks5h://127.0.0.1:${proxy.port}` });
  socket.destroy();
  expect(proxy.told).toEqual(['050100', `05010003${hex('\u0010imap.contoso.com')}03e1`]);
  expect(name).toBe(`socks5h://127.0.0.1:${proxy.port}`);
});

test('so do socks and socks4a', async () => {
  await using proxy = await serveScript('0500', granted);
  (await dial({ ...target, proxy: `socks://127.0.0.1:${proxy.port}` })).socket.destroy();
  expect(proxy.told[1]).toContain(hex('imap.contoso.com'));
  await using older = await serveScript('005a000000000000');
  (await dial({ ...target, proxy: `socks4a://qa@127.0.0.1:${older.port}` })).socket.destroy();
  expect(older.told).toEqual([`040103e100000001${hex('qa\0imap.contoso.com\0')}`]);
});

test('socks5 and socks4 look the name up here', async () => {
  await using proxy = await serveScript('0500', granted);
  (await dial({ ...target, host: '127.0.0.1', proxy: `socks5://127.0.0.1:${proxy.port}` })).socket.destroy();
  expect(proxy.told[1]).toBe('050100017f00000103e1');
  await using older = await serveScript('005a000000000000');
  (await dial({ ...target, host: 'localhost', proxy: `socks4://127.0.0.1:${older.port}` })).socket.destroy();
  expect(older.told).toEqual(['040103e17f00000100']);
});

test('a name that this machine does not know is told, with the scheme that leaves it to the proxy', async () => {
  await using proxy = await serveScript('0500', granted);
  const host = `${'x'.repeat(64)}.contoso.com`;
  const error = await failureOf(dial({ ...target, host, proxy: `socks5://127.0.0.1:${proxy.port}` }));
  expect(error).toMatchObject({ code: 'PROXY', transient: true });
  expect(error.message).toMatch(/this machine can't look up x+\.contoso\.com[^]*socks5h:\/\/ instead of socks5:\/\//);
});

test('an IPv6 address goes as one', async () => {
  await using proxy = await serveScript('0500', '05000004000000000000000000000000000000000000');
  (await dial({ ...target, host: '2001:db8::1', proxy: `socks5h://127.0.0.1:${proxy.port}` })).socket.destroy();
  expect(proxy.told[1]).toBe('0501000420010db800000000000000000000000103e1');
});

test('user and password are decoded, and told when asked for', async () => {
  await using proxy = await serveScript('0502', '0100', granted);
  (await dial({ ...target, proxy: `socks5h://q%40a:p%3Ass@127.0.0.1:${proxy.port}` })).socket.destroy();
  expect(proxy.told.slice(0, 2)).toEqual(['05020002', `01${hex('\u0003q@a\u0004p:ss')}`]);
});

test('what the server says at once, with the word that the tunnel stands, is there to be read', async () => {
  const bound = '050000030670726f7879000050';
  await using proxy = await serveScript('0500', Buffer.from(bound + hex('* OK ready\r\n'), 'hex'));
  const { socket } = await dial({ ...target, proxy: `socks5h://127.0.0.1:${proxy.port}` });
  expect(String((await once(socket, 'data'))[0])).toBe('* OK ready\r\n');
  socket.destroy();
});

test('an answer that comes octet by octet is understood', async () => {
  await using proxy = await serveTcp((socket) => {
    const octets = [...Buffer.from(`0500${granted}`, 'hex')];
    (function next(): void {
      const octet = octets.shift();
      if (octet !== undefined) socket.write(Buffer.from([octet]), () => setImmediate(next));
    })();
  });
  const { socket } = await dial({ ...target, proxy: `socks5h://127.0.0.1:${proxy.port}` });
  socket.destroy();
});

const failures = [
  ['wants a password', ['05ff'], false, /wants a user and a password[^]*socks5h:\/\/user:password@host:port/, ''],
  ['refuses the password', ['0502', '0101'], false, /refused a user and a password[^]*are right/, 'qa:s3cret@'],
  ['fails', ['0500', '05010001000000000000'], true, /answered 1: general failure/, ''],
  ['forbids it', ['0500', '05020001000000000000'], false, /answered 2: [^]*permit connections/, ''],
  ['does not know the host', ['0500', '05040001000000000000'], true, /answered 4: host unreachable[^]*host name/, ''],
  ['is refused by the server', ['0500', '05050001000000000000'], true, /answered 5: connection refused/, ''],
  ['answers what no standard knows', ['0500', '05990001000000000000'], false, /answered 153: an unknown reply/, ''],
  ['hangs up', [null], true, /the proxy broke off/, ''],
  ['hangs up in the middle', ['0500', null], true, /the proxy broke off/, ''],
  ['speaks HTTP', [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')], true, /does not speak socks5h/, ''],
] as const;

for (const [what, lines, transient, words, credentials] of failures) {
  test(`a proxy that ${what} is told so`, async () => {
    await using proxy = await serveScript(...lines);
    const error = await failureOf(dial({ ...target, proxy: `socks5h://${credentials}127.0.0.1:${proxy.port}` }));
    expect(error).toMatchObject({ code: 'PROXY', transient });
    expect(error.message).toMatch(words);
    expect(error.message).toContain(`imap.contoso.com:993 through the proxy socks5h://127.0.0.1:${proxy.port} failed`);
    expect(error.message).not.toContain('s3cret');
  });
}

test('a SOCKS 4 proxy that refuses is told so', async () => {
  await using proxy = await serveScript('005b000000000000');
  const error = await failureOf(dial({ ...target, proxy: `socks4a://127.0.0.1:${proxy.port}` }));
  expect(error.message).toContain('answered 91: request rejected or failed');
});

test('a proxy that hangs costs no more than the deadline', async () => {
  await using proxy = await serveScript();
  const error = await failureOf(dial({ ...target, proxy: `socks5h://127.0.0.1:${proxy.port}`, timeout: 100 }));
  expect(error.code).toBe('DEADLINE');
  expect(error.message).toContain(`waiting for the proxy's answer`);
});

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}
