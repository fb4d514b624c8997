import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { encodeExportedToken, type ExportedToken } from '../../src/auth/store/exported-token.js';
import { signInStatus } from '../../src/auth/store/sign-in-status.js';
import { describeStatus } from '../../src/cli/tokens-status.js';
import { ownPath } from './own-folder.js';
import { runCommand, type CommandOutcome } from './run-command.js';

const config = `
  import { defineConfig } from '@playwright/test';
  import type { ExchangeOptions } from 'playwright-exchange';
  import { defineConnections, env } from 'playwright-exchange/config';

  const auth = {
    type: 'oauth2', tenantId: 'contoso.com', clientId: env('MS_CLIENT_ID'), clientSecret: 's',
    redirectUrl: 'http://localhost:3000/',
  } as const;
  export default defineConfig<ExchangeOptions>({
    use: { exchangeConnections: defineConnections({
      person: { protocol: 'ews', user: 'qa@contoso.com', auth },
      app: { protocol: 'ews', user: 'qa@contoso.com', auth: { ...auth, grant: 'client_credentials' } },
    }) },
  });
`;

const token: ExportedToken = {
  v: 1,
  refreshToken: 'a-refresh-token',
  issuedAt: new Date().toISOString(),
  fingerprint: {
    tenantId: 'contoso.com',
    clientId: 'a-client',
    scopes: 'https://outlook.office365.com/EWS.AccessAsUser.All',
    cloud: 'global',
    user: 'qa@contoso.com',
  },
  account: 'qa@contoso.com',
};

