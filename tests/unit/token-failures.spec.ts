import { expect, test } from '@playwright/test';
import { failureKinds } from '../../src/auth/failures/failure-kinds.js';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { TokenSource } from '../../src/auth/token-source.js';
import type { ExchangeErrorCode } from '../../src/errors.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient } from '../../src/network/http.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import {
  personAuth,
  personDefinition,
  signedInConnection,
  type SignedInConnection,
} from '../support/person-connection.js';
import { serveHttp } from './network-servers.js';

interface Row {
  readonly word: string;
  readonly code: ExchangeErrorCode;
  readonly aadsts: readonly number[];
  readonly transient?: boolean;
  /** What the remedy has to name. */
  readonly remedy: RegExp;
}

const user = 'qa@contoso.com';
const again = /npx playwright test --project authorise\n/;

/** What Microsoft's codes mean: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const table: readonly Row[] = [
  {
    word: 'Revoked',
    code: 'AUTH_REVOKED',
    aadsts: [
      50173, 50132, 50133, 50135, 50055, 50144, 50057, 50034, 51004, 50020, 53011, 135011, 700003, 70000, 9002313,
      40009, 50085, 50139,
    ],
    remedy: again,
  },
  {
    word: 'Expired',
    code: 'AUTH_EXPIRED',
    aadsts: [700082, 700084, 700081, 70008, 70043, 50078, 50089, 54005, 70018, 70019, 70020],
    remedy: again,
  },
  {
    word: 'Tenant',
    code: 'AUTH_TENANT',
    aadsts: [90002, 900023, 50059, 50128, 700005, 90038, 50049, 9002332],
    remedy: /auth\.(tenantId|cloud)/,
  },
  {
    word: 'Client ID',
    code: 'AUTH_CLIENT_ID',
    aadsts: [700016, 700011, 70001, 7000112, 50194],
    remedy: /auth\.(clientId|tenantId)|enterprise application sandbox/,
  },
  {
    word: 'Client secret',
    code: 'AUTH_CLIENT_SECRET',
    aadsts: [7000215, 70002, 7000222, 7000218, 7000216, 700025, 700023],
    remedy: /auth\.(clientSecret|grant)/,
  },
  {
    word: 'Client certificate',
    code: 'AUTH_CLIENT_SECRET',
    aadsts: [700027, 50012, 700030],
    remedy: /auth\.certificate/,
  },
  {
    word: 'Client assertion',
    code: 'AUTH_CLIENT_SECRET',
    aadsts: [700024, 70021, 700211, 700212, 700213, 50013, 50027, 700021],
    remedy: /auth\.(assertion|clientId)|Federated credentials/,
  },
  {
    word: 'Redirect URL',
    code: 'AUTH_REDIRECT_URL',
    aadsts: [50011, 70004, 900971, 700009, 9002327, 9002326, 501481],
    remedy: again,
  },
  {
    word: 'Scope',
    code: 'AUTH_SCOPE',
    aadsts: [70011, 28002, 28003, 700022, 500011, 50001, 650057, 650052, 65002, 1002012],
    remedy: again,
  },
  {
    word: 'Consent',
    code: 'AUTH_CONSENT',
    aadsts: [65001, 65004, 65005, 650056, 90094, 90095, 90008, 50105, 70017],
    remedy: /\/contoso\.com\/adminconsent\?client_id=sandbox\n|assign qa@contoso\.com/,
  },
  {
    word: 'Needs interaction',
    code: 'AUTH_INTERACTION',
    aadsts: [50076, 50079, 50072, 50074, 50058, 50097, 50140, 50158, 50125, 16000, 160021, 700020, 53004, 50131],
    remedy: again,
  },
  {
    word: 'Blocked by policy',
    code: 'AUTH_POLICY',
    aadsts: [
      53003, 53000, 53001, 53002, 53010, 530032, 530034, 530035, 50005, 500021, 500022, 500212, 500213, 50053, 90123,
    ],
    remedy: /administrator/,
  },
  {
    word: 'Throttled',
    code: 'AUTH_THROTTLED',
    aadsts: [50196, 90055, 50166, 50088],
    transient: true,
    remedy: /rest for some minutes/,
  },
  {
    word: 'Unavailable',
    code: 'AUTH_UNAVAILABLE',
    aadsts: [
      90033, 90006, 90024, 90012, 90090, 90091, 90025, 50033, 50087, 40010, 50000, 70012, 80001, 80002, 80005, 80014,
    ],
    transient: true,
    remedy: /the network and the proxy/,
  },
];

/** Opens a connection's tokens in a folder of its own, and counts the requests. */
async function open(signedIn: SignedInConnection): Promise<{ source: TokenSource; requests: () => number }> {
  const client = createHttpClient({ proxy: 'none', ca: [] });
  let count = 0;
  const http: HttpClient = {
    ...client,
    request: (request) => {
      count++;
      return client.request(request);
    },
  };
  const source = await openTokenSource({ ...signedIn, http, directory: test.info().outputPath() });
  return { source, requests: () => count };
}

