import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { guidOf } from '../../src/sandbox/identity/tenant-id.js';
import { jwtPart, redirectUrl, signIn, user } from './sandbox-sign-in.js';

const resource = 'https://outlook.office365.com/';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.close());

async function askForTokens(form: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'sandbox', ...form });
  const response = await fetch(`${sandbox.url}/contoso.com/oauth2/token`, { method: 'POST', body });
  return (await response.json()) as Record<string, unknown>;
}

const seconds = expect.stringMatching(/^\d+$/);

test('a person signs in for a resource, and the tokens are worded as in version 1.0', async () => {
  const query = { client_id: 'sandbox', response_type: 'code', redirect_uri: redirectUrl, resource, state: 's' };
  const url = `${sandbox.url}/contoso.com/oauth2/authorize?${new URLSearchParams(query)}`;
  const { location } = await signIn(url);
  const code = location?.searchParams.get('code') ?? '';
  const tokens = await askForTokens({ grant_type: 'authorization_code', code, redirect_uri: redirectUrl, resource });
  expect(tokens).toEqual({
    token_type: 'Bearer',
    scope: expect.stringContaining('EWS.AccessAsUser.All'),
    expires_in: '3600',
    ext_expires_in: '3600',
    expires_on: seconds,
    not_before: seconds,
    resource: 'https://outlook.office365.com',
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    id_token: expect.any(String),
  });
  const tenant = guidOf('contoso.com');
  expect(jwtPart(tokens['id_token'], 1)).toMatchObject({ ver: '1.0', iss: `${sandbox.url}/${tenant}/`, upn: user });

  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']), resource };
  const headers = { Authorization: `Bearer ${String((await askForTokens(refresh))['access_token'])}` };
  const ews = await fetch(`${sandbox.url}/EWS/Exchange.asmx`, { method: 'POST', headers, body: '<x/>' });
  expect(ews.status).not.toBe(401);
});

test('an app gets a token for a resource', async () => {
  const tokens = await askForTokens({ grant_type: 'client_credentials', resource: 'https://graph.microsoft.com' });
  expect(tokens).toEqual({
    token_type: 'Bearer',
    expires_in: '3600',
    ext_expires_in: '3600',
    expires_on: seconds,
    not_before: seconds,
    resource: 'https://graph.microsoft.com',
    access_token: expect.any(String),
  });
  expect(jwtPart(tokens['access_token'], 1)['aud']).toBe('https://graph.microsoft.com');
});

test('its discovery document leads to its endpoints', async () => {
  const response = await fetch(`${sandbox.url}/contoso.com/.well-known/openid-configuration`);
  const document = (await response.json()) as Record<string, string>;
  expect(document).toMatchObject({
    issuer: `${sandbox.url}/${guidOf('contoso.com')}/`,
    authorization_endpoint: `${sandbox.url}/contoso.com/oauth2/authorize`,
    token_endpoint: `${sandbox.url}/contoso.com/oauth2/token`,
  });
  expect((await fetch(document['jwks_uri']!)).status).toBe(200);
});
