import { test as base } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Person } from './person.js';
import { runPlaywright, type Run, type RunOptions } from './run-playwright.js';

/** Everybody's. */
export const password = 'a-password-of-a-person';

/** Where the answer is sent to, unless a connection names another. */
export const unreachableUrl = 'https://unreachable.contoso.invalid/oauth/callback';

export interface SetUp {
  readonly sandbox: Sandbox;
  readonly person?: Person;
  /** Fields of the connection's `auth`, in place of good ones. */
  readonly auth?: string;
  /** Several connections: the fields of `auth` by name. */
  readonly auths?: Readonly<Record<string, string>>;
  readonly proxy?: string;
  readonly use?: string;
  /** The display to open the window on; without one the browser is headless. */
  readonly display?: string;
  readonly body?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: RunOptions['args'];
  readonly env?: RunOptions['env'];
  readonly when?: RunOptions['when'];
}

/** Runs a project that authorises a connection to the sandbox, as a user's would. */
export async function authorise({
  sandbox,
  person,
  auth = '',
  auths = { MSOAuthHost: auth },
  proxy = 'none',
  use = '',
  display,
  files,
  args,
  env,
  when,
  ...rest
}: SetUp): Promise<Run> {
  const launch = {
    executablePath: findBrowser({ withWindow: display !== undefined })?.executablePath,
    args: person ? [`--remote-debugging-port=${person.port}`] : [],
  };
  const connections = Object.entries(auths).map(
    ([name, fields]) => `
      ${name}: {
        protocol: 'ews', host: url, user: 'qa@contoso.com', proxy: '${proxy}',
        auth: {
          type: 'oauth2', tenantId: 'contoso.com', clientId: 'sandbox', clientSecret: 'sandbox',
          redirectUrl: '${unreachableUrl}', cloud: url, ${fields}
        },
      },`,
  );
  const config = `
    import { defineConfig } from '@playwright/test';
    import type { ExchangeOptions } from 'playwright-exchange';

    const url = '${sandbox.url}';
    export default defineConfig<ExchangeOptions>({
      reporter: [['list'], ['json']],
      outputDir: './results',
      use: {
        exchangeConnections: {${connections.join('')}},
        trace: 'on', screenshot: 'on',
        headless: ${display === undefined}, launchOptions: ${JSON.stringify(launch)}, ${use}
      },
      projects: [
        { name: 'authorise', testMatch: 'authorise.setup.ts', use: { video: 'on' } },
        { name: 'specs', testMatch: '*.spec.ts', dependencies: ['authorise'] },
      ],
    });
  `;
  const setup = `
    import { test as setup } from 'playwright-exchange';
    import { authorise } from 'playwright-exchange/authorise';
    ${rest.body ?? `setup('authorise', authorise('MSOAuthHost', { timeout: 120_000 }));`}
  `;
  return await runPlaywright({
    files: { 'playwright.config.ts': config, 'authorise.setup.ts': setup, ...files },
    ...(args && { args }),
    ...(when && { when }),
    env: { ...(display !== undefined && { DISPLAY: display, WAYLAND_DISPLAY: undefined }), ...env },
  });
}

interface Fixtures {
  person: Person;
  sandbox: Sandbox;
}

/** The variable with a sign-in that was made elsewhere, with a password alone. */
export function exportedSignIn(sandbox: Sandbox): Record<string, string> {
  const scopes = 'https://outlook.office365.com/EWS.AccessAsUser.All';
  const [tenantId, clientId, user] = ['contoso.com', 'sandbox', 'qa@contoso.com'];
  const refreshToken = sandbox.tokens.issueRefreshToken({
    tenant: tenantId,
    clientId,
    user,
    scopes: [scopes, 'openid', 'profile'],
  });
  const fingerprint = { tenantId, clientId, user, scopes, cloud: sandbox.url };
  const issuedAt = new Date(Date.now() - 60_000).toISOString();
  const token = encodeExportedToken({ v: 1, refreshToken, issuedAt, fingerprint, account: user });
  return { PLAYWRIGHT_EXCHANGE_TOKEN_MSOAUTHHOST: token };
}

/** With a sandbox, and a person who can sign in to it. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  person: async ({}, use) => {
    await use(await Person.create());
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox({ password });
    await use(sandbox);
  },
});
