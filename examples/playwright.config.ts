import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxServer } from 'playwright-exchange/sandbox';
import { findBrowserOrSay } from '../scripts/browser.mjs';
import connections from './exchange.config.js';

const browser = findBrowserOrSay('the examples that need one are left out');
const withBrowser = browser ? [] : [/^(?!.*without-browser)/];
// What a mail looks like has nothing to do with the protocol that it came by.
const onceEnough = [/mail-in-the-browser/, ...withBrowser];

export default defineConfig<ExchangeOptions>({
  testDir: 'specs',
  testIgnore: withBrowser,
  // Mail takes its time: longer than Playwright's own 30 seconds.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 4,
  forbidOnly: !!process.env['CI'],
  // One picture for all projects and machines.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  outputDir: '../test-results/examples',
  reporter: [
    ['list'],
    ['html', { open: 'never', outputFolder: '../playwright-report/examples' }],
    ['json', { outputFile: '../test-results/examples.json' }],
  ],

  use: {
    exchangeConnections: connections,
    exchangeAttachMessages: 'on',
    baseURL: process.env['APPLICATION_URL'],
    launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {},
    screenshot: 'only-on-failure',
  },

  // The same specs over every protocol: one option is all that differs.
  projects: [
    { name: 'ews', use: { exchangeConnection: 'ews' } },
    { name: 'imap', testIgnore: onceEnough, use: { exchangeConnection: 'imap' } },
    { name: 'graph', testIgnore: onceEnough, use: { exchangeConnection: 'graph' } },
  ],

  // Started in this order. What a server's first line names in a group is an environment variable from then on.
  webServer: [
    sandboxServer(),
    {
      name: 'application',
      command: 'node start-app.mjs',
      wait: { stdout: /Listening on (?<application_url>\S+)/ },
    },
  ],
});
