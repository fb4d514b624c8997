import { expect, test } from '@playwright/test';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { BearerCredentials } from '../../src/mail/credentials.js';
import { openEwsTransport } from '../../src/mail/ews/open-ews-transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { signedInConnection } from '../support/person-connection.js';
import { recording } from '../support/recordings.js';
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
