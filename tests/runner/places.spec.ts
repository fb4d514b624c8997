import { expect, test } from '@playwright/test';
import { install, installTools, nodeOf, type LayoutName } from '../../scripts/installed.mjs';
import { startSandbox } from '../../src/sandbox/index.js';
import { expectPlaces } from './places.js';

// One after the other: they share what they install.
test.describe.configure({ mode: 'default', timeout: 300_000 });

/** Where the registry can't be reached there is nothing to install. */
async function installed(what: Promise<{ ok: boolean; output: string }>): Promise<void> {
  const { ok, output } = await what;
  const isOffline = /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|ERR_PNPM_META_FETCH_FAIL/.test(output);
  test.skip(!ok && isOffline && !process.env['CI'], 'the package registry can not be reached');
  expect(ok, output).toBe(true);
}

test('every action and matcher that fails points at its line, in a project of CommonJS and in one of ES modules', async () => {
  await using sandbox = await startSandbox();
  await expectPlaces(sandbox);
  await expectPlaces(sandbox, { files: { 'package.json': '{ "type": "module" }' } });
});

for (const [layout, name] of [
  ['oldest', 'beside the oldest Playwright of the peer range'],
  ['pnpm', 'installed by pnpm'],
] as const satisfies [LayoutName, string][]) {
  test(`... ${name}`, async () => {
    if (layout === 'pnpm') await installed(installTools());
    await installed(install(layout));
    await using sandbox = await startSandbox();
    await expectPlaces(sandbox, { layout });
  });
}

for (const name of ['node-oldest', 'node-newest'] as const) {
  test(`... with ${name.replace('node-', 'the ')} Node`, async () => {
    await installed(installTools());
    await using sandbox = await startSandbox();
    await expectPlaces(sandbox, { node: nodeOf(name) });
  });
}
