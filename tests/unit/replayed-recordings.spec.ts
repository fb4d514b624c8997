import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { BearerCredentials } from '../../src/mail/credentials.js';
import { openEwsTransport } from '../../src/mail/ews/open-ews-transport.js';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { dialogue } from '../support/dialogues.js';
import { failureOf } from '../support/failure-of.js';
import { signedInConnection } from '../support/person-connection.js';
import { recording } from '../support/recordings.js';
import { serveTcp, type TcpServer } from '../support/tcp-server.js';
import { startGraphServer } from './graph-server.js';
import { serveHttp, type LocalServer } from './network-servers.js';

/** A server that gives one recorded answer to everything. */
function replay(name: string): Promise<LocalServer> {
  const { status, headers, body } = recording(name);
  return serveHttp((request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
}

const credentials: BearerCredentials = { type: 'bearer', username: 'qa', appOnly: false, token: async () => 'one' };

async function overEws(name: string) {
  await using server = await replay(name);
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const options = { url: `${server.url}/EWS/Exchange.asmx`, address: 'qa@contoso.com', impersonate: false };
  await using transport = await openEwsTransport({ ...options, credentials, http });
  const failure = await failureOf(transport.folder('inbox'));
  http.close();
  return failure;
}

test('Exchange that is busy is left alone for as long as it asks', async () => {
  expect(await overEws('ews/server-busy')).toMatchObject({ code: 'SERVER_BUSY', transient: true, retryAfter: 178_510 });
});

test('a request that breaks the schema is told in the words of Exchange', async () => {
  const failure = await overEws('ews/schema-violation');
  expect(failure).toMatchObject({ code: 'PROTOCOL', transient: false });
  expect(failure.message).toContain("The required attribute 'Id' is missing.");
});

test('a token that Graph does not read is a refusal that names it', async () => {
  const { status, body } = recording('graph/bad-token');
  await using server = await startGraphServer(() => ({ status, json: JSON.parse(body) as unknown }));
  const failure = await failureOf(server.open().folder('inbox'));
  expect(failure).toMatchObject({ code: 'AUTH_REFUSED', transient: false });
  expect(failure.message).toContain('CompactToken parsing failed');
});

test('a token that Graph refuses for its claims is replaced once, then it is a policy', async () => {
  const { status, headers, body } = recording('graph/claims-challenge');
  await using server = await startGraphServer(() => ({ status, headers, json: JSON.parse(body) as unknown }));
  const wanted: (string | undefined)[] = [];
  const renewing: BearerCredentials = {
    ...credentials,
    token: async ({ claims } = {}) => {
      wanted.push(claims);
      return 'one';
    },
  };
  const failure = await failureOf(server.open({ credentials: renewing }).folder('inbox'));
  expect(wanted).toEqual([undefined, '{"access_token":{"nbf":{"essential":true, "value":"1657834417"}}}']);
  expect(failure).toMatchObject({ code: 'AUTH_POLICY', transient: false });
  expect(failure.message).toContain('TokenCreatedWithOutdatedPolicies');
});

for (const [name, code] of [
  ['identity/token-error', 'AUTH_SCOPE'],
  ['identity/claims-challenge', 'AUTH_INTERACTION'],
] as const)
  test(`${name} is ${code}`, async () => {
    await using server = await replay(name);
    await using sandbox = await startSandbox();
    const { connection, ...signedIn } = await signedInConnection(sandbox);
    const cloud = { ...connection.cloud, login: server.url };
    const http = createHttpClient({ proxy: 'none', ca: [] });
    const directory = test.info().outputPath();
    const failure = await failureOf(
      openTokenSource({ ...signedIn, connection: { ...connection, cloud }, http, directory }),
    );
    http.close();
    expect(failure).toMatchObject({ code, transient: false });
    expect(failure.message).toContain(`Microsoft says: ${/AADSTS\d+/.exec(recording(name).body)?.[0]}`);
  });

/** Plays a server's part: what was said to the client's first command of a name is said again, other commands succeed. */
async function replayDialogue(name: string, succeed: (tag: string, command: string) => string): Promise<TcpServer> {
  const { turns } = dialogue(name);
  return serveTcp((socket) => {
    let at = turns.findIndex(({ who }) => who === 'C');
    const say = (from: number, tag?: string): void => {
      const end = turns.findIndex(({ who }, index) => index >= from && who === 'C');
      for (const { text } of turns.slice(from, end < 0 ? turns.length : end)) socket.write(`${asSaid(text, tag)}\r\n`);
    };
    say(0);
    createInterface(socket).on('line', (line) => {
      const next = turns.findIndex(({ who, text }, index) => index >= at && who === 'C' && isLike(text, line));
      if (next < 0) return void socket.write(succeed(...(line.split(' ') as [string, string])));
      at = next + 1;
      say(at, line.split(' ')[0]);
    });
  });
}

/** Whether both are the same command, whatever it is about, or both no command. */
function isLike(recorded: string, line: string): boolean {
  const [one, other] = [recorded, line].map((text) => /^(?:[A-Z]*\d+ )?([A-Z]+)\b(?![=+/])/.exec(text)?.[1]);
  return one === other;
}

function asSaid(text: string, tag: string | undefined): string {
  return text
    .replace(/^250-.*$/, '250-x\r\n250 AUTH LOGIN XOAUTH2')
    .replace(/\{[^}]*\}/g, 'x')
    .replace(/^[A-Z]\d+(?= )/, tag ?? '*');
}

test('IMAP that signs in and does not open the mailbox is explained', async () => {
  await using server = await replayDialogue(
    'imap/not-connected',
    (tag, command) => `${tag} OK ${command} completed.\r\n`,
  );
  const failure = await failureOf(openImap(server.port));
  expect(failure).toMatchObject({
    code: 'ACCESS_DENIED',
    message: expect.stringContaining('User is authenticated but not connected'),
  });
});

test('a token that IMAP refuses without a reason is a sign-in that failed', async () => {
  await using server = await replayDialogue(
    'imap/token-refused',
    (tag, command) => `${tag} OK ${command} completed.\r\n`,
  );
  expect(await failureOf(openImap(server.port))).toMatchObject({
    code: 'AUTH_REFUSED',
    transient: false,
    message: expect.stringContaining('AUTHENTICATE failed.'),
  });
});

async function openImap(port: number): Promise<void> {
  await using transport = await openImapTransport({
    imap: { host: '127.0.0.1', port, security: 'none' },
    smtp: { host: '127.0.0.1', port, security: 'none', keepsCopy: true },
    address: 'qa@contoso.com',
    isShared: false,
    credentials,
    proxy: 'none',
    ca: [],
  });
  await transport.folder('inbox');
}

for (const [name, code] of [
  ['smtp/authentication-disabled', 'AUTH_REFUSED'],
  ['smtp/send-as-denied', 'ACCESS_DENIED'],
  ['smtp/too-many-connections', 'SERVER_BUSY'],
] as const)
  test(`${name} is ${code}`, async () => {
    await using server = await replayDialogue(name, () => '250 2.0.0 OK\r\n');
    const sender = new SmtpSender({
      smtp: { host: '127.0.0.1', port: server.port, security: 'none', keepsCopy: true },
      address: 'qa@contoso.com',
      credentials: name === 'smtp/authentication-disabled' ? basic : credentials,
      proxy: 'none',
      ca: [],
      signInTimeout: 10_000,
    });
    const envelope = { from: 'other@contoso.com', to: ['to@contoso.com'] };
    const sending = sender.send({
      messageId: '<1@contoso.com>',
      envelope,
      source: Buffer.from('Subject: x\r\n\r\n.\r\n'),
    });
    const failure = await failureOf(sending);
    sender.close();
    expect(failure).toMatchObject({ code, transient: code === 'SERVER_BUSY' });
    expect(failure.message).toContain(dialogue(name).turns.at(-1)?.text.split(/[;{]/)[0]?.slice(4));
  });

const basic = { type: 'basic', username: 'qa@contoso.com', password: 'secret' } as const;
