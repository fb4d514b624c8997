import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { ownPath } from './own-folder.js';
import { runCommand } from './run-command.js';

const config = `
  import { defineConfig } from '@playwright/test';
  import { defineConnections, env } from 'playwright-exchange/config';

  const app = { type: 'oauth2', tenantId: env('T'), clientId: env('C') } as const;
  const sandbox = { tenantId: 'contoso.com', clientId: 'sandbox', cloud: env('PLAYWRIGHT_EXCHANGE_SANDBOX') } as const;
  const user = 'qa@contoso.com';
  export default defineConfig({
    use: { exchangeConnections: defineConnections({
      pipeline: { protocol: 'graph', user, auth: { ...app, grant: 'client_credentials', assertion: 'github' } },
      person: { protocol: 'imap', user, auth: { ...app, clientSecret: env('S'), redirectUrl: 'https://app.contoso.com/cb' } },
      device: { protocol: 'ews', user, mailbox: 'team@contoso.com', auth: { ...app, grant: 'device_code' } },
      server: { protocol: 'ews', host: 'mail.contoso.com', user, auth: { type: 'basic', password: env('P') } },
      refused: { protocol: 'graph', user, proxy: 'none',
        auth: { type: 'oauth2', ...sandbox, grant: 'client_credentials', clientSecret: 'wrong' } },
    }) },
  });
`;

test.describe.configure({ timeout: 60_000 });
test.beforeEach(async () => await writeFile(ownPath('playwright.config.ts'), config));

test('an app alone is limited to its mailboxes, and trusts the pipeline', async () => {
  const { code, stdout } = await runCommand(['app-registration', 'pipeline']);
  expect(code).toBe(0);
  expect(stdout).toContain('pipeline: graph, the app alone signs in, in qa@contoso.com');
  expect(stdout).toContain('https://token.actions.githubusercontent.com');
  expect(stdout).toContain('the application permissions Mail.ReadWrite and Mail.Send of Microsoft Graph');
  expect(stdout).toContain("New-ManagementRoleAssignment -App $AppId -Role 'Application Mail.Send'");
  expect(stdout).not.toContain('client secret');
});

test('a person needs a redirect URL and delegated permissions, and IMAP its switches', async () => {
  const { stdout } = await runCommand(['app-registration', 'person']);
  expect(stdout).toContain("--web-redirect-uris 'https://app.contoso.com/cb'");
  expect(stdout).toContain('the delegated permissions IMAP.AccessAsUser.All and SMTP.Send of Microsoft Graph');
  expect(stdout).toContain('Set-CASMailbox qa@contoso.com -ImapEnabled $true -SmtpClientAuthenticationDisabled $false');
  expect(stdout).not.toContain('New-ManagementScope');
});

test('a public client has no credential; a shared mailbox is opened to whoever signs in; EWS has an allow list', async () => {
  const { stdout } = await runCommand(['app-registration', 'device']);
  expect(stdout).toContain('--is-fallback-public-client true');
  expect(stdout).not.toContain('Give it what it proves itself with');
  expect(stdout).toContain('Add-MailboxPermission -Identity team@contoso.com -User <who signs in>');
  expect(stdout).toContain('Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy');
  expect(stdout).toContain("Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs ($all -join ',')");
});

test('without a name every connection is there; one with a password needs none of it', async () => {
  const { stdout } = await runCommand(['app-registration']);
  expect(stdout.split('\n---\n')).toHaveLength(5);
  expect(stdout).toContain('server: it signs in with a password, and needs no app registration.');
});

test('doctor names the step that is missing', async () => {
  await using sandbox = await startSandbox();
  const { code, stdout } = await runCommand(['doctor', 'refused'], { env: { ...sandbox.env } });
  expect(code).toBe(1);
  expect(stdout).toContain(
    '- Step 2 of npx playwright-exchange app-registration refused: Give it what it proves itself with.',
  );
});