for (const { word, code, aadsts, transient = false, remedy } of table) {
  test(`${word}: ${aadsts.join(', ')}`, async () => {
    await using sandbox = await startSandbox();
    const signedIn = await signedInConnection(sandbox);
    for (const number of aadsts) {
      const { source, requests } = await open(signedIn);
      const before = requests();
      sandbox.faults.token = { code: number };
      const error = await failureOf(source.token({ renew: true }));
      sandbox.faults.token = undefined;
      const [first, ...advice] = error.message.split('\n');
      expect(error).toMatchObject({ code, transient });
      expect(first).toMatch(
        new RegExp(`^${word}: connection "MSOAuthHost" \\(qa@contoso\\.com\\) gets no access token: `),
      );
      expect(advice.join('\n')).toMatch(remedy);
      expect(advice.at(-2)).toMatch(new RegExp(`^  - Microsoft says: AADSTS${number}: \\S`));
      expect(advice.at(-1)).toMatch(
        /^  - In the sign-in log: trace ID [\w-]{36}, correlation ID [\w-]{36}, \d{4}-\d\d-\d\d /,
      );
      // Only this one comes and goes: it is asked once more before it is believed.
      expect(requests() - before).toBe(number === 70000 ? 2 : 1);
    }
  });
}

test('every known code is in the table, and means one thing', () => {
  const known = failureKinds.flatMap(({ aadsts }) => aadsts);
  // What 700023 means is told by its error.
  expect(new Set([...known, 700023])).toEqual(new Set(table.flatMap(({ aadsts }) => aadsts)));
  expect(new Set(known).size).toBe(known.length);
});

for (const [what, change, word, code] of [
  ['a disabled account', ({ directory }) => directory.disable(user), 'Revoked', 50057],
  ['a second factor from now on', ({ directory }) => directory.requireMfa(user), 'Needs interaction', 50076],
  ['consent that was withdrawn', ({ directory }) => directory.withdrawConsent(user), 'Consent', 65001],
  ['another secret', ({ directory }) => directory.changeSecret('sandbox', 'new'), 'Client secret', 7000215],
  ['an expired secret', ({ directory }) => directory.expireSecret('sandbox'), 'Client secret', 7000222],
  ['a sign-in revoked', ({ tokens }) => tokens.revoke(user), 'Revoked', 50173],
  ['90 days without use', ({ clock }) => clock.advance(90 * 86_400_000), 'Expired', 700082],
] satisfies [string, (sandbox: Sandbox) => void, string, number][]) {
  test(`${what} is told by what happened in the tenant`, async () => {
    await using sandbox = await startSandbox();
    const { source } = await open(await signedInConnection(sandbox));
    change(sandbox);
    const { message } = await failureOf(source.token({ renew: true }));
    expect(message).toMatch(new RegExp(`^${word}: connection "MSOAuthHost" [^]*Microsoft says: AADSTS${code}: `));
  });
}

test('a sign-in outlives a secret that is changed: with the new one it goes on', async () => {
  await using sandbox = await startSandbox();
  const signedIn = await signedInConnection(sandbox);
  sandbox.directory.changeSecret('sandbox', 'new');
  const auth = { ...signedIn.auth, credential: { type: 'secret', secret: 'new' } } as const;
  const { source } = await open({ ...signedIn, auth });
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ user });
});

test('with an exported sign-in, the way to carry a new one over is named', async () => {
  await using sandbox = await startSandbox();
  const { source } = await open(await signedInConnection(sandbox));
  sandbox.tokens.revoke('qa@contoso.com');
  expect((await failureOf(source.token({ renew: true }))).advice).toEqual([
    `Authorise it, with the project that calls authorise('MSOAuthHost'): npx playwright test --project authorise`,
    'Then set PLAYWRIGHT_EXCHANGE_TOKEN_MSOAUTHHOST to what this prints where it is authorised: npx playwright-exchange tokens export MSOAuthHost',
    expect.stringMatching(/^Microsoft says: AADSTS50173: The provided grant has expired due to it being revoked/),
    expect.stringMatching(/^In the sign-in log: /),
  ]);
});

