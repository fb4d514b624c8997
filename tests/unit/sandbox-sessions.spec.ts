import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Browser } from './sandbox-browser.js';
import { authorizeUrl, jwtPart, redirectUrl, user, type Page } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.close());

const other = 'b@contoso.com';

function heading({ html }: Page): string | undefined {
  return /<h1>([^<]+)<\/h1>/.exec(html)?.[1];
}

/** What the redirect URL is told with prompt=none. */
async function silent(
  browser: Browser,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const { location } = await browser.visit(authorizeUrl(sandbox, { prompt: 'none', ...parameters }));
  expect(location?.origin).toBe(new URL(redirectUrl).origin);
  const [error, text] = ['error', 'error_description'].map((name) => location?.searchParams.get(name));
  return error ? `${error} ${text?.split(':')[0]}` : 'code';
}

test('who is signed in is not asked again, in that browser', async () => {
  const browser = new Browser();
  await browser.signIn(authorizeUrl(sandbox));
  expect((await browser.visit(authorizeUrl(sandbox))).location?.searchParams.get('code')).toBeTruthy();
  expect(heading(await new Browser().visit(authorizeUrl(sandbox)))).toBe('Sign in');
});

test('prompt=none succeeds with a session, and says why it does not', async () => {
  const browser = new Browser();
  expect(await silent(browser)).toBe('login_required AADSTS50058');
  await browser.signIn(authorizeUrl(sandbox));
  expect(await silent(browser)).toBe('code');
  expect(await silent(browser, { login_hint: other })).toBe('login_required AADSTS50058');
  expect(await silent(browser, { scope: 'openid Mail.Send' })).toBe('interaction_required AADSTS65001');
  sandbox.directory.requireMfa(user);
  expect(await silent(browser)).toBe('interaction_required AADSTS50076');
  await browser.signIn(authorizeUrl(sandbox, { prompt: 'login' }), other);
  expect(await silent(browser)).toBe('interaction_required AADSTS16000');
  expect(await silent(browser, { login_hint: other })).toBe('code');
});

test('prompt=login asks for the password all the same, of whom login_hint names', async () => {
  const browser = new Browser();
  await browser.signIn(authorizeUrl(sandbox));
  expect(heading(await browser.visit(authorizeUrl(sandbox, { prompt: 'login' })))).toBe('Sign in');
  const page = await browser.visit(authorizeUrl(sandbox, { prompt: 'login', login_hint: user }));
  expect(heading(page)).toBe('Enter password');
  const back = await browser.visit(authorizeUrl(sandbox, { prompt: 'login', login_hint: user }), { account: 'other' });
  expect(heading(back)).toBe('Sign in');
});

test('prompt=select_account, and several accounts, have the user pick one', async () => {
  const browser = new Browser();
  const select = authorizeUrl(sandbox, { prompt: 'select_account' });
  expect(heading(await browser.visit(select))).toBe('Sign in');
  await browser.signIn(authorizeUrl(sandbox));
  const page = await browser.visit(select);
  expect(heading(page)).toBe('Pick an account');
  expect(page.html).toContain(`data-test-id="${user}"`);
  expect((await browser.visit(select, { account: user })).location?.searchParams.get('code')).toBeTruthy();
  expect(heading(await browser.visit(select, { account: 'other' }))).toBe('Sign in');
  await browser.signIn(select, other);
  expect(heading(await browser.visit(authorizeUrl(sandbox)))).toBe('Pick an account');
});

test('max_age asks for the password again when it was given too long ago, and the token says when that was', async () => {
  const browser = new Browser();
  const url = authorizeUrl(sandbox, { max_age: '60', response_type: 'code id_token', nonce: 'n' });
  const claims = ({ location }: Page) => jwtPart(new URLSearchParams(location?.hash.slice(1)).get('id_token'), 1);
  const before = Math.floor(sandbox.clock.now() / 1000);
  const first = claims(await browser.signIn(url));
  expect(first['auth_time']).toBeGreaterThanOrEqual(before);
  expect(first['auth_time']).toBeLessThanOrEqual(Number(first['iat']));
  // As much as signing in may take is left.
  sandbox.clock.advance(30_000);
  expect(claims(await browser.visit(url))['auth_time']).toBe(first['auth_time']);
  sandbox.clock.advance(31_000);
  expect(heading(await browser.visit(url))).toBe('Sign in');
  expect(await silent(browser, { max_age: '60' })).toBe('login_required AADSTS50058');
});

test('domain_hint narrows common to personal accounts, or to those of work', async () => {
  const refusal = async (hint: string, account: string) => {
    const url = authorizeUrl(sandbox, { domain_hint: hint }, 'common');
    return (await new Browser().visit(url, { loginfmt: account })).html.includes('usernameError');
  };
  expect(await refusal('consumers', user)).toBe(true);
  expect(await refusal('consumers', 'qa@outlook.com')).toBe(false);
  expect(await refusal('organizations', 'qa@outlook.com')).toBe(true);
  expect(await refusal('contoso.com', user)).toBe(false);
});

test('a user who was disabled is not let in by a session', async () => {
  const browser = new Browser();
  await browser.signIn(authorizeUrl(sandbox));
  sandbox.directory.disable(user);
  expect((await browser.visit(authorizeUrl(sandbox))).html).toContain('AADSTS50057');
});

test('signing out ends the session', async () => {
  const browser = new Browser();
  await browser.signIn(authorizeUrl(sandbox));
  await browser.visit(`${sandbox.url}/contoso.com/oauth2/v2.0/logout`);
  expect(await silent(browser)).toBe('login_required AADSTS50058');
});

test('the browser holds the session for this site alone, without TLS', async () => {
  const response = await fetch(authorizeUrl(sandbox));
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^ESTSAUTH=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
});
