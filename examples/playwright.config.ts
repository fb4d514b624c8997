import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxServer } from 'playwright-exchange/sandbox';
import connections from './exchange.config.js';

// Another Chromium than Playwright's own.
const executablePath = process.env['PLAYWRIGHT_EXCHANGE_BROWSER'];

// What a mail looks like has nothing to do with the protocol that it came by.
const onceEnough = /mail-in-the-browser/;

export default defineConfig<ExchangeOptions>({
  testDir: 'specs',
  // Mail takes its time: longer than Playwright's own 30 seconds.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  workers: 4,
  forbidOnly: !!process.env['CI'],
  // One picture for all projects and machines.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  reporter: [['list'], ['html', { open: 'never' }]],

  use: {
    exchangeConnections: connections,
    exchangeAttachMessages: 'on',
    baseURL: process.env['APPLICATION_URL'],
    launchOptions: executablePath ? { executablePath } : {},
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
