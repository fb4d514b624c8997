import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { projectFolder } from '../../scripts/installed.mjs';
import { runPlaywright } from '../runner/run-playwright.js';
import { hasSquid, squidMissing, startSquid } from '../support/squid.js';

test.describe.configure({ timeout: 240_000 });

const examples = join(projectFolder('newest'), 'examples');

/** Examples of each kind as they are, but each connection goes through a proxy. */
const config = `
  import { defineConfig } from '@playwright/test';
  import examples from '${examples}/playwright.config.ts';
  import connections from '${examples}/exchange.config.ts';

  const proxied = Object.entries(connections).map(([name, definition]) => [name, { ...definition, proxy: { env: 'PROXY' } }]);

  export default defineConfig({
    ...examples,
    testDir: '${examples}/specs',
    outputDir: './results',
    reporter: [['list'], ['json']],
    // Each project has workers of its own.
    workers: 1,
    testMatch: /(?:sign-up|without-browser)[.]spec/,
    // What a page does has nothing to do with the protocol: once is enough.
    projects: examples.projects.map((project) => ({ ...project, ...(project.name !== 'ews' && { testIgnore: /sign-up/ }) })),
    use: { ...examples.use, exchangeConnections: Object.fromEntries(proxied) },
    webServer: [examples.webServer].flat().map((server) => ({ ...server, cwd: '${examples}' })),
  });
`;

test('examples pass behind a proxy that wants a password, over every protocol', async () => {
  test.skip(!hasSquid() && !process.env['CI'], squidMissing);
  await using squid = await startSquid();
  const PROXY = `http://${squid.credentials}@127.0.0.1:${squid.guarded}`;
  const { output, exitCode, tests } = await runPlaywright({
    files: { 'package.json': '{ "type": "module" }', 'playwright.config.ts': config },
    env: { PROXY, PLAYWRIGHT_EXCHANGE_BROWSER: findBrowser()?.executablePath },
  });
  expect(output).not.toContain('failed');
  expect(exitCode, output).toBe(0);
  expect(tests.size).toBeGreaterThan(0);
  // Signing in and HTTP, IMAP, and SMTP.
  const places = new Set(
    [...(await squid.log()).matchAll(/TCP_TUNNEL\/200 \d+ CONNECT (\S+) ada/g)].map(([, place]) => place),
  );
  expect(places.size).toBe(3);
});
