import { expect, test } from '@playwright/test';
import { tokenVariable } from '../../src/auth/store/token-variable.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../../src/config/resolved.js';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { TokenSource } from '../../src/auth/token-source.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { personDefinition, signedInConnection, type SignedInConnection } from '../support/person-connection.js';

const user = 'qa@contoso.com';

/** A connection that a person authorised, its token exported into the environment. */
async function authorised(
  sandbox: Sandbox,
  account = user,
): Promise<SignedInConnection & { open(): Promise<TokenSource> }> {
  const signedIn = await signedInConnection(sandbox, personDefinition(sandbox), account);
  return { ...signedIn, open: () => open(signedIn.connection, signedIn.environment) };
}

async function open(connection: ResolvedConnection, environment: Record<string, string>): Promise<TokenSource> {
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const directory = test.info().outputPath();
  return await openTokenSource({ connection, auth: connection.auth as ResolvedOAuth2, environment, http, directory });
}

test('an exported sign-in gives tokens for the person, and gives the same one until it is renewed', async () => {
  await using sandbox = await startSandbox();
  const source = await (await authorised(sandbox)).open();
  expect(source).toMatchObject({ username: user, appOnly: false });
  const token = await source.token();
  expect(sandbox.tokens.verify(token)).toMatchObject({ user, scopes: ['EWS.AccessAsUser.All'] });
  expect(await source.token()).toBe(token);
  const renewed = await source.token({ renew: true });
  expect(renewed).not.toBe(token);
  expect(sandbox.tokens.verify(renewed)).toMatchObject({ user });
});

test('a token that is about to expire is replaced silently', async () => {
  await using sandbox = await startSandbox({ accessTokenLifetime: 60 });
  const source = await (await authorised(sandbox)).open();
  const first = await source.token();
  expect(await source.token()).not.toBe(first);
});

test('a sign-in that is revoked, or expires, says so at the next renewal and at the one after', async () => {
  for (const [word, code, end] of [
    ['Revoked', 'AUTH_REVOKED', (sandbox: Sandbox) => sandbox.tokens.revoke(user)],
    ['Expired', 'AUTH_EXPIRED', (sandbox: Sandbox) => sandbox.tokens.expire(user)],
  ] as const) {
    await using sandbox = await startSandbox();
    const source = await (await authorised(sandbox)).open();
    end(sandbox);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await failureOf(source.token({ renew: true }));
      expect(error).toMatchObject({ code, transient: false });
      expect(error.message).toMatch(new RegExp(`^${word}: connection "MSOAuthHost"`));
    }
  }
});

test('a token that was refused, of a sign-in that is revoked, is not found again by who opens the connection next', async () => {
  await using sandbox = await startSandbox();
  const { connection, environment } = await authorised(sandbox);
  const source = await open(connection, environment);
  sandbox.tokens.revoke(user, { accessTokens: true });
  expect(await failureOf(source.token({ renew: true }))).toMatchObject({ code: 'AUTH_REVOKED' });
  expect(await failureOf(open(connection, {}))).toMatchObject({ code: 'AUTH_REVOKED' });
});

test('an outage passes: the next try asks again', async () => {
  await using sandbox = await startSandbox();
  const source = await (await authorised(sandbox)).open();
  sandbox.faults.token = { code: 90033, times: 1 };
  expect(await failureOf(source.token({ renew: true }))).toMatchObject({ code: 'AUTH_UNAVAILABLE', transient: true });
  expect(sandbox.tokens.verify(await source.token({ renew: true }))).toBeDefined();
});

test('a sign-in service that is not there is a network error, to be tried again', async () => {
  const sandbox = await startSandbox();
  const { open: reopen } = await authorised(sandbox);
  await sandbox.close();
  expect(await failureOf(reopen())).toMatchObject({ code: 'NETWORK', transient: true });
});

test('without an exported token the error names the variable', async () => {
  await using sandbox = await startSandbox();
  const { connection } = await authorised(sandbox);
  const error = await failureOf(open(connection, {}));
  expect(error.code).toBe('AUTH_MISSING');
  expect(error.message).toContain('PLAYWRIGHT_EXCHANGE_TOKEN_MSOAUTHHOST');
});

test('a sign-in goes on where an earlier run left it, without the variable', async () => {
  await using sandbox = await startSandbox();
  const { connection, environment } = await authorised(sandbox);
  const token = await (await open(connection, environment)).token();
  const later = await open(connection, {});
  expect(await later.token()).toBe(token);
  expect(sandbox.tokens.verify(await later.token({ renew: true }))).toMatchObject({ user });
});

test('a definition that differs from what was authorised is named by its fields', async () => {
  await using sandbox = await startSandbox();
  const { environment, connection } = await authorised(sandbox);
  const changed = { ...connection, auth: { ...(connection.auth as ResolvedOAuth2), clientId: 'other' } };
  const error = await failureOf(open(changed, environment));
  expect(error.message).toMatch(/^Changed: clientId of connection "MSOAuthHost"/);
});

test('a variable that holds no exported token is refused without showing it', async () => {
  await using sandbox = await startSandbox();
  const { connection } = await authorised(sandbox);
  const error = await failureOf(open(connection, { [tokenVariable('MSOAuthHost')]: 'a-secret' }));
  expect(error.code).toBe('CONFIGURATION');
  expect(error.message).not.toContain('a-secret');
});

test('another account than the one of the connection is refused', async () => {
  await using sandbox = await startSandbox();
  const error = await failureOf((await authorised(sandbox, 'ada@contoso.com')).open());
  expect(error.message).toMatch(
    /^User mismatch: connection "MSOAuthHost" is for qa@contoso\.com, but ada@contoso\.com/,
  );
});

test('where the definition names no user, it is who signed in', async () => {
  await using sandbox = await startSandbox();
  const { connection, environment } = await authorised(sandbox, 'ada@contoso.com');
  expect(await open({ ...connection, user: undefined }, environment)).toMatchObject({ username: 'ada@contoso.com' });
});

test('the app alone gets tokens of its own, and a wrong secret is told from a wrong client', async () => {
  await using sandbox = await startSandbox();
  const { connection } = await authorised(sandbox);
  const auth = { ...(connection.auth as ResolvedOAuth2), grant: 'client_credentials' as const };
  const scopes = ['https://outlook.office365.com/.default'];
  const alone = (change: Partial<ResolvedOAuth2>): Promise<TokenSource> =>
    open({ ...connection, auth: { ...auth, scopes, ...change } }, {});
  const source = await alone({});
  expect(source).toMatchObject({ username: user, appOnly: true });
  expect(sandbox.tokens.verify(await source.token())).toMatchObject({ user: undefined });
  expect(await failureOf(alone({ credential: { type: 'secret', secret: 'wrong-secret' } }))).toMatchObject({
    code: 'AUTH_CLIENT_SECRET',
  });
  expect(await failureOf(alone({ clientId: 'unknown' }))).toMatchObject({ code: 'AUTH_CLIENT_ID' });
});