/** Runs the command in a folder with a Playwright config in TypeScript. */
async function tokens(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<CommandOutcome> {
  return await runCommand(['tokens', ...args], { input, env: { MS_CLIENT_ID: 'a-client', ...env } });
}

test.beforeEach(async () => {
  await writeFile(ownPath('playwright.config.ts'), config);
});

test.describe.configure({ timeout: 60_000 });

test('what is imported shows in the status, is exported again, and is forgotten', async () => {
  const imported = await tokens(['import'], `${encodeExportedToken(token)}\n`);
  expect(imported).toMatchObject({ code: 0, stdout: '' });
  expect(imported.stderr).toContain('Connection "person": qa@contoso.com is signed in.');

  const status = await tokens(['status']);
  expect(status.code).toBe(0);
  expect(status.stdout).toMatch(
    /^person: qa@contoso\.com, since [\d-]+, good until [\d-]+, kept here\napp: no person has to sign in\n$/,
  );

  const exported = await tokens(['export', 'person']);
  expect(exported).toEqual({ code: 0, stdout: `${encodeExportedToken(token)}\n`, stderr: '' });

  expect((await tokens(['forget'])).stderr).toContain('the tokens are deleted');
  expect((await tokens(['forget'])).stderr).toContain('there were no tokens');
});

test('a connection that nobody is signed in to shows in the status and its exit code', async () => {
  const { code, stdout } = await tokens(['status']);
  expect(stdout).toContain('person: Missing: nobody has authorised the connection "person".');
  expect(code).toBe(1);
  expect(await tokens(['status', 'app'])).toMatchObject({ code: 0, stdout: 'app: no person has to sign in\n' });
});

test('a token in the environment shows as such', async () => {
  const { stdout } = await tokens(['status'], '', { PLAYWRIGHT_EXCHANGE_TOKEN_PERSON: encodeExportedToken(token) });
  expect(stdout).toContain('from PLAYWRIGHT_EXCHANGE_TOKEN_PERSON');
});

test('what is no exported token, or is for another connection, is not imported', async () => {
  const nothing = await tokens(['import'], 'a-secret');
  expect(nothing.code).toBe(1);
  expect(nothing.stderr).toContain('is no exported token');
  expect(nothing.stderr).toContain('npx playwright-exchange tokens export person');
  expect(nothing.stderr).not.toContain('a-secret');
  const other = { ...token, fingerprint: { ...token.fingerprint, clientId: 'b' } };
  const changed = await tokens(['import'], encodeExportedToken(other));
  expect(changed.code).toBe(1);
  expect(changed.stderr).toMatch(/^Changed: clientId of connection "person" differ/);
  expect(changed.stderr).toContain('npx playwright-exchange tokens export person');
  expect((await tokens(['forget'])).stderr).toContain('there were no tokens');
});

test('a store that cannot be read is not imported over: it stays as it is until it is forgotten', async () => {
  const file = ownPath('playwright/.auth/exchange/person.json');
  await mkdir(dirname(file), { recursive: true });
  for (const [text, words] of [
    ['{"kind": "playwright-exchange tokens", "v": 2}', 'was written by a newer version'],
    ['{"cookies": []}', 'is not a token store'],
  ] as const) {
    await writeFile(file, text);
    const { code, stderr } = await tokens(['import'], encodeExportedToken(token));
    expect(stderr).toContain(words);
    expect(stderr).toContain('npx playwright-exchange tokens forget person');
    expect(code).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(text);
  }
  expect((await tokens(['forget'])).stderr).toContain('the tokens are deleted');
  expect(await tokens(['import'], encodeExportedToken(token))).toMatchObject({ code: 0 });
});

test('a wrong command line is answered with how it should be', async () => {
  expect(await tokens([])).toMatchObject({ code: 2, stderr: expect.stringContaining('an action is wanted: status') });
  expect(await tokens(['export', 'nobody'])).toMatchObject({ code: 2, stderr: expect.stringContaining('person, app') });
  expect((await tokens(['export', 'app'])).stderr).toContain('is not one that a person signs in to');
  expect(await tokens(['export', '--json'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--json') });
  expect((await tokens(['--help'])).stdout).toContain('Usage: playwright-exchange tokens');
});

test('a config that cannot be read is shown as Playwright shows it', async () => {
  await writeFile(ownPath('playwright.config.ts'), `throw new Error('out of order');`);
  const { code, stderr } = await tokens(['status']);
  expect(code).toBe(1);
  expect(stderr).toContain('out of order');
  await writeFile(ownPath('playwright.config.ts'), `export default {};`);
  expect((await tokens(['status'])).stderr).toContain('The Playwright config defines no connections.');
});

test('a sign-in is warned about from 14 days before its end, louder in the last week', () => {
  const exported = { ...token, issuedAt: '2026-01-01T00:00:00.000Z' };
  const kept = { ...exported, signedInAt: exported.issuedAt };
  for (const signIn of [exported, kept]) {
    const lineAt = (day: string): string => describeStatus(signInStatus('person', signIn, new Date(day)));
    expect(lineAt('2026-03-17T00:00:00Z')).not.toContain('expires');
    expect(lineAt('2026-03-18T00:00:00Z')).toMatch(/^  - \w+ expires in 14 days/m);
    expect(lineAt('2026-03-24T00:00:00Z')).toMatch(/^  - \w+ expires in 8 days/m);
    expect(lineAt('2026-03-25T00:00:00Z')).toMatch(/^  - WARNING: \w+ expires in 7 days/m);
    expect(lineAt('2026-03-30T12:00:00Z')).toContain('expires in 1 day');
    expect(lineAt('2026-04-02T00:00:00Z')).toContain('Expired');
  }
  const soon = describeStatus(signInStatus('person', exported, new Date('2026-03-30')));
  expect(soon).toContain('PLAYWRIGHT_EXCHANGE_TOKEN_PERSON expires');
  expect(soon).toContain('playwright-exchange tokens export person');
});

test('the status is one document for programs', async () => {
  const issuedAt = new Date(Date.now() - 80.5 * 86_400_000).toISOString();
  const { code, stdout } = await tokens(['status', 'person', '--json'], '', {
    PLAYWRIGHT_EXCHANGE_TOKEN_PERSON: encodeExportedToken({ ...token, issuedAt }),
  });
  expect(JSON.parse(stdout)).toEqual({
    connections: [
      {
        connection: 'person',
        ok: true,
        account: 'qa@contoso.com',
        since: issuedAt,
        goodUntil: new Date(Date.parse(issuedAt) + 90 * 86_400_000).toISOString(),
        daysLeft: 9,
        variable: 'PLAYWRIGHT_EXCHANGE_TOKEN_PERSON',
        warning: expect.stringContaining('expires in 9 days'),
      },
    ],
  });
  expect(code).toBe(0);
  const missing = await tokens(['status', '--json']);
  expect(JSON.parse(missing.stdout)).toEqual({
    connections: [
      { connection: 'person', ok: false, error: { code: 'AUTH_MISSING', message: expect.stringMatching(/^Missing/) } },
      { connection: 'app', ok: true },
    ],
  });
  expect(missing.code).toBe(1);
});
