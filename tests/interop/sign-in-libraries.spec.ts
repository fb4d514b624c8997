import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import * as client from 'openid-client';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { guidOf } from '../../src/sandbox/identity/tenant-id.js';
import { createAppCertificate } from '../support/app-certificate.js';
import { linesOf } from '../support/lines-of.js';
import { trusting } from '../support/trusting.js';
import { redirectUrl, signIn, user } from '../unit/sandbox-sign-in.js';

let sandbox: Sandbox;
const certificate = createAppCertificate();
test.beforeAll(async () => {
  sandbox = await startSandbox({ apps: [{ clientId: 'pipeline', certificates: [certificate.cert] }] });
});
test.afterAll(() => sandbox.close());

test('@azure/identity signs apps in, by secret and by certificate, and shows why one is refused', async () => {
  const pem = test.info().outputPath('app.pem');
  await writeFile(pem, certificate.key + certificate.cert);
  const url = sandbox.url.replace('http:', 'https:');
  const env = await trusting(sandbox);
  expect(await linesOf(process.execPath, ['tests/interop/azure-identity.mjs', url, pem], { env })).toEqual([
    { step: 'environment', said: 3 },
    { step: 'secret', said: 3 },
    { step: 'wrong secret', said: 'AADSTS7000215' },
    { step: 'certificate', said: 3 },
  ]);
});

for (const [tenant, what] of [
  [guidOf('contoso.com'), 'of one tenant'],
  ['common', 'of any tenant'],
] as const)
  test(`Auth.js signs people ${what} in by its provider for Microsoft Entra ID`, async () => {
    const issuer = `${sandbox.url.replace('http:', 'https:')}/${tenant}/v2.0`;
    const env = await trusting(sandbox);
    const said = await linesOf(process.execPath, ['tests/interop/auth-core.mjs', issuer], { env });
    expect(said).toEqual([{ name: 'qa', email: user }]);
  });

test('openid-client discovers, signs a person in, asks who it is, refreshes and signs out', async () => {
  const tenant = guidOf('contoso.com');
  const insecure = { execute: [client.allowInsecureRequests] };
  const issuer = new URL(`${sandbox.url}/${tenant}/v2.0`);
  const config = await client.discovery(issuer, 'sandbox', 'sandbox', undefined, insecure);
  const verifier = client.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier: verifier, expectedState: 's', expectedNonce: 'n', idTokenExpected: true };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUrl,
    scope: 'openid profile email offline_access User.Read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 's',
    nonce: 'n',
    login_hint: user,
    domain_hint: 'contoso.com',
    prompt: 'login',
  });

  const { location } = await signIn(url.href);
  const tokens = await client.authorizationCodeGrant(config, location!, checks);
  const claims = tokens.claims()!;
  expect(claims).toMatchObject({ iss: issuer.href, tid: tenant, preferred_username: user, email: user });
  expect(await client.fetchUserInfo(config, tokens.access_token, claims.sub)).toMatchObject({ email: user });
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token!);
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);

  const leave = client.buildEndSessionUrl(config, { post_logout_redirect_uri: `${redirectUrl}/bye`, state: 's' });
  const left = await fetch(leave, { redirect: 'manual' });
  expect(left.headers.get('location')).toBe(`${redirectUrl}/bye?state=s`);
});
