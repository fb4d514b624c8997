import { expect, test } from '@playwright/test';
import { connectSandbox, startSandbox, type IdentityChanges } from '../../src/sandbox/index.js';
import {
  askForTokens,
  authorizeUrl,
  enterPassword,
  ewsScope,
  hiddenFields,
  identify,
  redirectUrl,
  signedInSandbox,
  user,
  visit,
  type Page,
} from './sandbox-sign-in.js';

const day = 86_400_000;

/** A sandbox, and what its token endpoint answers to the refresh token of its user. */
async function signedIn(): Promise<{
  sandbox: Awaited<ReturnType<typeof signedInSandbox>>['sandbox'];
  refresh: (form?: Record<string, string>) => Promise<unknown>;
}> {
  const { sandbox, refreshToken } = await signedInSandbox();
  const refresh = async (form: Record<string, string> = {}): Promise<unknown> => {
    const { body } = await askForTokens(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken, ...form });
    return body['error_codes'] ?? body['token_type'];
  };
  return { sandbox, refresh };
}

const changes: readonly (readonly [what: string, changes: IdentityChanges, code: number])[] = [
  ['revoked sessions', { revoke: 'QA@contoso.com' }, 50173],
  ['an expired refresh token', { expire: user }, 700082],
  ['90 days without use', { advance: 90 * day }, 700082],
  ['a disabled account', { disable: 'QA@contoso.com' }, 50057],
  ['multi-factor authentication from now on', { requireMfa: 'QA@contoso.com' }, 50076],
  ['consent that was withdrawn', { withdrawConsent: 'QA@contoso.com' }, 65001],
  ['another client secret', { changeSecret: { clientId: 'sandbox', clientSecret: 'new' } }, 7000215],
  ['a client secret that has expired', { expireSecret: 'sandbox' }, 7000222],
];
for (const [what, change, code] of changes) {
  test(`another process asks for ${what}: refreshing is AADSTS${code}`, async () => {
    const { sandbox, refresh } = await signedIn();
    await using _ = sandbox;
    expect(await refresh()).toBe('Bearer');
    await connectSandbox(sandbox.url).changeIdentity(change);
    expect(await refresh()).toEqual([code]);
  });
}

test('an account that is enabled again, and a new secret, work as before', async () => {
  const { sandbox, refresh } = await signedIn();
  await using _ = sandbox;
  sandbox.directory.disable(user);
  sandbox.directory.expireSecret('sandbox');
  expect(await refresh()).toEqual([7000222]);
  sandbox.directory.changeSecret('sandbox', 'new');
  expect(await refresh({ client_secret: 'new' })).toEqual([50057]);
  sandbox.directory.enable(user);
  expect(await refresh({ client_secret: 'new' })).toBe('Bearer');
});

test('a disabled account cannot sign in, and the page says so', async () => {
  await using sandbox = await startSandbox();
  sandbox.directory.disable(user);
  const page = await enterPassword(authorizeUrl(sandbox));
  expect(page.html).toContain('AADSTS50057: The user account is disabled.');
  expect(page.html).toContain('Request Id: ');
});

test('the sign-in page can be made to fail in the words of any code', async () => {
  await using sandbox = await startSandbox();
  await connectSandbox(sandbox.url).setFaults({ signIn: { code: 53003, times: 1 } });
  expect((await enterPassword(authorizeUrl(sandbox))).html).toContain('AADSTS53003: Access has been blocked');
  expect((await enterPassword(authorizeUrl(sandbox))).html).toContain('Stay signed in?');
});

test('who needs a second factor is asked for a code, and refreshes silently afterwards', async () => {
  await using sandbox = await startSandbox({ oneTimeCode: '246802' });
  sandbox.directory.requireMfa(user);
  const url = authorizeUrl(sandbox);
  const asked = await enterPassword(url);
  expect(asked.html).toContain('name="otc"');
  const enter = (page: Page, otc: string): Promise<Page> => visit(url, { ...hiddenFields(page), otc });
  const again = await enter(asked, '000000');
  expect(again.html).toContain('expected verification code');
  expect((await visit(url, { ...hiddenFields(again), LoginOptions: '3' })).html).toContain('name="otc"');
  const stay = await enter(await enterPassword(url), ' 246802 ');
  const consent = await visit(url, { ...hiddenFields(stay), LoginOptions: '3' });
  const { location } = await visit(url, { ...hiddenFields(consent), decision: 'accept' });

  const code = location?.searchParams.get('code') ?? '';
  const tokens = await askForTokens(sandbox, { grant_type: 'authorization_code', code, redirect_uri: redirectUrl });
  const refreshToken = String(tokens.body['refresh_token']);
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  expect((await askForTokens(sandbox, form)).status).toBe(200);
  const next = await askForTokens(sandbox, form);
  const renewed = await askForTokens(sandbox, { ...form, refresh_token: String(next.body['refresh_token']) });
  expect(renewed.status).toBe(200);
});

test('consent that was withdrawn is asked for again', async () => {
  const { sandbox, refresh } = await signedIn();
  await using _ = sandbox;
  sandbox.directory.withdrawConsent(user);
  const url = authorizeUrl(sandbox, { scope: `openid profile offline_access ${ewsScope}` });
  const consent = await identify(url);
  expect(consent.html).toContain('Permissions requested');
  await visit(url, { ...hiddenFields(consent), decision: 'accept' });
  expect(await refresh({ scope: ewsScope })).toBe('Bearer');
});

test('codes and access tokens age by the clock too', async () => {
  const { sandbox, refresh } = await signedIn();
  await using _ = sandbox;
  const { body } = await askForTokens(sandbox, {
    grant_type: 'client_credentials',
    scope: 'https://outlook.office365.com/.default',
  });
  const accessToken = String(body['access_token']);
  expect(sandbox.tokens.verify(accessToken)).toBeDefined();
  const { location } = await identify(authorizeUrl(sandbox));
  sandbox.clock.advance(3_600_000);
  expect(sandbox.tokens.verify(accessToken)).toBeUndefined();
  const code = location?.searchParams.get('code') ?? '';
  const tokens = await askForTokens(sandbox, { grant_type: 'authorization_code', code, redirect_uri: redirectUrl });
  expect(tokens.body['error_codes']).toEqual([70008]);
  expect(await refresh()).toBe('Bearer');
});
