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

export interface ProjectOptions {
  readonly sandbox: Sandbox;
  readonly person?: Person;
  /** Fields of the connection's `auth`, in place of good ones. */
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly proxy?: string;
  /** In place of a browser that is there. */
  readonly executablePath?: string;
  /** The display to open the window on; without one the browser is headless. */
  readonly display?: string;
  readonly env?: RunOptions['env'];
  readonly when?: RunOptions['when'];
}

export interface SetUp extends ProjectOptions {
  /** Text for the project's `use`. */
  readonly use?: string;
  readonly body?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: RunOptions['args'];
}

/** Runs a project that authorises a connection to the sandbox, as a user's would. */
export async function authorise(setUp: SetUp): Promise<Run> {
  const { use = '', body = `setup('authorise', authorise('MSOAuthHost', { timeout: 120_000 }));`, files, args } = setUp;
  const config = `
    import { defineConfig } from '@playwright/test';
    import type { ExchangeOptions } from 'playwright-exchange';

    export default defineConfig<ExchangeOptions>({
      reporter: [['list'], ['json']],
      outputDir: './results',
      use: { ...${JSON.stringify(projectUse(setUp))}, ${use} },
      projects: [
        { name: 'authorise', testMatch: 'authorise.setup.ts', use: { video: 'on' } },
        { name: 'specs', testMatch: '*.spec.ts', dependencies: ['authorise'] },
      ],
    });
  `;
  const setup = `
    import { test as setup } from 'playwright-exchange';
    import { authorise } from 'playwright-exchange/authorise';
    ${body}
  `;
  return await runPlaywright({
    files: { 'playwright.config.ts': config, 'authorise.setup.ts': setup, ...files },
    ...(args && { args }),
    ...programOptions(setUp),
  });
}

/** The `use` of a project that authorises a connection to the sandbox. */
export function projectUse({ sandbox, person, auth, proxy = 'none', executablePath, display }: ProjectOptions) {
  return {
    exchangeConnections: {
      MSOAuthHost: {
        protocol: 'ews',
        host: sandbox.url,
        user: 'qa@contoso.com',
        proxy,
        auth: {
          type: 'oauth2',
          tenantId: 'contoso.com',
          clientId: 'sandbox',
          clientSecret: 'sandbox',
          redirectUrl: unreachableUrl,
          cloud: sandbox.url,
          ...auth,
        },
      },
    },
    headless: display === undefined,
    launchOptions: {
      executablePath: executablePath ?? findBrowser({ withWindow: display !== undefined })?.executablePath,
      args: person ? [`--remote-debugging-port=${person.port}`] : [],
    },
  };
}

/** What a program that authorises is run with. */
export function programOptions({ display, env, when }: ProjectOptions): Pick<RunOptions, 'env' | 'when'> {
  return { env: { ...(display !== undefined && { DISPLAY: display, WAYLAND_DISPLAY: undefined }), ...env }, when };
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
