import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { authorizeUrl, ewsScope, jwtPart, pkce, redirectUrl, signIn, user, visit } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox();
});
test.afterAll(() => sandbox.close());

const page = { Origin: 'http://localhost:3000' };

interface Redemption {
  readonly clientId: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** Signs in on an app and comes for the tokens. */
async function redeem({ clientId, headers = {}, form = {} }: Redemption): Promise<Response> {
  const { verifier, challenge } = pkce();
  const parameters = { client_id: clientId, code_challenge: challenge, code_challenge_method: 'S256' };
  const { location } = await signIn(authorizeUrl(sandbox, parameters));
  const code = location?.searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl, code_verifier: verifier };
  return ask({ client_id: clientId, ...fields, ...form }, headers);
}

function ask(form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams(form);
  return fetch(`${sandbox.url}/contoso.com/oauth2/v2.0/token`, { method: 'POST', headers, body });
}

async function codesOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { error_codes?: unknown }).error_codes;
}

test('the page of a single-page app gets its tokens, and nobody else does', async () => {
  const answer = await redeem({ clientId: 'sandbox-spa', headers: page });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await codesOf(await redeem({ clientId: 'sandbox-spa' }))).toEqual([9002327]);
});

test('a page gets no tokens of a web app, and can read why', async () => {
  const answer = await redeem({ clientId: 'sandbox', headers: page, form: { client_secret: 'sandbox' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toMatchObject({
    error: 'invalid_request',
    error_codes: [9002326],
    error_description: expect.stringContaining('Request origin: '),
  });
});

test("a desktop app needs no secret for a person's tokens; a web app does", async () => {
  expect((await redeem({ clientId: 'sandbox-public' })).status).toBe(200);
  expect(await codesOf(await redeem({ clientId: 'sandbox' }))).toEqual([7000218]);
});

test("a single-page app's refresh tokens all end 24 hours after the sign-in", async () => {
  await using own = await startSandbox();
  const grant = { tenant: 'contoso.com', clientId: 'sandbox-spa', user, scopes: [ewsScope] };
  const expiresAt = own.clock.now() + 86_400_000;
  const refresh = async (token: string) => {
    const form = { client_id: 'sandbox-spa', grant_type: 'refresh_token', refresh_token: token };
    const url = `${own.url}/contoso.com/oauth2/v2.0/token`;
    const answer = await fetch(url, { method: 'POST', headers: page, body: new URLSearchParams(form) });
    return (await answer.json()) as { refresh_token: string; error_codes?: number[] };
  };
  own.clock.advance(43_200_000);
  const { refresh_token: renewed } = await refresh(own.tokens.issueRefreshToken({ ...grant, expiresAt }));
  own.clock.advance(43_200_000);
  expect(await refresh(renewed)).toMatchObject({ error_codes: [700084] });
});

test('a browser that asks first whether a page may is told that it may', async () => {
  const asked = { ...page, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' };
  for (const path of ['/v1.0/me', '/oidc/userinfo', '/common/discovery/instance']) {
    const { status, headers } = await fetch(sandbox.url + path, { method: 'OPTIONS', headers: asked });
    expect([status, headers.get('access-control-allow-headers')]).toEqual([200, 'authorization']);
  }
});

test('the sandbox is the cloud that it is asked about', async () => {
  const { host } = new URL(sandbox.url);
  const asked = encodeURIComponent(`https://${host}/contoso.com/oauth2/v2.0/authorize`);
  const url = `${sandbox.url}/common/discovery/instance?api-version=1.1&authorization_endpoint=${asked}`;
  expect(await (await fetch(url)).json()).toMatchObject({
    tenant_discovery_endpoint: `${sandbox.url}/contoso.com/v2.0/.well-known/openid-configuration`,
    metadata: [{ preferred_network: host, aliases: [host] }],
  });
});

for (const [tenant, issuer] of [
  ['common', '{tenantid}'],
  ['organizations', '{tenantid}'],
  ['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'],
] as const) {
  test(`the issuer of ${tenant} is ${issuer}`, async () => {
    const answer = await fetch(`${sandbox.url}/${tenant}/v2.0/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({ issuer: `${sandbox.url}/${issuer}/v2.0` });
  });
}

test('organizations takes no personal account, and consumers no other', async () => {
  const refusal = async (tenant: string, loginfmt: string) => {
    const { html } = await visit(authorizeUrl(sandbox, {}, tenant), { loginfmt });
    return /You can't sign in here with a ([a-z ]+)\./.exec(html)?.[1];
  };
  expect(await refusal('organizations', 'someone@outlook.com')).toBe('personal account');
  expect(await refusal('consumers', user)).toBe('work or school account');
  expect(await refusal('common', 'someone@outlook.com')).toBeUndefined();
});

test('the sign-in page gives an ID token, beside a code or alone, in the fragment or as a form', async () => {
  const parameters = { response_type: 'id_token code', nonce: 'n' };
  const { location } = await signIn(authorizeUrl(sandbox, parameters));
  const fragment = new URLSearchParams(location?.hash.slice(1));
  expect(jwtPart(fragment.get('id_token'), 1)).toMatchObject({ nonce: 'n', preferred_username: user, aud: 'sandbox' });
  expect(fragment.get('code')).toBeTruthy();
  const posted = await signIn(
    authorizeUrl(sandbox, { ...parameters, response_type: 'id_token', response_mode: 'form_post' }),
  );
  expect(posted.html).toContain('name="id_token"');
  expect(posted.html).not.toContain('name="code"');
});

test('an ID token without a nonce, and an unknown prompt, are refused', async () => {
  const refused = async (parameters: Record<string, string>) =>
    (await visit(authorizeUrl(sandbox, { response_mode: 'query', ...parameters }))).location?.searchParams.get(
      'error_description',
    );
  expect(await refused({ response_type: 'id_token' })).toContain('AADSTS900144');
  expect(await refused({ prompt: 'please' })).toContain('AADSTS90023');
});

test('an app alone has to name its tenant', async () => {
  const form = { client_id: 'sandbox', client_secret: 'sandbox', grant_type: 'client_credentials' };
  const body = new URLSearchParams({ ...form, scope: 'https://graph.microsoft.com/.default' });
  const answer = await fetch(`${sandbox.url}/common/oauth2/v2.0/token`, { method: 'POST', body });
  expect(await codesOf(answer)).toEqual([50059]);
});

test('who signs out is sent on where the app wants, and shown a page where it wants nothing', async () => {
  const url = `${sandbox.url}/common/oauth2/v2.0/logout`;
  const next = await visit(`${url}?post_logout_redirect_uri=${encodeURIComponent(redirectUrl)}&state=s`);
  expect(next.location?.href).toBe(`${redirectUrl}?state=s`);
  expect((await visit(url)).html).toContain('You signed out of your account');
});
