import { join } from 'node:path';
import type { Answers } from './answers.js';
import type { PackageManager } from './package-manager.js';
import type { Project } from './project.js';

/** The name of the tenant's or the server's connection. */
const tenantConnection = 'MSOAuthHost';

/** What is written, besides the Playwright config: texts by their path below the project. */
export function templates(
  answers: Answers,
  { language, testFolder, connections: { file }, packageManager }: Project,
): ReadonlyMap<string, string> {
  const hasTenant = answers.connection !== 'sandbox';
  return new Map([
    [file, connections(answers)],
    [join(testFolder, `mail.spec.${language}`), spec],
    ...(hasTenant && answers.signIn !== 'app'
      ? ([[join(testFolder, `authorise.setup.${language}`), authoriseSetup]] as const)
      : []),
    ...(hasTenant ? ([['.env.example', variables(answers)]] as const) : []),
    ...(answers.agents === 'seed' ? ([[join(testFolder, `seed.spec.${language}`), seed]] as const) : []),
    ...(answers.workflow === 'github'
      ? ([['.github/workflows/mail-specs.yml', workflow(packageManager)]] as const)
      : []),
  ]);
}

/** What Git is not to take. */
export const ignored: readonly string[] = ['.env', 'playwright/.auth/', 'playwright-report/', 'test-results/'];

function connections(answers: Answers): string {
  const hasTenant = answers.connection !== 'sandbox';
  return `import { defineConnections, ${hasTenant ? 'env, ' : ''}sandboxConnection } from 'playwright-exchange/config';

export default defineConnections({
  // A stand-in for Microsoft on this machine: no tenant, no secret, no network.
  sandbox: sandboxConnection({ protocol: 'graph' }),
${hasTenant ? tenant(answers) : ''}});
`;
}

function tenant({ connection, signIn }: Answers): string {
  const host = connection === 'ews' ? "\n    host: 'autodiscover', // or the server's name: 'mail.contoso.com'" : '';
  if (connection === 'ews') {
    return `
  // npx playwright-exchange doctor ${tenantConnection} tries it; EXCHANGE_CONNECTION=${tenantConnection} has the specs use it.
  ${tenantConnection}: {
    protocol: 'ews',${host}
    user: 'qa@contoso.com',
    auth: { type: 'basic', password: env('EXCHANGE_PASSWORD') },
  },
`;
  }
  return `
  // npx playwright-exchange app-registration ${tenantConnection} says what an administrator has to do for it,
  // npx playwright-exchange doctor ${tenantConnection} tries it; EXCHANGE_CONNECTION=${tenantConnection} has the specs use it.
  ${tenantConnection}: {
    protocol: '${connection}',
    user: 'qa@contoso.com',
    auth: {
      type: 'oauth2',${grant[signIn]}
    },
  },
`;
}

const grant: Readonly<Record<Answers['signIn'], string>> = {
  app: `
      grant: 'client_credentials',
      tenantId: env('MS_TENANT_ID'),
      clientId: env('MS_CLIENT_ID'),
      clientSecret: env('MS_CLIENT_SECRET'),`,
  person: `
      tenantId: env('MS_TENANT_ID'),
      clientId: env('MS_CLIENT_ID'),
      clientSecret: env('MS_CLIENT_SECRET'),
      redirectUrl: 'http://localhost:3000/oauth/callback',`,
  device: `
      grant: 'device_code',
      tenantId: env('MS_TENANT_ID'),
      clientId: env('MS_CLIENT_ID'),`,
};

function variables({ connection, signIn }: Answers): string {
  if (connection === 'ews')
    return '# Copy this to .env, which Git does not take, and fill it in.\nEXCHANGE_PASSWORD=\n';
  const secret = signIn === 'device' ? '' : "# The secret's Value, not its ID\nMS_CLIENT_SECRET=\n";
  return `# Copy this to .env, which Git does not take, and fill it in from the app registration's Overview page.
# Directory (tenant) ID
MS_TENANT_ID=
# Application (client) ID
MS_CLIENT_ID=
${secret}`;
}

const spec = `import { test, expect } from 'playwright-exchange';

test('a mail arrives, with its link and its code', async ({ mailbox }) => {
  // Your application sends this one: fill its form with mailbox.address, which is this test's own.
  await mailbox.send({
    to: mailbox.address,
    subject: 'Verify your address',
    html: '<p>Your code is <b>481516</b>, or <a href="https://app.contoso.com/verify">verify your address</a>.</p>',
  });

  const message = await mailbox.waitForMessage({ subject: /verify/i });
  expect(message.code()).toBe('481516');
  expect(message.link(/verify/).href).toBe('https://app.contoso.com/verify');
});
`;

/** Found by Playwright's agents by its name: https://playwright.dev/docs/test-agents */
const seed = `// What agents begin with, and copy the shape of. All there is: node_modules/playwright-exchange/llms.txt
import { test, expect } from 'playwright-exchange';

test('seed', async ({ page, mailbox }) => {
  // Open your application here: await page.goto('/signup'). Where it wants an e-mail address, give it this test's own:
  // await page.getByLabel('Email').fill(mailbox.address);
  await mailbox.send({ to: mailbox.address, subject: 'Verify your address', text: 'Your code is 481516.' });
  // What the application mails is waited for, never slept for. It is found by what it says.
  const message = await mailbox.waitForMessage({ subject: /verify/i });
  await message.open(page);
  await expect(page.getByText(message.code())).toBeVisible();
});
`;

const authoriseSetup = `import { test as setup } from 'playwright-exchange';
import { authorise } from 'playwright-exchange/authorise';

// EXCHANGE_CONNECTION=${tenantConnection} npx playwright test --project authorise has a person sign in, once.
if (process.env.EXCHANGE_CONNECTION === '${tenantConnection}') {
  setup('authorise ${tenantConnection}', authorise('${tenantConnection}'));
}
`;

function workflow({ install, run }: PackageManager): string {
  return `# The specs on the sandbox: no tenant, no secret.
name: mail specs

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  specs:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-node@v5
        with:
          node-version: 22
${steps([...install, `${run} playwright install --with-deps chromium`, `${run} playwright test`])}
      - uses: actions/upload-artifact@v5
        if: \${{ !cancelled() }}
        with:
          name: playwright-report
          path: playwright-report
`;
}

function steps(commands: readonly string[]): string {
  return commands.map((command) => `      - run: ${command}`).join('\n');
}
