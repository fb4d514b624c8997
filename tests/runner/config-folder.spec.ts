import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { ownPath } from './own-folder.js';
import { runPlaywright } from './run-playwright.js';

const config = `
import { defineConfig } from '@playwright/test';
import { defineConnections, env } from 'playwright-exchange/config';

export default defineConfig({
  outputDir: './results',
  reporter: [['list'], ['json']],
  use: {
    exchangeConnections: defineConnections({
      qa: {
        protocol: 'graph',
        user: 'qa@contoso.com',
        proxy: 'none',
        auth: {
          type: 'oauth2',
          grant: 'client_credentials',
          tenantId: 'contoso.com',
          clientId: 'sandbox',
          clientSecret: env('TEST_SECRET_OF_THE_APP'),
          cloud: env('PLAYWRIGHT_EXCHANGE_SANDBOX'),
        },
      },
    }),
  },
});
`;

const spec = `
import { test } from 'playwright-exchange';

test('mail', async ({ mailbox }) => {
  await mailbox.find();
});
`;

test('.env is read beside the config, wherever the run is started', async () => {
  test.setTimeout(60_000);
  await using sandbox = await startSandbox();
  const directory = ownPath();
  await mkdir(join(directory, 'e2e'));
  const files = { 'playwright.config.ts': config, 'a.spec.ts': spec, '.env': 'TEST_SECRET_OF_THE_APP=sandbox\n' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, 'e2e', name), text);
  const { exitCode, output } = await runPlaywright({
    directory,
    files: {},
    args: ['--config', 'e2e'],
    env: sandbox.env,
  });
  expect(output).toContain('1 passed');
  expect(exitCode).toBe(0);
});
