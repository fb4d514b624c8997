import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ownPath } from './own-folder.js';
import { runCommand } from './run-command.js';
import { runPlaywright } from './run-playwright.js';

/** As `npm init playwright` writes it, shortened. */
const config = `import { defineConfig, devices } from '@playwright/test';

export default defineConfig({
  testDir: './tests',
  fullyParallel: true,
  reporter: [['list'], ['json']],
  outputDir: './results',
  use: {
    trace: 'on-first-retry',
  },
  projects: [
    {
      name: 'chromium',
      use: { ...devices['Desktop Chrome'] },
    },
  ],
  // webServer: {
  //   command: 'npm run start',
  // },
});
`;

/** A project with Playwright and this package in it, where the command runs. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = ownPath();
  const manifest = JSON.stringify({ devDependencies: { 'playwright-exchange': '*' } });
  for (const [name, text] of Object.entries({ 'package.json': manifest, ...files })) {
    await writeFile(join(directory, name), text);
  }
  return directory;
}

const read = (directory: string, name: string): Promise<string> => readFile(join(directory, name), 'utf8');

test.describe.configure({ timeout: 90_000 });

test("init sets up a project of npm init playwright's, and its example is green on the sandbox", async () => {
  const directory = await project({ 'playwright.config.ts': config, '.gitignore': '/test-results/\n' });
  const { code, stdout } = await runCommand(['init', '--yes']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Written: exchange\.config\.ts, tests.mail\.spec\.ts, \.gitignore, playwright\.config\.ts\n/);
  expect(stdout).toContain('npx playwright test mail.spec');
  expect(await read(directory, '.gitignore')).toBe('/test-results/\n.env\nplaywright/.auth/\nplaywright-report/\n');
  const changed = await read(directory, 'playwright.config.ts');
  expect(changed).toContain('timeout: 120_000');
  const { output, exitCode } = await runPlaywright({ directory, files: { 'playwright.config.ts': changed } });
  expect(output).toContain('1 passed');
  expect(exitCode).toBe(0);
});

test('init in a project without a config writes one; a second time it writes nothing', async () => {
  const directory = await project({});
  const flags = ['--connection', 'imap', '--sign-in', 'person', '--workflow', 'github', '--agents', 'seed'];
  const first = await runCommand(['init', '--yes', ...flags]);
  expect(first.stderr).toBe('');
  expect(first.stdout).toContain('playwright.config.ts');
  expect(await read(directory, '.gitignore')).toMatch(/^node_modules\/\n\.env\n/);
  expect(await read(directory, 'exchange.config.ts')).toContain("protocol: 'imap'");
  expect(await read(directory, '.env.example')).toContain('MS_CLIENT_SECRET=\n');
  expect(await read(directory, '.github/workflows/mail-specs.yml')).toContain('npx playwright test');
  expect(await read(directory, 'tests/seed.spec.ts')).toContain('mailbox.waitForMessage(');
  expect(await read(directory, 'tests/authorise.setup.ts')).toContain("authorise('MSOAuthHost')");
  const written = await read(directory, 'playwright.config.ts');
  expect(written).toContain("{ name: 'specs', dependencies: ['authorise'] }");

  const second = await runCommand(['init', '--yes', ...flags]);
  expect(second.stdout).toMatch(/^Written: nothing\nKept as they were: exchange\.config\.ts, /);
  expect(await read(directory, 'playwright.config.ts')).toBe(written);
});

test('a config that is written in another way stays as it is, and what it needs is shown', async () => {
  const own = config
    .replace("  use: {\n    trace: 'on-first-retry',\n  },\n", '')
    .replace('  // webServer', '  webServer');
  const directory = await project({ 'playwright.config.ts': own });
  const { stdout } = await runCommand(['init', '--yes']);
  expect(await read(directory, 'playwright.config.ts')).toBe(own);
  expect(stdout).toContain('Put this into playwright.config.ts, where it belongs there:');
  expect(stdout).toContain("  + import { sandboxServer } from 'playwright-exchange/sandbox';");
  expect(stdout).toContain('  +     exchangeConnections: connections,');
});

test('init without a package says what to do first, and takes no answer that is none', async () => {
  const nowhere = await runCommand(['init', '--yes', '--no-install']);
  expect(nowhere).toMatchObject({ code: 1, stdout: '' });
  expect(nowhere.stderr).toContain('Run npm init playwright@latest in it first');
  const wrong = await runCommand(['init', '--connection', 'pop3']);
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.stderr).toContain("--connection is one of sandbox, graph, imap, ews, not 'pop3'");
});
