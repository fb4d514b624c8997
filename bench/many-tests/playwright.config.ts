import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxConnection } from 'playwright-exchange/config';

const protocols = ['ews', 'imap', 'graph'] as const;
const connections = protocols.map((protocol) => [protocol, sandboxConnection({ protocol })] as const);

/** Every protocol's tests in one mailbox, each worker for itself. */
export default defineConfig<ExchangeOptions>({
  fullyParallel: true,
  timeout: 300_000,
  reporter: [['list'], ['json', { outputFile: process.env['MANY_REPORT'] ?? 'report.json' }]],
  use: { exchangeConnections: Object.fromEntries(connections), exchangeTimeout: 200_000, exchangeCleanup: 'delete' },
  projects: protocols.map((name) => ({ name, use: { exchangeConnection: name } })),
});
