import { writeFile } from 'node:fs/promises';
import { expect, test as base } from '@playwright/test';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import type { Diagnosis } from '../../src/diagnosis/leg.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { ownPath } from './own-folder.js';
import { runCommand, type CommandOutcome } from './run-command.js';

const user = 'qa@contoso.com';
const ewsScope = 'https://outlook.office365.com/EWS.AccessAsUser.All';

/** `person` is signed in by the variable that carries an exported token, `app` needs nobody. */
const config = `
  import { defineConfig } from '@playwright/test';
  import type { ExchangeOptions } from 'playwright-exchange';
  import { defineConnections, env, sandboxConnection } from 'playwright-exchange/config';

  const app = sandboxConnection({ protocol: 'ews' });
  const redirectUrl = 'http://localhost:3000/';
  const scopes = process.env.SCOPES?.split(' ');
  export default defineConfig<ExchangeOptions>({
    use: { exchangeConnections: defineConnections({
      person: { ...app, auth: { ...app.auth, grant: 'authorization_code', redirectUrl, scopes } },
      app,
    }) },
  });
`;

interface Fixtures {
  sandbox: Sandbox;
  /** Runs the command; the person's token is for these scopes. */
  doctor(args: readonly string[], scope?: string): Promise<CommandOutcome>;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
  doctor: async ({ sandbox }, use) => {
    await writeFile(ownPath('playwright.config.ts'), config);
    await use((args, scope = ewsScope) => {
      const env = { ...sandbox.env, SCOPES: scope, PLAYWRIGHT_EXCHANGE_TOKEN_PERSON: exportedToken(sandbox, scope) };
      return runCommand(['doctor', ...args], { env });
    });
  },
});

test.describe.configure({ timeout: 90_000 });

function exportedToken(sandbox: Sandbox, scope: string): string {
  const grant = { tenant: 'contoso.com', clientId: 'sandbox', user, scopes: scope.split(' ') };
  return encodeExportedToken({
    v: 1,
    refreshToken: sandbox.tokens.issueRefreshToken(grant),
    issuedAt: new Date(Date.now() - 85 * 86_400_000).toISOString(),
    fingerprint: { tenantId: 'contoso.com', clientId: 'sandbox', scopes: scope, cloud: sandbox.url, user },
    account: user,
  });
}

test('all connections that are well pass, a line a leg', async ({ doctor }) => {
  const { code, stdout, stderr } = await doctor([]);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^person\n {2}✓ definition +\d+ ms {2}ews, oauth2, authorization_code\n/);
  expect(stdout).toMatch(
    /✓ sign-in +\d+ ms {2}qa@contoso\.com, since .*, from PLAYWRIGHT_EXCHANGE_TOKEN_PERSON\. WARNING/,
  );
  expect(stdout).toMatch(
    /✓ token +\d+ ms {2}for https:\/\/outlook\.office365\.com, scopes EWS\.AccessAsUser\.All, \d+ min/,
  );
  expect(stdout).toMatch(/✓ push +\d+ ms {2}told of the mail\n/);
  expect(stdout).toMatch(/\napp\n[^]*✓ sign-in +\d+ ms {2}the app sandbox alone\n/);
  expect(stdout.match(/✓ clean-up .* 4 messages deleted/g)).toHaveLength(2);
  expect(stdout).not.toContain('✗');
  expect(code).toBe(0);
});

test('a sign-in that was revoked is found while its last token is good, and says what to do', async ({
  sandbox,
  doctor,
}) => {
  expect((await doctor(['person', '--no-send'])).code).toBe(0);
  sandbox.tokens.revoke(user);
  const { code, stdout } = await doctor(['person']);
  expect(stdout).toMatch(/✗ sign-in +\d+ ms {2}AUTH_REVOKED\n {6}Revoked: connection "person"/);
  expect(stdout).toMatch(/\n {6}- .*npx playwright test --project authorise\n[^]*\n {6}- Microsoft says: AADSTS50173/);
  expect(stdout).toMatch(/– mailbox +sign-in failed\n/);
  expect(code).toBe(1);
});

test('a token without the scope that the protocol needs is told before the mailbox is tried', async ({ doctor }) => {
  const { code, stdout } = await doctor(['person'], 'https://outlook.office365.com/IMAP.AccessAsUser.All');
  expect(stdout).toMatch(
    /✗ token +\d+ ms {2}AUTH_SCOPE\n {6}Scope: the token of connection "person" lacks EWS\.Access/,
  );
  expect(code).toBe(1);
});

test('programs get one document, which holds no secret', async ({ doctor }) => {
  const { code, stdout, stderr } = await doctor(['--json', '--no-send']);
  const report = JSON.parse(stdout) as { ok: boolean; connections: Diagnosis[] };
  expect(report.ok).toBe(true);
  expect(report.connections.map(({ connection, ok }) => [connection, ok])).toEqual([
    ['person', true],
    ['app', true],
  ]);
  const token = report.connections[0]?.legs.find(({ name }) => name === 'token');
  expect(token).toEqual({
    name: 'token',
    status: 'passed',
    milliseconds: expect.any(Number),
    detail: expect.any(String),
    facts: {
      opaque: false,
      audience: 'https://outlook.office365.com',
      scopes: ['EWS.AccessAsUser.All'],
      roles: [],
      expiresAt: expect.stringMatching(/^\d{4}-/),
    },
  });
  // A JSON Web Token begins so, and a refresh token of the sandbox.
  expect(stdout + stderr).not.toMatch(/eyJ|1\.[\w-]{80}/);
  expect(code).toBe(0);
});

test('a wrong command line is answered with how it should be', async ({ doctor }) => {
  expect(await doctor(['nobody'])).toMatchObject({ code: 2, stderr: expect.stringContaining('person, app') });
  expect(await doctor(['a', 'b'])).toMatchObject({ code: 2, stderr: expect.stringContaining(`not 'b' too`) });
  expect(await doctor(['--timeout', 'soon'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--timeout') });
  expect(await doctor(['--help'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Usage: playwright-exchange doctor[^]*Exit codes: 0 /),
  });
});
