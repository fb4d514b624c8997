import { PublicClientApplication } from '@azure/msal-node';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { ewsScope, hiddenFields, user, visit, type Page } from './sandbox-sign-in.js';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const scope = `openid profile offline_access ${ewsScope}`;

async function post(sandbox: Sandbox, path: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const url = `${sandbox.url}/contoso.com/oauth2/v2.0/${path}`;
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return (await response.json()) as Record<string, unknown>;
}

interface Device {
  readonly page: string;
  /** The answer of the token endpoint. */
  readonly poll: (form?: Record<string, string>) => Promise<Record<string, unknown>>;
}

async function openDevice(sandbox: Sandbox, clientId = 'sandbox-public'): Promise<Device> {
  const codes = await post(sandbox, 'devicecode', { client_id: clientId, scope });
  return {
    page: `${String(codes['verification_uri'])}?otc=${String(codes['user_code'])}`,
    poll: (form) =>
      post(sandbox, 'token', {
        grant_type: grantType,
        client_id: clientId,
        device_code: String(codes['device_code']),
        ...form,
      }),
  };
}

/** Signs in; the page that asks whether the app on the device was meant. */
async function signInFor({ page }: Device): Promise<Page> {
  const password = await visit(page, { loginfmt: user });
  const staySignedIn = await visit(page, { ...hiddenFields(password), passwd: 'secret' });
  return visit(page, { ...hiddenFields(staySignedIn), LoginOptions: '3' });
}

async function decide(device: Device, page: Page, decision: 'accept' | 'cancel'): Promise<Page> {
  return visit(device.page, { ...hiddenFields(page), decision });
}

test('msal-node signs in with a code that a person enters elsewhere, and refreshes without a secret', async ({
  page,
}) => {
  await using sandbox = await startSandbox();
  const host = 'login.sandbox.invalid';
  const tenant = `${sandbox.url}/contoso.com`;
  const client = new PublicClientApplication({
    auth: {
      clientId: 'sandbox-public',
      authority: `https://${host}/contoso.com`,
      knownAuthorities: [host],
      authorityMetadata: JSON.stringify({
        issuer: `${tenant}/v2.0`,
        authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${tenant}/discovery/v2.0/keys`,
      }),
    },
  });
  const signingIn = client.acquireTokenByDeviceCode({
    scopes: [ewsScope],
    deviceCodeCallback: ({ verificationUri, userCode, message }) => {
      expect(message).toContain(`${verificationUri} and enter the code ${userCode}`);
      void enterCode(verificationUri, userCode);
    },
  });
  const enterCode = async (address: string, code: string): Promise<void> => {
    await page.goto(address);
    await page.getByLabel('Code').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Email').fill(user);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Password').fill('secret');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'No' }).click();
    await expect(page.getByRole('heading')).toHaveText('Are you trying to sign in to sandbox-public?');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
  };
  const result = await signingIn;
  await expect(page.getByText('You have signed in to the sandbox-public application on your device.')).toBeVisible();
  expect(sandbox.tokens.verify(result?.accessToken ?? '')).toMatchObject({ user, clientId: 'sandbox-public' });
  const renewed = await client.acquireTokenSilent({
    account: result!.account!,
    scopes: [ewsScope],
    forceRefresh: true,
  });
  expect(sandbox.tokens.verify(renewed.accessToken)).toMatchObject({ user });
});

test('a device waits until the person has answered, and gets its tokens once', async () => {
  await using sandbox = await startSandbox();
  const device = await openDevice(sandbox);
  expect(await device.poll()).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
  const consent = await decide(device, await signInFor(device), 'accept');
  expect(await device.poll()).toMatchObject({ error: 'authorization_pending' });
  await decide(device, consent, 'accept');
  expect(await device.poll()).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) });
  expect(await device.poll()).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] });
});

test('a person who declines ends it', async () => {
  await using sandbox = await startSandbox();
  const device = await openDevice(sandbox);
  expect((await decide(device, await signInFor(device), 'cancel')).html).toContain('You have declined');
  expect((await visit(device.page)).html).toContain("That code didn't work");
  expect(await device.poll()).toMatchObject({ error: 'authorization_declined', error_codes: [70017] });
});

test('a code that is unknown, or older than 15 minutes, does not work', async () => {
  await using sandbox = await startSandbox();
  const device = await openDevice(sandbox);
  expect((await visit(`${sandbox.url}/devicecode?otc=UNKNOWN`)).html).toContain("That code didn't work");
  expect(await device.poll({ device_code: 'unknown' })).toMatchObject({ error_codes: [70018] });
  sandbox.clock.advance(900_000);
  expect((await visit(device.page)).html).toContain("That code didn't work");
  expect(await device.poll()).toMatchObject({ error: 'expired_token', error_codes: [70020] });
});

test('an app that allows no public client flows is told so with the tokens', async () => {
  await using sandbox = await startSandbox();
  const device = await openDevice(sandbox, 'sandbox');
  expect(await device.poll()).toMatchObject({ error: 'invalid_client', error_codes: [7000218] });
});

test('a public app shows no secret, and gets no token of its own', async () => {
  await using sandbox = await startSandbox();
  const device = await openDevice(sandbox);
  expect(await device.poll({ client_secret: 'x' })).toMatchObject({ error_codes: [700025] });
  const form = { grant_type: 'client_credentials', client_id: 'sandbox-public', scope: `${ewsScope}/.default` };
  expect(await post(sandbox, 'token', form)).toMatchObject({ error_codes: [7000216] });
});

test('a device asks for known scopes of a known app', async () => {
  await using sandbox = await startSandbox();
  const ask = (form: Record<string, string>) => post(sandbox, 'devicecode', form);
  expect(await ask({ client_id: 'unknown', scope })).toMatchObject({ error_codes: [700016] });
  expect(await ask({ client_id: 'sandbox-public' })).toMatchObject({ error_codes: [900144] });
  expect(await ask({ client_id: 'sandbox-public', scope: 'Nothing' })).toMatchObject({ error_codes: [70011] });
});
