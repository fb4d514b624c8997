import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { CryptoProvider } from '@azure/msal-node';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import {
  askForTokens,
  authorizeUrl,
  ewsScope,
  jwtPart,
  msalClient,
  pkce,
  redirectUrl,
  signedInSandbox,
  signIn,
  smtpScope,
  user,
} from './sandbox-sign-in.js';

const appScope = 'https://outlook.office365.com/.default';

async function codeFor(sandbox: Sandbox, parameters: Record<string, string> = {}): Promise<string> {
  const { location } = await signIn(authorizeUrl(sandbox, parameters));
  return location?.searchParams.get('code') ?? '';
}

test('msal-node signs a user in with code and PKCE, and refreshes silently', async () => {
  await using sandbox = await startSandbox();
  const client = msalClient(sandbox);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = { scopes: [ewsScope], redirectUri: redirectUrl, nonce: 'a nonce', state: 's' };
  const url = await client.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256' });
  const { location } = await signIn(url, 'QA@Contoso.com');

  const code = location?.searchParams.get('code') ?? '';
  const answer = { code, state: 's', nonce: 'a nonce' };
  const first = await client.acquireTokenByCode({ ...request, code, codeVerifier: verifier }, answer);
  expect(first.account?.username).toBe(user);
  expect(sandbox.tokens.verify(first.accessToken)).toMatchObject({
    user,
    clientId: 'sandbox',
    audience: 'https://outlook.office365.com',
    scopes: ['EWS.AccessAsUser.All'],
    roles: [],
  });

  const account = first.account!;
  const cached = await client.acquireTokenSilent({ account, scopes: [ewsScope] });
  expect(cached.accessToken).toBe(first.accessToken);
  const renewed = await client.acquireTokenSilent({ account, scopes: [ewsScope], forceRefresh: true });
  expect(renewed.accessToken).not.toBe(first.accessToken);
  expect(sandbox.tokens.verify(renewed.accessToken)?.user).toBe(user);
});

test('msal-node gets tokens for Graph: of a user with scopes, of an app with roles', async () => {
  await using sandbox = await startSandbox();
  const client = msalClient(sandbox);
  const scope = 'https://graph.microsoft.com/Mail.ReadWrite';
  const code = await codeFor(sandbox, { scope: `${scope} offline_access` });
  const ofUser = await client.acquireTokenByCode({ code, scopes: [scope], redirectUri: redirectUrl });
  const audience = 'https://graph.microsoft.com';
  expect(jwtPart(ofUser.accessToken, 1)).toMatchObject({
    aud: audience,
    scp: expect.stringContaining('Mail.ReadWrite'),
  });
  const ofApp = await client.acquireTokenByClientCredential({ scopes: [`${audience}/.default`] });
  const roles = expect.arrayContaining(['Mail.ReadWrite', 'Mail.Send']);
  expect(jwtPart(ofApp?.accessToken ?? '', 1)).toMatchObject({ aud: audience, roles });
});

test('msal-node gets an app-only token for the client secret', async () => {
  await using sandbox = await startSandbox();
  const token = await msalClient(sandbox).acquireTokenByClientCredential({ scopes: [appScope] });
  const grant = sandbox.tokens.verify(token?.accessToken ?? '');
  expect(grant).toMatchObject({ user: undefined, scopes: [], audience: 'https://outlook.office365.com' });
  expect(grant?.roles).toContain('full_access_as_app');
});

test('tokens carry the claims of Microsoft and verify with the published key', async () => {
  await using sandbox = await startSandbox();
  const { verifier, challenge } = pkce();
  const code = await codeFor(sandbox, { code_challenge: challenge, code_challenge_method: 'S256', nonce: 'n' });
  const redeem = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl, code_verifier: verifier };
  const { body } = await askForTokens(sandbox, { ...redeem, client_info: '1' });

  const access = jwtPart(body['access_token'], 1);
  expect(access).toMatchObject({ aud: 'https://outlook.office365.com', scp: 'EWS.AccessAsUser.All', upn: user });
  const id = jwtPart(body['id_token'], 1);
  expect(id).toMatchObject({ aud: 'sandbox', preferred_username: user, nonce: 'n', tid: access['tid'], ver: '2.0' });
  const info = JSON.parse(Buffer.from(String(body['client_info']), 'base64url').toString()) as object;
  expect(info).toEqual({ uid: id['oid'], utid: id['tid'] });

  const discovery = `${sandbox.url}/contoso.com/v2.0/.well-known/openid-configuration`;
  const metadata = (await (await fetch(discovery)).json()) as { issuer: string; jwks_uri: string };
  expect(id['iss']).toBe(metadata.issuer);
  const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: JsonWebKey[] };
  for (const token of [String(body['access_token']), String(body['id_token'])]) {
    const [head, claims, signature = ''] = token.split('.');
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  }
});

