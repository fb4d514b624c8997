import { defineConfig } from '@playwright/test';
import { findBrowserOrSay } from './scripts/browser.mjs';

const onCI = !!process.env['CI'];
const browser = findBrowserOrSay('the tests that open one fail');

export default defineConfig({
  testDir: 'tests',
  forbidOnly: onCI,
  // One more than the cores of the smallest machine: they wait half of the time, for servers and other processes.
  workers: 3,
  // No assertion is on time, and a busy machine takes its own.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results/tests',
  reporter: [
    [onCI ? 'dot' : 'list'],
    ['html', { open: 'never', outputFolder: 'playwright-report/tests' }],
    ['json', { outputFile: 'test-results/tests.json' }],
  ],
  use: { launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {} },
  projects: [
    ...['unit', 'install'].map((name) => ({ name, testDir: `tests/${name}` })),
    // Its files are few and long. Elsewhere a file stays whole: it is read, and made ready, for each that gets a part of it.
    { name: 'contract', testDir: 'tests/contract', fullyParallel: true },
    // What people see is tested where they see it: in projects that have the package in their node_modules.
    ...['runner', 'interop'].map((name) => ({ name, testDir: `tests/${name}`, dependencies: ['install'] })),
  ],
});
