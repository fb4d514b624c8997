import { ConfidentialClientApplication } from '@azure/msal-node';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { askForTokens, authorizeUrl, jwtPart, msalClient, redirectUrl, signIn, user } from './sandbox-sign-in.js';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const mail = 'https://graph.microsoft.com/Mail.Read';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox({ apps: [{ clientId: 'api', clientSecret: 'secret' }] });
});
test.afterEach(() => sandbox.close());

/** A token of a person for an API of the company's own, as its page holds one. */
async function tokenFor(scope: string): Promise<string> {
  const { location } = await signIn(authorizeUrl(sandbox, { scope }));
  const code = location?.searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl };
  return String((await askForTokens(sandbox, form)).body['access_token']);
}

function onBehalf(assertion: string, form: Readonly<Record<string, string>> = {}) {
  return askForTokens(sandbox, {
    client_id: 'api',
    client_secret: 'secret',
    grant_type: grantType,
    requested_token_use: 'on_behalf_of',
    assertion,
    scope: mail,
    ...form,
  });
}

test("msal-node gets a token for the next API on behalf of the caller's", async () => {
  const assertion = await tokenFor('openid api://api/access_as_user');
  expect(jwtPart(assertion, 1)).toMatchObject({ aud: 'api://api', scp: 'access_as_user', upn: user });
  const client = msalClient(sandbox, { clientId: 'api', clientSecret: 'secret' });
  expect(client).toBeInstanceOf(ConfidentialClientApplication);
  const result = await client.acquireTokenOnBehalfOf({ oboAssertion: assertion, scopes: [mail] });
  expect(result?.account?.username).toBe(user);
  expect(jwtPart(result?.accessToken, 1)).toMatchObject({
    aud: 'https://graph.microsoft.com',
    scp: 'Mail.Read',
    appid: 'api',
  });
  const headers = { Authorization: `Bearer ${result?.accessToken}` };
  expect((await fetch(`${sandbox.url}/v1.0/me/messages`, { headers })).status).toBe(200);
});

test('a token for somebody else, of an app, or of nobody is refused', async () => {
  const error = async (assertion: string, form?: Record<string, string>) =>
    (await onBehalf(assertion, form)).body['error_codes'];
  expect(await error('none')).toEqual([50013]);
  expect(await error(await tokenFor(`openid ${mail}`))).toEqual([500131]);
  const app = await askForTokens(sandbox, { grant_type: 'client_credentials', scope: 'api://api/.default' });
  expect(await error(String(app.body['access_token']))).toEqual([7000114]);
  expect(await error(await tokenFor('api://api/access_as_user'), { client_secret: 'wrong' })).toEqual([7000215]);
});

test('a second factor that is wanted meanwhile comes back as a claims challenge', async () => {
  const assertion = await tokenFor('api://api/access_as_user');
  sandbox.directory.requireMfa(user);
  const { status, body } = await onBehalf(assertion);
  expect([status, body['error'], body['error_codes']]).toEqual([400, 'interaction_required', [50076]]);
  expect(JSON.parse(String(body['claims']))).toHaveProperty('access_token.capolids');
});
