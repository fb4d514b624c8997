import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { ResolvedOAuth2 } from '../../src/config/resolved.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { openEwsTransport } from '../../src/mail/ews/open-ews-transport.js';
import { openGraphTransport } from '../../src/mail/graph/open-graph-transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient } from '../../src/network/http.js';
import { failureOf } from '../support/failure-of.js';
import { discover } from './autodiscover-servers.js';
import { endless, megabyte, serveSpeech, type Speech } from './hostile-servers.js';
import { serveHttp } from './network-servers.js';

const user = 'qa@contoso.com';
const password = { type: 'basic', username: user, password: 'secret' } as const;
const token = { type: 'bearer', username: user, appOnly: false, token: async () => 'token' } as const;

interface Leg {
  /** The most that is read of an answer, in octets. */
  readonly most: number;
  readonly go: (url: string, http: HttpClient) => Promise<unknown>;
}

const legs: Readonly<Record<string, Leg>> = {
  'the token endpoint': { most: megabyte, go: signIn },
  Autodiscover: { most: megabyte, go: (url, http) => discover(http, [url]) },
  EWS: { most: 32 * megabyte, go: overEws },
  Graph: { most: 32 * megabyte, go: overGraph },
};

/** What the system's buffers may hold besides. */
const buffered = 16 * megabyte;

// A worker may come back to this file after it left it.
let http: HttpClient;
test.beforeAll(() => void (http = createHttpClient({ proxy: 'none', ca: [] })));
test.afterAll(() => http.close());

for (const [name, { go, most }] of Object.entries(legs)) {
  test.describe(name, () => {
    async function attack(
      speech: Speech,
      options: { pause?: number } = {},
    ): Promise<{ message: string; sent: number }> {
      await using server = await serveSpeech(speech, options);
      const client = options.pause ? impatient(http) : http;
      const { message } = await failureOf(go(server.url, client));
      await server.abandoned();
      return { message, sent: server.sent };
    }

    test('an answer without end is given up', async () => {
      const { message, sent } = await attack(endless(Buffer.alloc(65_536, ' ')));
      expect(message).toMatch(/larger than \d+ octets/);
      expect(sent).toBeLessThan(most + buffered);
    });

    test('an answer that is announced as too long is not read', async () => {
      const { message, sent } = await attack(endless(Buffer.alloc(65_536), [`Content-Length: ${1024 * megabyte}`]));
      expect(message).toMatch(/larger than \d+ octets/);
      expect(sent).toBeLessThan(buffered);
    });

    test('a header without end is given up', async () => {
      const { message, sent } = await attack({ first: 'HTTP/1.1 200 OK\r\nX: ', next: () => 'x'.repeat(1000) });
      expect(message).toContain('the header of the answer is too long');
      expect(sent).toBeLessThan(buffered);
    });

    test('header fields without end are given up', async () => {
      let count = 0;
      const { message } = await attack({ first: 'HTTP/1.1 200 OK\r\n', next: () => `X-${count++}: x\r\n` });
      expect(message).toContain('the header of the answer is too long');
    });

    test('what is no HTTP is said to be none', async () => {
      const { message } = await attack({ first: '220 mail.contoso.com ESMTP\r\n', next: () => '220 ready\r\n' });
      expect(message).toContain('the answer is not HTTP');
    });

    test('an answer that dribbles ends with the deadline', async () => {
      const { message } = await attack(endless(' '), { pause: 2 });
      expect(message).toContain('got no answer within 0.1 s');
    });

    test('a header that dribbles ends with the deadline', async () => {
      const { message } = await attack({ first: 'HTTP/1.1 200 OK\r\nX: ', next: () => 'x' }, { pause: 2 });
      expect(message).toContain('got no answer within 0.1 s');
    });

    test('redirects that lead around, or out of https, are not followed', async () => {
      for (const location of ['/', 'http://mail.contoso.com/']) {
        let asked = 0;
        await using server = await serveHttp((request, response) => {
          asked++;
          request.resume();
          response.writeHead(302, { location }).end();
        });
        const error = await failureOf(go(server.url, http));
        expect(error.message).toMatch(/redirect|302|it led to/);
        // Autodiscover follows, three services five times each.
        expect(asked).toBeLessThanOrEqual(name === 'Autodiscover' ? 18 : 2);
      }
    });

    test('compression is not asked for, and not undone', async () => {
      const bomb = gzipSync(Buffer.alloc(8 * megabyte, ' '));
      const asked: IncomingMessage['headers'][] = [];
      await using server = await serveHttp((request, response) => {
        asked.push(request.headers);
        request.resume();
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
      });
      await failureOf(go(server.url, http));
      expect(asked.map((headers) => headers['accept-encoding'])).toEqual(asked.map(() => undefined));
    });

    // All legs read by the same means; a long one would take a while.
    if (most > megabyte) return;

    test('an answer without end in chunks of an octet is given up', async () => {
      const chunks = Buffer.from('1\r\n \r\n'.repeat(10_000));
      const speech = endless(chunks, ['Transfer-Encoding: chunked']);
      const { message, sent } = await attack(speech);
      expect(message).toMatch(/larger than \d+ octets/);
      expect(sent).toBeLessThan(6 * most + buffered);
    });
  });
}

/** Deadlines that end soon. */
function impatient(client: HttpClient): HttpClient {
  return { ...client, request: (request) => client.request({ ...request, timeout: 100 }) };
}

async function signIn(url: string, client: HttpClient): Promise<void> {
  const auth = {
    type: 'oauth2',
    grant: 'client_credentials',
    tenantId: 'contoso.com',
    clientId: 'x',
    clientSecret: 'y',
    cloud: url,
  };
  const connection = await resolveConnection('x', { protocol: 'ews', host: url, user, proxy: 'none', auth }, {});
  const environment = {};
  await openTokenSource({
    connection,
    auth: connection.auth as ResolvedOAuth2,
    environment,
    http: client,
    directory: '',
  });
}

async function overEws(url: string, client: HttpClient): Promise<void> {
  const options = { url, address: user, impersonate: false, credentials: password, http: client };
  await using transport = await openEwsTransport(options);
  const id = 'x';
  await transport.arrivals({ id, name: 'Inbox' }, await transport.position({ id, name: 'Inbox' }));
}

async function overGraph(url: string, client: HttpClient): Promise<void> {
  const access = { isShared: false, appOnly: false, adminConsentUrl: url };
  const options = { url, address: user, credentials: token, http: client, pollIntervals: [1000] };
  await using transport = openGraphTransport({ ...options, ...access });
  await transport.folder('inbox');
}
