import { expect, test as base } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { runPlaywright, type Run } from './run-playwright.js';

const test = base.extend<{ sandbox: Sandbox }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
});

test.describe.configure({ timeout: 90_000 });

test('the workers of all shards are spread over the connections, which share them where there are more', async ({
  sandbox,
}) => {
  const files = {
    'playwright.config.ts': `
      import { defineConfig } from '@playwright/test';
      import { sandboxConnection } from 'playwright-exchange/config';
      const connection = (user) => sandboxConnection({ protocol: 'graph', user });
      export default defineConfig({
        reporter: [['list'], ['json']],
        workers: 2,
        fullyParallel: true,
        use: {
          exchangeConnections: { qa1: connection('qa1@contoso.com'), qa2: connection('qa2@contoso.com'), qa3: connection('qa3@contoso.com') },
          exchangeConnection: ['qa1', 'qa2', 'qa3'],
        },
      });`,
    'a.spec.ts': `
      import { test, expect } from 'playwright-exchange';
      for (const number of [1, 2, 3, 4]) {
        test(\`mail \${number}\`, async ({ exchange, mailbox }) => {
          const { parallelIndex, config } = test.info();
          const place = (config.shard.current - 1) * 2 + parallelIndex;
          expect(exchange.name).toBe(['qa1', 'qa2', 'qa3', 'qa1'][place]);
          expect(exchange.address).toBe(\`\${exchange.name}@contoso.com\`);
          await mailbox.send({ to: mailbox.address, subject: \`Mail \${place}\` });
          expect(await mailbox.waitForMessage()).toHaveSubject(\`Mail \${place}\`);
        });
      }`,
  };
  const shard = (number: number): Promise<Run> =>
    runPlaywright({ files, env: sandbox.env, args: ['--shard', `${number}/2`] });
  const outputs = (await Promise.all([shard(1), shard(2)])).map(({ output }) => output);
  for (const output of outputs) expect(output).toContain('2 passed');
});

test('a list that names what is no connection is refused in every worker', async ({ sandbox }) => {
  const spec = `
    import { test } from 'playwright-exchange';
    test.use({ exchangeConnection: ['sandbox', 'qa2', 'qa3'] });
    test('mail', async ({ mailbox }) => {});`;
  const { output } = await runPlaywright({ files: { 'a.spec.ts': spec }, env: sandbox.env });
  expect(output).toContain('exchangeConnection names what is no connection: "qa2", "qa3"; there are sandbox');
});
