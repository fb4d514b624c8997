import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxConnection } from 'playwright-exchange/config';
import { sandboxServer } from 'playwright-exchange/sandbox';

export default defineConfig<ExchangeOptions>({
  use: { exchangeConnections: { sandbox: sandboxConnection({ protocol: 'ews' }) } },
  webServer: sandboxServer(),
});
