import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { TokenSource } from '../../src/auth/token-source.js';
import type { OAuth2Definition } from '../../src/config/index.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { createAppCertificate } from '../support/app-certificate.js';
import { signAssertion } from '../support/client-assertion.js';
import { failureOf } from '../support/failure-of.js';
import { personAuth, personDefinition, signedInConnection } from '../support/person-connection.js';
import { serveHttp } from './network-servers.js';

const { cert, key } = createAppCertificate();
const certificate = { cert, key };
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:contoso/app:ref:refs/heads/main';
const audience = 'api://AzureADTokenExchange';
const apps = [{ clientId: 'app', certificates: [cert], federatedCredentials: [{ issuer, subject, audience }] }];

type Proof = Pick<OAuth2Definition, 'certificate' | 'assertion' | 'clientSecret'>;

interface Change extends Proof {
  readonly grant?: OAuth2Definition['grant'];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Opens a connection of the app `app`, which signs in alone unless told otherwise. */
async function open(sandbox: Sandbox, change: Change): Promise<TokenSource> {
  const { grant = 'client_credentials', environment = {}, ...proof } = change;
  const { clientSecret: _, ...auth } = personAuth(sandbox);
  const definition = { ...personDefinition(sandbox), auth: { ...auth, ...proof, grant, clientId: 'app' } };
  const signedIn = await signedInConnection(sandbox, definition);
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const variables = { ...signedIn.environment, ...environment };
  return await openTokenSource({ ...signedIn, http, environment: variables, directory: test.info().outputPath() });
}

/** A token that the app's federated credential fits. */
function federatedToken(claims: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: issuer, sub: subject, aud: audience, iat: now, exp: now + 300, ...claims };
  return signAssertion(key, all, { alg: 'RS256' });
}

test('an app signs in alone with a certificate', async () => {
  await using sandbox = await startSandbox({ apps });
  const source = await open(sandbox, { certificate });
  expect(source).toMatchObject({ username: 'qa@contoso.com', appOnly: true });
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ clientId: 'app', user: undefined });
});

test('a certificate that was not uploaded is named', async () => {
  await using sandbox = await startSandbox({ apps });
  const other = createAppCertificate();
  const error = await failureOf(open(sandbox, { certificate: { cert: other.cert, key: other.key } }));
  expect(error.message).toMatch(/^Client certificate: [^]*Upload auth\.certificate\.cert[^]*AADSTS700027/);
  expect(error.message).not.toContain('npx');
});

test("a person's sign-in is refreshed with a certificate in place of the secret, and with a federated token", async () => {
  await using sandbox = await startSandbox({ apps });
  const file = test.info().outputPath('token');
  await writeFile(file, federatedToken());
  for (const proof of [{ certificate }, { assertion: { file } }]) {
    const source = await open(sandbox, { ...proof, grant: 'authorization_code' });
    expect(sandbox.tokens.verify(await source.token({ renew: true }))).toMatchObject({ user: 'qa@contoso.com' });
  }
});

test('a file with a federated token is read anew for each request, and only then', async () => {
  await using sandbox = await startSandbox({ apps });
  const file = test.info().outputPath('token');
  await writeFile(file, `${federatedToken()}\n`);
  const source = await open(sandbox, { assertion: { file } });
  await writeFile(file, federatedToken({ sub: 'repo:contoso/other:ref:refs/heads/main' }));
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ clientId: 'app' });
  const error = await failureOf(source.token({ renew: true }));
  expect(error.message).toMatch(/^Client assertion: [^]*Federated credentials[^]*AADSTS700213: /);
  await writeFile(file, federatedToken());
  expect(sandbox.tokens.verify(await source.token({ renew: true }))).toMatchObject({ clientId: 'app' });
});

test('a federated token comes from a command, which no shell sees', async () => {
  await using sandbox = await startSandbox({ apps });
  const program = 'process.stdout.write(process.argv[1] === "$(exit);`exit`" ? process.argv[2] : "a shell was here")';
  const command = [process.execPath, '-e', program, '$(exit);`exit`', federatedToken()];
  const source = await open(sandbox, { assertion: { command } });
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ clientId: 'app' });
});

for (const [what, assertion, words] of [
  ['file that is not there', { file: '/no/such/file' }, `the file /no/such/file can't be read (ENOENT)`],
  ['command that is not there', { command: ['/no/such/program'] }, 'the command /no/such/program failed (ENOENT)'],
  [
    'command that fails',
    { command: [process.execPath, '-e', 'console.error("a-secret"); process.exit(3)', 'a-secret'] },
    `the command ${process.execPath} failed (3)`,
  ],
  [
    'command that prints something else',
    { command: [process.execPath, '-e', 'console.log("a-secret")'] },
    `the command ${process.execPath} gives no JSON Web Token`,
  ],
] as const) {
  test(`a ${what} is named, and nothing that it says is shown`, async () => {
    await using sandbox = await startSandbox({ apps });
    const error = await failureOf(open(sandbox, { assertion }));
    expect(error).toMatchObject({ code: 'AUTH_CLIENT_SECRET', transient: false });
    expect(error.message).toContain(`Client assertion: connection "MSOAuthHost" gets no federated token: ${words}.`);
    expect(`${error.message} ${String(error.cause)}`).not.toContain('a-secret');
  });
}

test('GitHub Actions is asked for a token for Microsoft Entra ID', async () => {
  const asked: unknown[] = [];
  await using sandbox = await startSandbox({ apps });
  await using github = await serveHttp(({ url = '', headers }, response) => {
    asked.push({ url, authorization: headers.authorization });
    response.end(JSON.stringify({ count: 1, value: federatedToken() }));
  });
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'the-job',
  };
  const source = await open(sandbox, { assertion: 'github', environment });
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ clientId: 'app' });
  const url = '/token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange';
  expect(asked).toEqual([{ url, authorization: 'Bearer the-job' }]);
});

test('GitHub that gives no token is told from a job that may not ask for one', async () => {
  await using sandbox = await startSandbox({ apps });
  const status = { value: 503 };
  await using github = await serveHttp((_, response) => {
    response.writeHead(status.value).end('{"value":7}');
  });
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/t?x=y`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'the-job',
  };
  const busy = await failureOf(open(sandbox, { assertion: 'github', environment }));
  expect(busy).toMatchObject({ code: 'AUTH_CLIENT_SECRET', transient: true });
  expect(busy.message).toContain(`gets no federated token: GitHub's ${github.url}/t answered 503 without one.`);
  status.value = 200;
  expect(await failureOf(open(sandbox, { assertion: 'github', environment }))).toMatchObject({ transient: false });
  const elsewhere = await failureOf(open(sandbox, { assertion: 'github' }));
  expect(elsewhere.message).toContain('`permissions: { id-token: write }`');
  await github[Symbol.asyncDispose]();
  const away = await failureOf(open(sandbox, { assertion: 'github', environment }));
  expect(away).toMatchObject({ code: 'AUTH_CLIENT_SECRET', transient: true });
  expect(`${busy.message}${elsewhere.message}${away.message}`).not.toContain('the-job');
});
