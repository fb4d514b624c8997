import { readFileSync } from 'node:fs';
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

test('clean-up marks as read, or deletes, what a test was handed and nothing else, over every protocol', async ({
  sandbox,
}) => {
  const { output } = await runPlaywright({
    files: {
      'playwright.config.ts': config,
      'a.spec.ts': `
        import { test, expect } from 'playwright-exchange';
        for (const [protocol, cleanup] of ['ews', 'imap', 'graph'].flatMap((name) => [[name, 'read'], [name, 'delete']])) {
          test.describe(() => {
            test.use({ exchangeConnection: protocol, exchangeCleanup: cleanup });
            test(\`\${protocol} \${cleanup}\`, async ({ exchange, mailbox }) => {
              const other = await exchange.mailbox();
              const subject = (kind) => \`\${exchange.name} \${cleanup} \${kind}\`;
              await mailbox.send({ to: mailbox.address, subject: subject('handed out') });
              await mailbox.send({ to: mailbox.address, subject: subject('found') });
              await mailbox.send({ to: other.address, subject: subject('for another') });
              await mailbox.waitForMessage({ subject: 'handed out' });
              await expect(mailbox).toReceive({ subject: 'found' });
              await expect(other).toReceive({ subject: 'for another' });
            });
          });
        }`,
    },
    env: sandbox.env,
  });
  expect(output).toContain('6 passed');
  const inbox = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
  const left = await Promise.all(
    inbox.map(async (message) => [(await message.parsed()).subject, message.flags.has('\\Seen')] as const),
  );
  const untouched = ['ews', 'imap', 'graph'].flatMap((protocol) =>
    ['read', 'delete'].flatMap((cleanup) =>
      ['found', 'for another'].map((kind) => [`${protocol} ${cleanup} ${kind}`, false] as const),
    ),
  );
  const marked = ['ews', 'imap', 'graph'].map((protocol) => [`${protocol} read handed out`, true] as const);
  expect(new Map(left)).toEqual(new Map([...untouched, ...marked]));
});

test('what a worker was handed before it was killed, the next one cleans up', async ({ sandbox }) => {
  const { output } = await runPlaywright({
    files: {
      'playwright.config.ts': config,
      'a.spec.ts': `
        import { test } from 'playwright-exchange';
        test.use({ exchangeCleanup: 'delete' });
        for (const protocol of ['ews', 'imap', 'graph']) {
          test.describe(protocol, () => {
            test.use({ exchangeConnection: protocol });
            test('killed', async ({ mailbox }) => {
              for (const subject of ['Handed out', 'Left']) await mailbox.send({ to: mailbox.address, subject });
              await mailbox.waitForMessage({ subject: 'Handed out' });
              process.kill(process.pid, 'SIGKILL');
            });
            test('next', async ({ exchange }) => {});
          });
        }`,
    },
    env: sandbox.env,
    args: ['--workers', '1'],
  });
  expect(output).toContain('3 passed');
  const inbox = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
  const left = await Promise.all(inbox.map(async (message) => (await message.parsed()).subject));
  expect(left).toEqual(['Left', 'Left', 'Left']);
});

test('shards with several workers each share one mailbox within the limits of its server: no mail crosses, nobody fails', async ({
  sandbox,
}) => {
  Object.assign(sandbox.faults, {
    maxGraphRequests: 2,
    maxEwsRequests: 2,
    maxImapConnections: 16,
    sendsPerMinute: 30,
    maxSmtpConnections: 3,
    delay: 5,
  } satisfies Partial<Sandbox['faults']>);
  const files = Object.fromEntries(
    ['playwright.config.ts', 'mail.spec.ts'].map((name) => [name, readFileSync(`bench/many-tests/${name}`, 'utf8')]),
  );
  const env = { ...sandbox.env, MANY_TESTS: '4' };
  const shard = (number: number): Promise<Run> =>
    runPlaywright({ files, env, args: ['--shard', `${number}/2`, '--workers', '3'] });
  for (const { exitCode, output } of await Promise.all([shard(1), shard(2)])) {
    expect(exitCode, output).toBe(0);
    expect(output).toContain('6 passed');
  }
  expect(sandbox.store.account('qa@contoso.com').folder('inbox').messages).toEqual([]);
});

/** A connection a protocol, all to the same mailbox. */
const config = `
  import { defineConfig } from '@playwright/test';
  import { sandboxConnection } from 'playwright-exchange/config';
  const protocols = ['ews', 'imap', 'graph'];
  export default defineConfig({
    reporter: [['list'], ['json']],
    use: { exchangeConnections: Object.fromEntries(protocols.map((protocol) => [protocol, sandboxConnection({ protocol })])) },
  });
`;
