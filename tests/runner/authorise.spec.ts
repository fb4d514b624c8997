import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { serveProxy } from '../unit/network-servers.js';
import { enterPassword, Person, signIn } from './person.js';
import { filesThatHold } from './files-that-hold.js';
import { runPlaywright, type Run } from './run-playwright.js';

const password = 'a-password-of-a-person';

interface SetUp {
  readonly sandbox: Sandbox;
  readonly person?: Person;
  readonly auth?: string;
  readonly proxy?: string;
  readonly use?: string;
  readonly body?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a project that authorises a connection to the sandbox, as a user's would. */
async function authorise({
  sandbox,
  person,
  auth = '',
  proxy = 'none',
  use = '',
  files,
  args,
  env,
  ...rest
}: SetUp): Promise<Run> {
  const launch = {
    executablePath: findBrowser()?.executablePath,
    args: person ? [`--remote-debugging-port=${person.port}`] : [],
  };
  const config = `
    import { defineConfig } from '@playwright/test';
    import type { ExchangeOptions } from 'playwright-exchange';

    const url = '${sandbox.url}';
    export default defineConfig<ExchangeOptions>({
      reporter: [['list'], ['json']],
      outputDir: './results',
      use: {
        exchangeConnections: { MSOAuthHost: {
          protocol: 'ews', host: url, user: 'qa@contoso.com', proxy: '${proxy}',
          auth: {
            type: 'oauth2', tenantId: 'contoso.com', clientId: 'sandbox', clientSecret: 'sandbox',
            redirectUrl: 'https://unreachable.contoso.invalid/oauth/callback', cloud: url, ${auth}
          },
        } },
        trace: 'on', screenshot: 'on',
        headless: true, launchOptions: ${JSON.stringify(launch)}, ${use}
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
    ${rest.body ?? `setup('authorise', authorise('MSOAuthHost', { timeout: 60_000 }));`}
  `;
  return await runPlaywright({
    files: { 'playwright.config.ts': config, 'authorise.setup.ts': setup, ...files },
    ...(args && { args }),
    ...(env && { env }),
  });
}

interface Fixtures {
  person: Person;
  sandbox: Sandbox;
}

const test = base.extend<Fixtures>({
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

test.describe.configure({ timeout: 90_000 });

test('a person signs in once, and the specs use it', async ({ sandbox, person }) => {
  const output = test.info().outputPath('results');
  const [run] = await Promise.all([
    authorise({
      sandbox,
      person,
      args: ['--output', output],
      body: `
        setup.describe.configure({ mode: 'serial' });
        setup('first', authorise('MSOAuthHost', { timeout: 60_000 }));
        setup('again', authorise('MSOAuthHost'));
      `,
      files: {
        'mail.spec.ts': `
          import { test } from 'playwright-exchange';
          test('mail', async ({ mailbox, page }) => {
            await mailbox.send({ to: mailbox.address, subject: 'Hello' });
            await page.setContent('Hello');
            await mailbox.waitForMessage({ subject: 'Hello' });
          });
        `,
      },
    }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(run.output).toMatch(/Connection "MSOAuthHost": qa@contoso\.com is signed in, good until \d{4}-\d\d-\d\d/);
  expect(run.output).toMatch(/1 skipped[^]*2 passed/);
  expect(run.tests.get('again')?.results[0]?.status).toBe('skipped');
  expect(run.exitCode).toBe(0);
  expect(run.output).not.toContain(password);
  expect(await filesThatHold(output, 'waitForMessage')).not.toEqual([]);
  for (const secret of [password, 'login.sandbox.invalid', 'code_challenge']) {
    expect(await filesThatHold(output, secret)).toEqual([]);
  }
});

test('a redirect URL that is reachable gets nothing, the code least of all', async ({ sandbox, person }) => {
  const requests: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    requests.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person, auth: `redirectUrl: 'http://127.0.0.1:${port}/oauth/callback?mode=a'` }),
    person.act((page) => signIn(page, password)),
  ]);
  server.close();
  expect(output).toContain('1 passed');
  expect(requests).toEqual([]);
});

test('who declines is told so', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person }),
    person.act(async (page) => {
      await enterPassword(page, password);
      await page.getByRole('button', { name: 'Cancel' }).click();
    }),
  ]);
  expect(output).toMatch(/Error: Consent: connection "MSOAuthHost"[^]*Microsoft says: AADSTS65004/);
  expect(output).not.toContain('node_modules');
});

