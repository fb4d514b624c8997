import { expect, test } from '@playwright/test';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import { exportedTokenWarning } from '../../src/auth/store/exported-token-warning.js';
import { startSandbox } from '../../src/sandbox/index.js';
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

const name = 'PLAYWRIGHT_EXCHANGE_TOKEN_PERSON';

/** An exported token that was issued some days and a half ago. */
function exportedToken(days: number, refreshToken = 'a-refresh-token', cloud = 'global'): string {
  return encodeExportedToken({
    v: 1,
    refreshToken,
    issuedAt: new Date(Date.now() - (days + 0.5) * 86_400_000).toISOString(),
    fingerprint: { tenantId: 'contoso.com', clientId: 'sandbox', scopes: scope, cloud, user },
    account: user,
  });
}

test('a run says once in its report that its exported token ends soon', async () => {
  test.setTimeout(90_000);
  await using sandbox = await startSandbox();
  const grant = { tenant: 'contoso.com', clientId: 'sandbox', user, scopes: [scope] };
  const token = exportedToken(79, sandbox.tokens.issueRefreshToken(grant), sandbox.url);
  const { exitCode, tests, output } = await runPlaywright({
    files: { 'playwright.config.ts': config, 'a.spec.ts': spec },
    env: { ...sandbox.env, [name]: token },
  });
  expect(output).toContain('2 passed');
  expect(exitCode).toBe(0);
  const annotations = (title: string) => tests.get(title)!.annotations.filter(({ type }) => type === 'exchange');
  expect(annotations('first')).toEqual([
    expect.objectContaining({ description: expect.stringContaining(`${name} expires in 10 days:`) }),
  ]);
  expect(annotations('second')).toEqual([]);
});

test('it is said from 14 days before the end, louder in the last week, and not once it has ended', () => {
  const warning = (days: number) => exportedTokenWarning('person', { [name]: exportedToken(days) });
  expect(warning(74)).toBeUndefined();
  expect(warning(75)).toMatch(/^PLAYWRIGHT_EXCHANGE_TOKEN_PERSON expires in 14 days/);
  expect(warning(82)).toMatch(/^WARNING: PLAYWRIGHT_EXCHANGE_TOKEN_PERSON expires in 7 days/);
  expect(warning(90)).toBeUndefined();
  expect(exportedTokenWarning('person', {})).toBeUndefined();
});
