import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type * as msal from '@azure/msal-browser';
import { expect, test as base, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';

const browser = findBrowser();
const html = '<!doctype html><title>App</title><script src="/msal.js"></script>';
const library = fileURLToPath(
  new URL('../../node_modules/@azure/msal-browser/lib/msal-browser.min.js', import.meta.url),
);
const scopes = ['User.Read', 'Mail.Read'];

declare const window: { readonly msal: typeof msal; client: msal.IPublicClientApplication };

const test = base.extend<{ sandbox: Sandbox }>({
  launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {},
  ignoreHTTPSErrors: true,
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
});

test.skip(!browser && !process.env['CI'], 'needs a browser: npx playwright install chromium');

/** The application: a page with Microsoft's library for pages in it. Served for real: a browser lets no other page at this machine. */
async function serveApp(): Promise<AsyncDisposable & { readonly url: string }> {
  const script = await readFile(library);
  const server = createServer(({ url }, response) => {
    if (url === '/msal.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Starts the library; who came back from a sign-in, if anybody did. */
function startClient(page: Page, sandbox: Sandbox, app: string): Promise<string | undefined> {
  const { host } = new URL(sandbox.url);
  return page.evaluate(
    async ([trusted, redirectUri]) => {
      const auth = {
        clientId: 'sandbox-spa',
        authority: `https://${trusted}/contoso.com`,
        knownAuthorities: [trusted],
        redirectUri,
      };
      window.client = await window.msal.createStandardPublicClientApplication({ auth });
      return (await window.client.handleRedirectPromise())?.account.username;
    },
    [host, app] as const,
  );
}

test("a single-page application signs in with Microsoft's library, refreshes, and asks Graph", async ({
  page,
  sandbox,
}) => {
  await using served = await serveApp();
  const app = served.url;
  await page.goto(app);
  await startClient(page, sandbox, app);
  await page.evaluate((wanted) => void window.client.loginRedirect({ scopes: wanted }), scopes);
  await page.getByLabel('Email').fill('qa@contoso.com');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill('secret');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${app}**`);
  expect(await startClient(page, sandbox, app)).toBe('qa@contoso.com');

  const asked = await page.evaluate(
    async ({ wanted, url }) => {
      const [account] = window.client.getAllAccounts();
      const request = { scopes: wanted, account: account!, forceRefresh: true };
      const { accessToken } = await window.client.acquireTokenSilent(request);
      const answer = await fetch(`${url}/v1.0/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
      return { requestId: answer.headers.get('request-id'), ...((await answer.json()) as object) };
    },
    { wanted: scopes, url: sandbox.url.replace('http:', 'https:') },
  );
  expect(asked).toMatchObject({ mail: 'qa@contoso.com', requestId: expect.any(String) });

  sandbox.clock.advance(86_400_000);
  const refused = await page.evaluate(async (wanted) => {
    const [account] = window.client.getAllAccounts();
    return window.client
      .acquireTokenSilent({ scopes: wanted, account: account!, forceRefresh: true, cacheLookupPolicy: 2 })
      .then(String, (error: Error) => error.message);
  }, scopes);
  expect(refused).toContain('AADSTS700084');

  await page.evaluate((next) => void window.client.logoutRedirect({ postLogoutRedirectUri: next }), `${app}bye`);
  await page.waitForURL(`${app}bye**`);
  await startClient(page, sandbox, app);
  expect(await page.evaluate(() => window.client.getAllAccounts().length)).toBe(0);
});