test('a window that is closed ends it', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([authorise({ sandbox, person }), person.act((page) => page.close())]);
  expect(output).toContain('Error: Window closed: connection "MSOAuthHost" is not authorised');
});

test('nobody came', async ({ sandbox }) => {
  const { output } = await authorise({
    sandbox,
    body: `setup('authorise', authorise('MSOAuthHost', { timeout: 2000 }));`,
  });
  expect(output).toContain('Error: Nobody came: connection "MSOAuthHost" is not authorised');
  expect(output).toContain('set headless to false');
});

test("the browser goes through the connection's proxy, to this machine too", async ({ sandbox }) => {
  await using proxy = await serveProxy();
  const { output } = await authorise({
    sandbox,
    proxy: proxy.url,
    body: `setup('authorise', authorise('MSOAuthHost', { timeout: 5000 }));`,
  });
  expect(output).toContain('Nobody came');
  expect(proxy.asked).toContain(`CONNECT ${new URL(sandbox.url).host}`);
});

test('the wrong account is named, and its tokens are not kept', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authorise({
      sandbox,
      person,
      body: `
        import { existsSync } from 'node:fs';
        setup('authorise', authorise('MSOAuthHost', { timeout: 60_000 }));
        setup.afterAll(() => console.log('kept:', existsSync('playwright/.auth/exchange/MSOAuthHost.json')));
      `,
    }),
    person.act((page) => signIn(page, password, 'ada@contoso.com')),
  ]);
  expect(output).toContain('User mismatch: connection "MSOAuthHost" is for qa@contoso.com, but ada@contoso.com');
  expect(output).toContain('kept: false');
});

for (const [what, auth, words] of [
  ['client', `clientId: 'unknown'`, /Client ID: [^]*AADSTS700016/],
  ['tenant', `tenantId: 'unknown'`, /Tenant: [^]*AADSTS90002/],
  ['redirect URL', `redirectUrl: 'http://app.contoso.com/'`, /Redirect URL: [^]*AADSTS50011/],
] as const) {
  test(`an unknown ${what} is read off the page`, async ({ sandbox }) => {
    expect((await authorise({ sandbox, auth })).output).toMatch(words);
  });
}

test('a wrong secret is named once the person has signed in', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person, auth: `clientSecret: 'wrong-secret'` }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(output).toMatch(/Client secret: [^]*AADSTS7000215/);
  expect(output).not.toContain('wrong-secret');
});

test('an answer with the state of somebody else is refused', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person }),
    person.act(async (page) => {
      await page.goto('https://unreachable.contoso.invalid/oauth/callback?code=forged&state=forged').catch(() => {});
    }),
  ]);
  expect(output).toContain('Forged answer: connection "MSOAuthHost" is not authorised: the state is not ours.');
});

test('every missing field is named before anything is opened', async ({ sandbox }) => {
  const auth = `clientId: undefined, clientSecret: { env: 'NO_SUCH_VARIABLE' }, redirectUrl: undefined`;
  const { output } = await authorise({ sandbox, auth, use: `headless: false` });
  expect(output).toMatch(/auth\.clientSecret: the environment variable NO_SUCH_VARIABLE is not set/);
  expect(output).toContain('auth.clientId: is required');
  expect(output).toContain('auth.redirectUrl: is required');
});

test('without a display it says so', async ({ sandbox }) => {
  test.skip(process.platform !== 'linux', 'other systems always have one');
  const env = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
  const { output } = await authorise({ sandbox, use: `headless: false`, env });
  expect(output).toContain('Error: No display: connection "MSOAuthHost" is not authorised');
});
