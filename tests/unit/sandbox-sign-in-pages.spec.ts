import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import {
  authorizeUrl,
  enterPassword,
  hiddenFields,
  identify,
  redirectUrl,
  signIn,
  user,
  visit,
} from './sandbox-sign-in.js';

test('asks for account, password and consent, and sends code and state to the redirect URL', async () => {
  await using sandbox = await startSandbox();
  const url = authorizeUrl(sandbox, { state: 'x&y=<z>' });

  const account = await visit(url);
  expect(account.html).toContain('name="loginfmt"');
  const password = await visit(url, { loginfmt: user });
  expect(password.html).toContain('name="passwd"');
  expect((await enterPassword(url)).html).toContain('Stay signed in?');
  const consent = await identify(url);
  expect(consent.html).toContain('Permissions requested');
  expect(consent.html).toContain('Access your mailboxes via Exchange Web Services');
  const done = await visit(url, { ...hiddenFields(consent), decision: 'accept' });

  expect(done.status).toBe(302);
  expect(done.location?.href).toContain(`${redirectUrl}?code=`);
  expect(done.location?.searchParams.get('state')).toBe('x&y=<z>');
});

test('keeps what the redirect URL has in its query', async () => {
  await using sandbox = await startSandbox();
  const done = await signIn(authorizeUrl(sandbox, { redirect_uri: 'https://app.contoso.com/?mode=a' }));
  expect(done.location?.searchParams.get('mode')).toBe('a');
  expect(done.location?.searchParams.get('code')).toBeTruthy();
});

test('posts the code with response_mode=form_post', async () => {
  await using sandbox = await startSandbox();
  const done = await signIn(authorizeUrl(sandbox, { response_mode: 'form_post' }));
  expect(done.status).toBe(200);
  expect(done.html).toContain(`action="${redirectUrl}"`);
  expect(hiddenFields(done)).toMatchObject({ code: expect.any(String), state: 'a state' });
});

test('refuses a wrong password on the page, without an AADSTS code', async () => {
  await using sandbox = await startSandbox({ password: 'other' });
  const page = await enterPassword(authorizeUrl(sandbox), user, 'secret');
  expect(page.html).toContain('Your account or password is incorrect');
  expect(page.html).not.toContain('AADSTS');
  expect((await enterPassword(authorizeUrl(sandbox), user, 'other')).html).toContain('Stay signed in?');
});

test('offers the account of login_hint, as text', async () => {
  await using sandbox = await startSandbox();
  const page = await visit(authorizeUrl(sandbox, { login_hint: '"><script>' }));
  expect(page.html).toContain('value="&quot;&gt;&lt;script&gt;"');
});

test('asks for consent once, again for more, and again with prompt=consent', async () => {
  await using sandbox = await startSandbox();
  const url = authorizeUrl(sandbox);
  await signIn(url);

  expect((await identify(url)).location?.searchParams.get('code')).toBeTruthy();
  const more = authorizeUrl(sandbox, { scope: 'openid https://outlook.office.com/SMTP.Send' });
  expect((await identify(more)).html).toContain('Send mail as you via SMTP');
  expect((await identify(authorizeUrl(sandbox, { prompt: 'consent' }))).html).toContain('Permissions requested');
  expect((await identify(url, 'other@contoso.com')).html).toContain('Permissions requested');
});

test('a user who declines is sent back with access_denied', async () => {
  await using sandbox = await startSandbox();
  const url = authorizeUrl(sandbox);
  const consent = await identify(url);
  const declined = await visit(url, { ...hiddenFields(consent), decision: 'cancel' });
  const answer = Object.fromEntries(declined.location?.searchParams ?? []);
  expect(answer).toMatchObject({ error: 'access_denied', error_subcode: 'cancel', state: 'a state' });
  expect(answer['error_description']).toMatch(/^AADSTS65004: User declined/);
  expect(answer['code']).toBeUndefined();
});

const shownOnly = [
  { what: 'an unknown app', code: 700016, parameters: { client_id: 'unknown' }, tenant: 'contoso.com' },
  { what: 'an unknown tenant', code: 90002, parameters: {}, tenant: 'nowhere' },
  {
    what: 'a redirect URL of no app',
    code: 50011,
    parameters: { redirect_uri: 'http://contoso.com/' },
    tenant: 'common',
  },
  { what: 'a missing redirect URL', code: 50011, parameters: { redirect_uri: '' }, tenant: 'common' },
  { what: 'an unknown response mode', code: 70007, parameters: { response_mode: 'pigeon' }, tenant: 'common' },
];
for (const { what, code, parameters, tenant } of shownOnly) {
  test(`shows AADSTS${code} for ${what} and redirects nowhere`, async () => {
    await using sandbox = await startSandbox();
    const page = await visit(authorizeUrl(sandbox, parameters, tenant));
    expect(page.status).toBe(400);
    expect(page.location).toBeUndefined();
    expect(page.html).toContain(`AADSTS${code}: `);
    expect(page.html).toMatch(/Request Id: [-0-9a-f]{36}/);
    expect(page.html).toMatch(/Correlation Id: [-0-9a-f]{36}/);
    expect(page.html).toMatch(/Timestamp: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
    expect(page.html).not.toContain('<form');
  });
}

const sentBack = [
  { what: 'an unknown scope', code: 70011, parameters: { scope: 'openid Mail.Nothing' } },
  { what: 'no scope', code: 70011, parameters: { scope: '' } },
  { what: 'an unknown resource', code: 500011, parameters: { scope: 'https://vault.contoso.com/Read' } },
  { what: 'another response type', code: 70005, parameters: { response_type: 'token' } },
  { what: 'a plain code challenge', code: 501491, parameters: { code_challenge: 'x', code_challenge_method: 'plain' } },
  { what: 'a silent request', code: 50058, parameters: { prompt: 'none' } },
];
for (const { what, code, parameters } of sentBack) {
  test(`sends AADSTS${code} for ${what} to the redirect URL`, async () => {
    await using sandbox = await startSandbox();
    const { location } = await visit(authorizeUrl(sandbox, parameters));
    expect(location?.searchParams.get('error_description')).toContain(`AADSTS${code}: `);
    expect(location?.searchParams.get('state')).toBe('a state');
  });
}

test('an app with redirect URLs of its own takes only those', async () => {
  const apps = [{ clientId: 'app', clientSecret: 's', redirectUrls: ['https://app.contoso.com/callback'] }];
  await using sandbox = await startSandbox({ apps });
  const good = { client_id: 'app', redirect_uri: 'https://app.contoso.com/callback' };
  expect((await visit(authorizeUrl(sandbox, good))).status).toBe(200);
  const other = await visit(authorizeUrl(sandbox, { client_id: 'app' }));
  expect(other.html).toContain('AADSTS50011: ');
});

test('a person finds the way through the pages in a browser', async ({ page }) => {
  await using sandbox = await startSandbox();
  await page.route('https://app.contoso.com/callback', (route) =>
    route.fulfill({ body: route.request().postData() ?? '' }),
  );
  await page.goto(
    authorizeUrl(sandbox, { response_mode: 'form_post', redirect_uri: 'https://app.contoso.com/callback' }),
  );
  await page.getByLabel('Email').fill(user);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('Your account or password is incorrect');
  await page.getByLabel('Password').fill('secret');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.getByRole('heading')).toHaveText('Permissions requested');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.locator('body')).toContainText('&state=a+state');
});
