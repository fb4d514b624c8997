import { expect, test } from '@playwright/test';
import { failureKinds } from '../../src/auth/failures/failure-kinds.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { askForTokens, msalClient, signedInSandbox, user } from './sandbox-sign-in.js';

const scope = 'https://outlook.office365.com/.default';

const refused = [
  { what: 'an unknown app', form: { client_id: 'unknown' }, status: 400, error: 'unauthorized_client', code: 700016 },
  { what: 'a wrong secret', form: { client_secret: 'wrong' }, status: 401, error: 'invalid_client', code: 7000215 },
  { what: 'no secret', form: { client_secret: '' }, status: 401, error: 'invalid_client', code: 7000216 },
  { what: 'an expired secret', form: { client_id: 'old' }, status: 401, error: 'invalid_client', code: 7000222 },
  { what: 'no client', form: { client_id: '' }, status: 400, error: 'invalid_request', code: 900144 },
  {
    what: 'a single permission',
    form: { scope: scope.replace('.default', 'x') },
    status: 400,
    error: 'invalid_scope',
    code: 1002012,
  },
  {
    what: 'an unknown resource',
    form: { scope: 'https://contoso.com/.default' },
    status: 400,
    error: 'invalid_resource',
    code: 500011,
  },
  {
    what: 'another grant',
    form: { grant_type: 'password' },
    status: 400,
    error: 'unsupported_grant_type',
    code: 70003,
  },
];
for (const { what, form, status, error, code } of refused) {
  test(`${what} is AADSTS${code}`, async () => {
    await using sandbox = await startSandbox({
      apps: [{ clientId: 'old', clientSecret: 'sandbox', secretExpired: true }],
    });
    const answer = await askForTokens(sandbox, { grant_type: 'client_credentials', scope, ...form });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
  });
}

test('an unknown tenant is AADSTS90002, any GUID and any domain is known', async () => {
  await using sandbox = await startSandbox();
  const form = { grant_type: 'client_credentials', scope };
  expect((await askForTokens(sandbox, form, 'nowhere')).body['error_codes']).toEqual([90002]);
  expect((await askForTokens(sandbox, form, 'fabrikam.com')).status).toBe(200);
  expect((await askForTokens(sandbox, form, '6babcaad-604b-40ac-a9d7-9fd97c0b779f')).status).toBe(200);
});

test('a refresh token is of use to its own tenant and app only', async () => {
  const { sandbox, refreshToken } = await signedInSandbox({ apps: [{ clientId: 'app', clientSecret: 's' }] });
  await using _ = sandbox;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  expect((await askForTokens(sandbox, form, 'fabrikam.com')).body['error_codes']).toEqual([70000]);
  const other = await askForTokens(sandbox, { ...form, client_id: 'app', client_secret: 's' });
  expect(other.body['error_codes']).toEqual([70000]);
});

const faults = [
  { code: 50173, status: 400, error: 'invalid_grant', suberror: 'bad_token' },
  { code: 700082, status: 400, error: 'invalid_grant', suberror: 'token_expired' },
  { code: 70008, status: 400, error: 'invalid_grant', suberror: 'token_expired' },
  { code: 54005, status: 400, error: 'invalid_grant' },
  { code: 7000215, status: 401, error: 'invalid_client' },
  { code: 7000222, status: 401, error: 'invalid_client' },
  { code: 700016, status: 400, error: 'unauthorized_client' },
  { code: 90002, status: 400, error: 'invalid_request' },
  { code: 50011, status: 400, error: 'invalid_request' },
  { code: 70011, status: 400, error: 'invalid_scope' },
  { code: 65001, status: 400, error: 'invalid_grant', suberror: 'consent_required' },
  { code: 65004, status: 400, error: 'access_denied' },
  { code: 50076, status: 400, error: 'interaction_required', suberror: 'basic_action' },
  { code: 50057, status: 400, error: 'invalid_grant' },
  { code: 53003, status: 400, error: 'invalid_grant', suberror: 'message_only' },
  { code: 90033, status: 503, error: 'temporarily_unavailable' },
  { code: 50196, status: 400, error: 'invalid_request' },
  { code: 123456, status: 400, error: 'invalid_grant' },
];
for (const { code, status, error, suberror } of faults) {
  test(`the token endpoint can be made to answer AADSTS${code}`, async () => {
    await using sandbox = await startSandbox();
    sandbox.faults.token = { code };
    const id = 'f7dd6a80-5d9b-4b6a-9b9e-3a9f2f4a3b11';
    const request = { grant_type: 'client_credentials', scope, redirect_uri: 'http://localhost/callback' };
    const answer = await askForTokens(sandbox, { ...request, 'client-request-id': id });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error,
      error_description: expect.stringMatching(
        new RegExp(
          `^AADSTS${code}: [A-Z].+ Trace ID: [-0-9a-f]{36} Correlation ID: ${id} Timestamp: [-0-9]{10} [:0-9]{8}Z$`,
        ),
      ),
      error_codes: [code],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.any(String),
      correlation_id: id,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
      ...(suberror && { suberror }),
      ...([50076, 53003].includes(code) && { claims: expect.stringContaining('capolids') }),
    });
    expect(answer.body['error_description']).not.toMatch(/''|[{}]/);
  });
}

test('every code that the package tells apart has words of its own', async () => {
  await using sandbox = await startSandbox();
  for (const code of failureKinds.flatMap(({ aadsts }) => aadsts)) {
    sandbox.faults.token = { code };
    const { body } = await askForTokens(sandbox, { scope, redirect_uri: 'http://localhost/callback' });
    expect(body['error_codes']).toEqual([code]);
    expect(body['error_description']).toMatch(/^AADSTS\d+: ['A-Z]/);
    expect(body['error_description']).not.toMatch(/''|[{}]|sandbox was asked/);
  }
});

test('a fault strikes as often as it was told to', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.token = { code: 50173, times: 2 };
  const ask = async () => (await askForTokens(sandbox, { grant_type: 'client_credentials', scope })).status;
  expect([await ask(), await ask(), await ask()]).toEqual([400, 400, 200]);
});

test('msal-node reads the errors as it reads Microsoft’s', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  sandbox.faults.token = { code: 53003, times: 1 };
  const failing = msalClient(sandbox).acquireTokenByRefreshToken({ refreshToken, scopes: [scope] });
  await expect(failing).rejects.toMatchObject({ errorNo: 53003, subError: 'message_only' });
  await expect(
    msalClient(sandbox, { clientSecret: 'wrong' }).acquireTokenByClientCredential({ scopes: [scope] }),
  ).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 });
});

test('the token endpoint takes POST only', async () => {
  await using sandbox = await startSandbox();
  const response = await fetch(`${sandbox.url}/contoso.com/oauth2/v2.0/token`);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error_codes: number[] }).error_codes).toEqual([900561]);
});

test('no failure repeats a secret or a token', async () => {
  const { sandbox, refreshToken } = await signedInSandbox();
  await using _ = sandbox;
  sandbox.tokens.revoke(user);
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_secret: 'sandbox-secret' };
  for (const changes of [{}, { client_secret: 'sandbox' }]) {
    const text = JSON.stringify((await askForTokens(sandbox, { ...form, ...changes })).body);
    expect(text).not.toContain(refreshToken);
    expect(text).not.toContain('sandbox-secret');
  }
});