test('a code is good once, for its redirect URL and its verifier', async () => {
  await using sandbox = await startSandbox();
  const { verifier, challenge } = pkce();
  const parameters = { code_challenge: challenge, code_challenge_method: 'S256', prompt: 'consent' };
  const redeem = async (changes: Record<string, string>, code?: string): Promise<unknown> => {
    const form = { grant_type: 'authorization_code', redirect_uri: redirectUrl, code_verifier: verifier, ...changes };
    const { body } = await askForTokens(sandbox, { ...form, code: code ?? (await codeFor(sandbox, parameters)) });
    return body['error_codes'] ?? 'granted';
  };

  const code = await codeFor(sandbox, parameters);
  expect(await redeem({}, code)).toBe('granted');
  expect(await redeem({}, code)).toEqual([54005]);
  expect(await redeem({ code_verifier: pkce().verifier })).toEqual([501481]);
  expect(await redeem({ redirect_uri: 'http://localhost:3000/other' })).toEqual([50011]);
  expect(await redeem({}, 'made up')).toEqual([9002313]);
});

test('a refresh token gives a new one, and stays valid itself', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: `${ewsScope} offline_access` };
  const first = await askForTokens(sandbox, form);
  expect(first.body['refresh_token']).not.toBe(refreshToken);
  expect((await askForTokens(sandbox, form)).status).toBe(200);
  const next = await askForTokens(sandbox, { ...form, refresh_token: String(first.body['refresh_token']) });
  expect(next.status).toBe(200);
});

test('one refresh token serves every resource that was consented to, one at a time', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  const ask = async (scope: string) =>
    (await askForTokens(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken, scope })).body;

  const smtp = await ask(smtpScope);
  expect(sandbox.tokens.verify(String(smtp['access_token']))).toMatchObject({
    audience: 'https://outlook.office.com',
    scopes: ['SMTP.Send'],
  });
  expect(smtp['scope']).toBe(smtpScope);
  expect((await ask(`${ewsScope} ${smtpScope}`))['error_codes']).toEqual([700022]);
  expect(await ask('Mail.ReadWrite')).toMatchObject({ error_codes: [65001], suberror: 'consent_required' });
});

test('a revoked user has to sign in again', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  const client = msalClient(sandbox);
  sandbox.tokens.revoke(user.toUpperCase());
  await expect(client.acquireTokenByRefreshToken({ refreshToken, scopes: [ewsScope] })).rejects.toMatchObject({
    errorCode: 'invalid_grant',
    errorNo: 50173,
    subError: 'bad_token',
  });

  const code = await codeFor(sandbox);
  const again = await client.acquireTokenByCode({ code, scopes: [ewsScope], redirectUri: redirectUrl });
  expect(again.account?.username).toBe(user);
});

test('an inactive user is told that the refresh token has expired', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  sandbox.tokens.expire(user);
  const { status, body } = await askForTokens(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [700082] });
});

test('revoking withdraws access tokens only when asked to', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  const { body } = await askForTokens(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken });
  const accessToken = String(body['access_token']);
  sandbox.tokens.revoke(user);
  expect(sandbox.tokens.verify(accessToken)?.user).toBe(user);
  sandbox.tokens.revoke(user, { accessTokens: true });
  expect(sandbox.tokens.verify(accessToken)).toBeUndefined();
});

test('access tokens end with their lifetime, and forged ones never begin', async () => {
  await using sandbox = await startSandbox({ accessTokenLifetime: 0 });
  const form = { grant_type: 'client_credentials', scope: appScope };
  const ended = await askForTokens(sandbox, form);
  expect(ended.body['expires_in']).toBe(0);
  expect(sandbox.tokens.verify(String(ended.body['access_token']))).toBeUndefined();

  sandbox.tokens.accessTokenLifetime = 600;
  const good = String((await askForTokens(sandbox, form)).body['access_token']);
  expect(sandbox.tokens.verify(good)).toBeDefined();
  expect(sandbox.tokens.verify(`${good}x`)).toBeUndefined();
});

test('HTTP Basic names the client as well as the form does', async () => {
  await using sandbox = await startSandbox({ apps: [{ clientId: 'app', clientSecret: 'a:b c' }] });
  const response = await fetch(`${sandbox.url}/contoso.com/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from('app:a%3Ab+c').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: appScope }),
  });
  expect(response.status).toBe(200);
});