test('an app that signs in alone is not told to have a person sign in', async () => {
  await using sandbox = await startSandbox();
  const auth = { ...personAuth(sandbox), grant: 'client_credentials' } as const;
  const signedIn = await signedInConnection(sandbox, { ...personDefinition(sandbox), auth });
  sandbox.faults.token = { code: 700016 };
  const { message } = await failureOf(open(signedIn));
  expect(message).toMatch(/^Client ID: [^]*auth\.clientId/);
  expect(message).not.toContain('npx');
});

test('a request that failed once for no reason succeeds', async () => {
  await using sandbox = await startSandbox();
  const { source } = await open(await signedInConnection(sandbox));
  sandbox.faults.token = { code: 70000, times: 1 };
  expect(sandbox.tokens.verify(await source.token({ renew: true }))).toBeDefined();
});

test('a request that was refused as a loop is not sent again for a minute', async () => {
  await using sandbox = await startSandbox();
  const { source, requests } = await open(await signedInConnection(sandbox));
  sandbox.faults.token = { code: 50196 };
  const before = requests();
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await failureOf(source.token({ renew: true }))).toMatchObject({
      code: 'AUTH_THROTTLED',
      retryAfter: 60_000,
    });
  }
  expect(requests() - before).toBe(1);
});

for (const [what, answer, expected] of [
  ['429 without a word', { status: 429, headers: { 'Retry-After': '7' } }, ['Throttled', true, 7000]],
  ['503 without a word', { status: 503 }, ['Unavailable', true, undefined]],
  ['502 with a page', { status: 502, body: '<h1>Bad gateway</h1>' }, ['Unavailable', true, undefined]],
  ['403 without a word', { status: 403, body: '{}' }, ['Refused', false, undefined]],
  ['200 with a page', { status: 200, body: '<h1>Accept our terms</h1>' }, ['Refused', false, undefined]],
] as const) {
  test(`an answer ${what} is no token`, async () => {
    const { status, headers, body } = { headers: {}, body: '', ...answer };
    await using server = await serveHttp((_, response) => {
      response.writeHead(status, headers).end(body);
    });
    await using sandbox = await startSandbox();
    const { connection, ...signedIn } = await signedInConnection(sandbox);
    const cloud = { ...connection.cloud, login: server.url };
    const error = await failureOf(open({ ...signedIn, connection: { ...connection, cloud } }));
    const [word, transient, retryAfter] = expected;
    expect(error.message).toMatch(new RegExp(`^${word}: connection "MSOAuthHost"`));
    expect(error).toMatchObject({ transient, retryAfter });
    expect(error.message).toContain(`Microsoft says: HTTP ${status}`);
  });
}

test('a sign-in service that cannot be reached is named, and so is the proxy on the way', async () => {
  const sandbox = await startSandbox();
  const signedIn = await signedInConnection(sandbox);
  await sandbox.close();
  const error = await failureOf(open(signedIn));
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  expect(error.message).toMatch(
    /^Network: connection "MSOAuthHost" \(qa@contoso\.com\) gets no access token: .*127\.0\.0\.1:\d+.* failed: /,
  );
  const http = createHttpClient({ proxy: `http://user:pass-word@127.0.0.1:${new URL(sandbox.url).port}`, ca: [] });
  const behind = await failureOf(openTokenSource({ ...signedIn, http, directory: test.info().outputPath() }));
  expect(behind).toMatchObject({ code: 'PROXY', transient: true });
  expect(behind.message).toMatch(/^Proxy: connection "MSOAuthHost"/);
  expect(behind.message).not.toContain('pass-word');
});

test('what a server repeats of a secret is not shown', async () => {
  await using sandbox = await startSandbox();
  await using server = await serveHttp((request, response) => {
    request.on('data', (body: Buffer) => {
      const form = new URLSearchParams(body.toString());
      const said = `AADSTS9002313: no good: ${form.get('refresh_token')} ${form.get('client_secret')}\u001b[2J`;
      response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant', error_description: said }));
    });
  });
  const { connection, environment, auth } = await signedInConnection(sandbox);
  const cloud = { ...connection.cloud, login: server.url };
  const credential = { type: 'secret', secret: 'a-client-secret' } as const;
  const error = await failureOf(
    open({ environment, auth: { ...auth, credential }, connection: { ...connection, cloud } }),
  );
  expect(error.message).toContain('Microsoft says: AADSTS9002313: no good: (hidden) (hidden) [2J');
});
