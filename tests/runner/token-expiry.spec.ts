import { expect, test } from '@playwright/test';
import { encodeExportedToken } from '../../src/auth/exported-token.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { runPlaywright } from './run-playwright.js';

const user = 'qa@contoso.com';
const scope = 'https://outlook.office365.com/EWS.AccessAsUser.All';

const config = `
  import { defineConfig } from '@playwright/test';
  import type { ExchangeOptions } from 'playwright-exchange';
  import { sandboxConnection } from 'playwright-exchange/config';

  const app = sandboxConnection({ protocol: 'ews' });
  const person = { ...app, auth: { ...app.auth, grant: 'authorization_code', redirectUrl: 'http://localhost:3000/' } };
  export default defineConfig<ExchangeOptions>({
    reporter: [['list'], ['json']],
    outputDir: './results',
    workers: 1,
    use: { exchangeConnections: { person } },
  });
`;

const spec = `
  import { test } from 'playwright-exchange';
  test('first', async ({ mailbox }) => { await mailbox.find(); });
  test('second', async ({ mailbox }) => { await mailbox.find(); });
`;

/** What the report of a run says of the connection: a list for each of its two tests. */
async function annotationsAfter(sandbox: Sandbox, days: number): Promise<(string | undefined)[][]> {
  const token = encodeExportedToken({
    v: 1,
    refreshToken: sandbox.tokens.issueRefreshToken({
      tenant: 'contoso.com',
      clientId: 'sandbox',
      user,
      scopes: [scope],
    }),
    issuedAt: new Date(Date.now() - (days - 0.5) * 86_400_000).toISOString(),
    fingerprint: { tenantId: 'contoso.com', clientId: 'sandbox', scopes: scope, cloud: sandbox.url, user },
    account: user,
  });
  const { exitCode, tests, output } = await runPlaywright({
    files: { 'playwright.config.ts': config, 'a.spec.ts': spec },
    env: { ...sandbox.env, PLAYWRIGHT_EXCHANGE_TOKEN_PERSON: token },
  });
  expect(output).toContain('2 passed');
  expect(exitCode).toBe(0);
  expect(output).not.toContain(token);
  return ['first', 'second'].map((title) =>
    tests
      .get(title)!
      .annotations.filter(({ type }) => type === 'exchange')
      .map(({ description }) => description),
  );
}

test('a run says once in its report that its exported token ends soon', async () => {
  test.setTimeout(90_000);
  await using sandbox = await startSandbox();
  const warning = (text: string) => expect.stringContaining(text);
  expect(await annotationsAfter(sandbox, 30)).toEqual([[], []]);
  const name = 'PLAYWRIGHT_EXCHANGE_TOKEN_PERSON';
  expect(await annotationsAfter(sandbox, 80)).toEqual([[warning(`${name} expires in 10 days:`)], []]);
  expect(await annotationsAfter(sandbox, 89)).toEqual([[warning(`WARNING: ${name} expires in 1 day:`)], []]);
});
