import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { hiddenFields, identify, visit } from '../unit/sandbox-sign-in.js';
import { authoriseAlone } from './authorise-alone.js';
import { runPlaywright } from './run-playwright.js';

test('a person signs in on another device, and the specs use it, without a display', async () => {
  test.setTimeout(90_000);
  await using sandbox = await startSandbox();
  const config = configFor(sandbox.url);
  const setup = `
    import { test as setup } from 'playwright-exchange';
    import { authorise } from 'playwright-exchange/authorise';

    setup.describe.configure({ mode: 'serial' });
    setup('first', authorise('MSOAuthHost', { timeout: 60_000 }));
    setup('again', authorise('MSOAuthHost'));
  `;
  const spec = `
    import { test } from 'playwright-exchange';
    test('mail', async ({ mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: 'Hello' });
      await mailbox.waitForMessage({ subject: 'Hello' });
    });
  `;
  const told = /open (\S+) on any device, enter the code (\w+), and sign in as qa@contoso\.com\./;
  const act = async (output: string): Promise<void> => {
    const [, page, code] = told.exec(output) ?? [];
    const url = `${page}?otc=${code}`;
    const consent = await visit(url, { ...hiddenFields(await identify(url)), decision: 'accept' });
    await visit(url, { ...hiddenFields(consent), decision: 'accept' });
  };
  const { exitCode, output, tests } = await runPlaywright({
    files: { 'playwright.config.ts': config, 'authorise.setup.ts': setup, 'mail.spec.ts': spec },
    env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    when: { prints: told, act: (_, printed) => void act(printed) },
  });
  expect(output).toMatch(/Connection "MSOAuthHost": qa@contoso\.com is signed in, good until \d{4}-\d\d-\d\d/);
  expect(output).toMatch(/1 skipped[^]*2 passed/);
  expect(tests.get('again')?.results[0]?.status).toBe('skipped');
  expect(exitCode).toBe(0);
});

test('in a pipeline it fails at once, and says how a sign-in is carried there', async () => {
  await using sandbox = await startSandbox();
  const auth = { grant: 'device_code', clientId: 'sandbox-public', clientSecret: undefined, redirectUrl: undefined };
  const { exitCode, output } = await authoriseAlone({ sandbox, auth, env: { CI: '1' } });
  expect(output).toContain('Nobody there: connection "MSOAuthHost" is not authorised: this is a pipeline (CI is set)');
  expect(output).toContain('set PLAYWRIGHT_EXCHANGE_TOKEN_MSOAUTHHOST to what this prints where it is authorised');
  expect(output).not.toContain('enter the code');
  expect(exitCode).toBe(1);
});

function configFor(url: string): string {
  return `
    import { defineConfig } from '@playwright/test';
    import type { ExchangeOptions } from 'playwright-exchange';

    const url = '${url}';
    export default defineConfig<ExchangeOptions>({
      reporter: [['list'], ['json']],
      outputDir: './results',
      use: {
        exchangeConnections: { MSOAuthHost: {
          protocol: 'ews', host: url, user: 'qa@contoso.com', proxy: 'none',
          auth: { type: 'oauth2', grant: 'device_code', tenantId: 'contoso.com', clientId: 'sandbox-public', cloud: url },
        } },
      },
      projects: [
        { name: 'authorise', testMatch: 'authorise.setup.ts', retries: 0 },
        { name: 'specs', testMatch: '*.spec.ts', dependencies: ['authorise'] },
      ],
    });
  `;
}
