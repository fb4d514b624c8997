import { once } from 'node:events';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox({ hosts: ['mail.internal'] });
});
test.afterAll(() => sandbox.close());

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends the headers as they are, where a page's script could not. */
async function ask(path: string, { method = 'GET', body = '', ...headers }: Record<string, string>): Promise<Reply> {
  const request = requestHttp(new URL(path, sandbox.url), { method, headers });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

const mail = { method: 'POST', 'Content-Type': 'application/json', body: JSON.stringify({ to: user }) };
const inbox = () => sandbox.store.account(user).folder('inbox').messages.length;

const doors = [
  '/',
  '/sandbox/deliver',
  '/EWS/Exchange.asmx',
  '/autodiscover/autodiscover.json?Email=a@contoso.com&Protocol=EWS',
  '/v1.0/me',
  '/contoso.com/oauth2/v2.0/token',
  '/contoso.com/oauth2/v2.0/authorize',
  '/nothing',
];
for (const path of doors) {
  test(`a name that was made to lead here is refused at ${path}`, async () => {
    for (const host of ['contoso.com', 'localhost.contoso.com:80', '127.0.0.1.contoso.com', 'a b']) {
      expect(await ask(path, { host })).toMatchObject({ status: 403, body: expect.stringContaining(host) });
      expect((await ask(path, { ...mail, host })).status).toBe(403);
    }
  });
}

test('addresses, localhost and the names that the option lists are served', async () => {
  for (const host of [
    '127.0.0.1',
    '[::1]:80',
    '192.0.2.1',
    'localhost',
    'LOCALHOST:1',
    'x.localhost',
    'mail.internal:8',
  ]) {
    expect(await ask('/', { host })).toMatchObject({ status: 200 });
  }
});

const strangers: Readonly<Record<string, Record<string, string>>> = {
  'of another site': { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'empty' },
  'of another port': { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
  'that posts a form': { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
  'in a sandboxed frame': { origin: 'null' },
  'in a browser without Fetch Metadata': { origin: 'http://127.0.0.1:1' },
};
for (const [which, headers] of Object.entries(strangers)) {
  test(`a page ${which} delivers no mail, reaches no EWS, and signs nobody in`, async () => {
    const before = inbox();
    for (const path of [
      '/sandbox/deliver',
      '/EWS/Exchange.asmx',
      '/devicecode',
      '/contoso.com/oauth2/v2.0/authorize',
    ]) {
      expect(await ask(path, { ...mail, ...headers })).toMatchObject({ status: 403 });
    }
    expect(inbox()).toBe(before);
  });
}

test('a page of somebody else has none of the own pages in a frame, or as an image', async () => {
  for (const destination of ['iframe', 'object', 'image']) {
    const mode = destination === 'image' ? 'no-cors' : 'navigate';
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': destination };
    expect(await ask('/', headers)).toMatchObject({ status: 403 });
  }
});

test('programs, the own pages, and links from elsewhere are served', async () => {
  const { host } = new URL(sandbox.url);
  const before = inbox();
  for (const headers of [{}, { origin: `http://${host}` }, { 'Sec-Fetch-Site': 'same-origin', origin: 'null' }]) {
    expect(await ask('/sandbox/deliver', { ...mail, ...headers })).toMatchObject({ status: 204 });
  }
  expect(inbox()).toBe(before + 3);
  const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
  for (const headers of [link, { 'Sec-Fetch-Site': 'none' }]) expect((await ask('/', headers)).status).toBe(200);
});

test('a page of an application asks Graph and the token endpoint, and gets in with what it has', async () => {
  const page = { origin: 'https://app.contoso.com', 'Sec-Fetch-Site': 'cross-site' };
  expect((await ask('/v1.0/me', page)).status).toBe(401);
  expect((await ask('/contoso.com/oauth2/v2.0/token', { ...page, method: 'POST' })).status).toBe(400);
});

test('no answer is taken for something else than it says', async () => {
  expect((await fetch(sandbox.url)).headers.get('x-content-type-options')).toBe('nosniff');
});

/** Says it all at once, as a browser does; what is answered until the end of the connection. */
async function talk(port: number, said: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(said);
  let heard = '';
  socket.on('data', (chunk: string) => (heard += chunk));
  // A server that hangs up on what it has not read resets the connection.
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const form = ['POST / HTTP/1.1', 'Host: 127.0.0.1', 'Content-Type: text/plain', 'Content-Length: 99', ''];

test('HTTP at the IMAP door ends the connection, whatever commands come with it', async () => {
  const { port } = sandbox.imap;
  const answer = await talk(port, [...form, `a LOGIN ${user} secret`, 'b CREATE Smuggled', ''].join('\r\n'));
  expect(answer).toMatch(/^\* OK .*\r\n\* BYE This is IMAP, not HTTP\.\r\n$/);
  expect(sandbox.store.account(user).folders.map(({ name }) => name)).not.toContain('Smuggled');
});

test('HTTP at the SMTP door ends the connection, whatever commands come with it', async () => {
  const { port } = sandbox.smtp;
  const before = inbox();
  const commands = ['EHLO x', 'MAIL FROM:<a@contoso.com>', `RCPT TO:<${user}>`, 'DATA', 'x', '.', ''];
  const answer = await talk(port, [...form, ...commands].join('\r\n'));
  expect(answer).toMatch(/^(?:220 .*\r\n)?421 .*\r\n$/);
  expect(inbox()).toBe(before);
});
