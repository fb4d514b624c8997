import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { createAppCertificate } from '../support/app-certificate.js';
import { signAssertion } from '../support/client-assertion.js';
import { askForTokens } from './sandbox-sign-in.js';

const certificate = createAppCertificate({ to: 30 });
const { raw } = new X509Certificate(certificate.cert);
const thumbprints = { thumbprint: thumbprint('sha1'), thumbprintSha256: thumbprint('sha256') };
const scope = 'https://outlook.office365.com/.default';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const now = Math.floor(Date.now() / 1000);

const federated = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:contoso/app:ref:refs/heads/main',
};

/** In hexadecimal. */
function thumbprint(algorithm: string): string {
  return createHash(algorithm).update(raw).digest('hex');
}

/** RFC 7515 sections 4.1.7 and 4.1.8. */
function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

function startWithApp(): Promise<Sandbox> {
  return startSandbox({
    apps: [{ clientId: 'app', certificates: [certificate.cert], federatedCredentials: [federated] }],
  });
}

async function present(sandbox: Sandbox, assertion: string, form: Record<string, string> = {}): Promise<unknown> {
  const { body } = await askForTokens(sandbox, {
    grant_type: 'client_credentials',
    scope,
    client_id: 'app',
    client_secret: '',
    client_assertion_type: assertionType,
    client_assertion: assertion,
    ...form,
  });
  return body['error_codes'] ?? body['token_type'];
}

function own(sandbox: Sandbox, changes: Record<string, unknown> = {}, header: Record<string, string> = {}): string {
  const aud = `${sandbox.url}/contoso.com/oauth2/v2.0/token`;
  const claims = { iss: 'app', sub: 'app', aud, nbf: now, exp: now + 600, jti: 'x', ...changes };
  const x5t = base64url(thumbprints.thumbprintSha256);
  return signAssertion(certificate.key, claims, { alg: 'PS256', 'x5t#S256': x5t, ...header });
}

for (const name of ['thumbprintSha256', 'thumbprint'] as const) {
  test(`msal-node signs in with a certificate, by its ${name}`, async () => {
    await using sandbox = await startWithApp();
    const endpoints = `${sandbox.url}/contoso.com`;
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: 'app',
        clientCertificate: { privateKey: certificate.key, [name]: thumbprints[name] },
        authority: 'https://login.sandbox.invalid/contoso.com',
        knownAuthorities: ['login.sandbox.invalid'],
        authorityMetadata: JSON.stringify({
          issuer: `${endpoints}/v2.0`,
          authorization_endpoint: `${endpoints}/oauth2/v2.0/authorize`,
          token_endpoint: `${endpoints}/oauth2/v2.0/token`,
          jwks_uri: `${endpoints}/discovery/v2.0/keys`,
        }),
      },
    });
    const token = await client.acquireTokenByClientCredential({ scopes: [scope] });
    expect(sandbox.tokens.verify(token?.accessToken ?? '')).toMatchObject({ clientId: 'app', user: undefined });
  });
}

test('an assertion is checked: key, signature, subject, audience, time', async () => {
  await using sandbox = await startWithApp();
  expect(await present(sandbox, own(sandbox))).toBe('Bearer');
  expect(await present(sandbox, own(sandbox, {}, { alg: 'RS256' }))).toBe('Bearer');
  expect(await present(sandbox, own(sandbox, {}, { 'x5t#S256': 'AAAA' }))).toEqual([700027]);
  expect(await present(sandbox, `${own(sandbox).slice(0, -8)}AAAAAAAA`)).toEqual([700027]);
  expect(await present(sandbox, own(sandbox, {}, { alg: 'none' }))).toEqual([700027]);
  expect(await present(sandbox, own(sandbox, { sub: 'another' }))).toEqual([700021]);
  expect(await present(sandbox, own(sandbox, { aud: `${sandbox.url}/fabrikam.com/v2.0` }))).toEqual([700023]);
  expect(await present(sandbox, own(sandbox, { exp: now - 600 }))).toEqual([700024]);
  expect(await present(sandbox, own(sandbox, { nbf: now + 600 }))).toEqual([700024]);
  expect(await present(sandbox, 'no.assertion')).toEqual([50027]);
  expect(await present(sandbox, own(sandbox), { client_assertion_type: 'other' })).toEqual([900144]);
  expect(await present(sandbox, own(sandbox), { client_id: 'sandbox' })).toEqual([700021]);
});

test("a certificate that has run out is told apart from one that isn't registered", async () => {
  await using sandbox = await startWithApp();
  sandbox.clock.advance(31 * 86_400_000);
  const claims = { iss: 'app', sub: 'app', aud: `${sandbox.url}/contoso.com/v2.0`, exp: now + 32 * 86_400 };
  const assertion = signAssertion(certificate.key, claims, { alg: 'RS256', x5t: base64url(thumbprints.thumbprint) });
  const form = { grant_type: 'client_credentials', scope, client_id: 'app', client_secret: '' };
  const { status, body } = await askForTokens(sandbox, {
    ...form,
    client_assertion_type: assertionType,
    client_assertion: assertion,
  });
  expect(status).toBe(401);
  expect(body['error_description']).toContain(
    `[Reason - The key used is expired., Thumbprint of key used by client: '${thumbprints.thumbprint.toUpperCase()}'`,
  );
});

test('a token of another issuer is taken where issuer, subject and audience are the registered ones', async () => {
  await using sandbox = await startWithApp();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const claims = { iss: federated.issuer, sub: federated.subject, aud: 'api://AzureADTokenExchange', exp: now + 600 };
  const ask = (changes: object) => present(sandbox, signAssertion(key, { ...claims, ...changes }, { alg: 'RS256' }));
  expect(await ask({})).toBe('Bearer');
  expect(await ask({ iss: 'https://gitlab.com' })).toEqual([700211]);
  expect(await ask({ sub: 'repo:contoso/app:ref:refs/heads/other' })).toEqual([700213]);
  expect(await ask({ aud: 'another' })).toEqual([700212]);
  expect(await ask({ exp: now - 600 })).toEqual([700024]);
});

test("the issuer's signature is checked where its key is known", async () => {
  const [right, wrong] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), certificate.key];
  const publicKey = right.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const credential = { ...federated, audience: 'api://contoso', publicKey };
  await using sandbox = await startSandbox({ apps: [{ clientId: 'app', federatedCredentials: [credential] }] });
  const claims = { iss: federated.issuer, sub: federated.subject, aud: 'api://contoso', exp: now + 600 };
  const rightKey = right.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(await present(sandbox, signAssertion(rightKey, claims, { alg: 'RS256' }))).toBe('Bearer');
  expect(await present(sandbox, signAssertion(wrong, claims, { alg: 'RS256' }))).toEqual([50013]);
});
