import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import { sandboxServer } from '../../src/sandbox/index.js';

const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
const sandbox = new URL('../../dist/sandbox/index.js', import.meta.url).href;

/** Runs a spec under a config that has the sandbox as its server. */
async function startRunner(body: string): Promise<{ runner: ChildProcess; output: () => string }> {
  const config = `import { sandboxServer } from '${sandbox}';
    export default { reporter: 'line', outputDir: './results', webServer: sandboxServer() };`;
  const spec = `import { test, expect } from '@playwright/test';
    test('sends', async () => {
      const { PLAYWRIGHT_EXCHANGE_SANDBOX: url, PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP: smtp } = process.env;
      expect((await fetch(url)).status).toBe(200);
      expect(smtp).toMatch(/^127\\.0\\.0\\.1:\\d+$/);
      console.log('URL', url, 'END');
      ${body}
    });`;
  const folder = test.info().outputPath();
  await writeFile(test.info().outputPath('playwright.config.mjs'), config);
  await writeFile(test.info().outputPath('mail.spec.mjs'), spec);
  const { TEST_WORKER_INDEX: _, ...env } = process.env;
  const runner = spawn(process.execPath, [playwright, 'test'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [runner.stdout, runner.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return { runner, output: () => output };
}

function urlIn(output: string): string | undefined {
  return /URL (\S+) END/.exec(output)?.[1];
}

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

test('a Playwright config starts the sandbox, tells the tests where it is, and stops it', async () => {
  const { runner, output } = await startRunner('');
  const [code] = (await once(runner, 'exit')) as [number];
  expect(code, output()).toBe(0);
  expect(await isUp(urlIn(output()) ?? '')).toBe(false);
});

test('the sandbox stops when the runner is killed', async () => {
  test.skip(process.platform === 'win32', 'Windows has no SIGKILL');
  const { runner, output } = await startRunner('await new Promise(() => {});');
  await expect.poll(() => urlIn(output()), { timeout: 20_000 }).toBeDefined();
  const url = urlIn(output()) ?? '';
  expect(await isUp(url)).toBe(true);
  runner.kill('SIGKILL');
  await expect.poll(() => isUp(url)).toBe(false);
});

test('the command survives paths that a shell would take apart', () => {
  const { command } = sandboxServer({ port: 8025, smtpPort: 1025 });
  expect(command).toMatch(/^(['"]).+\1 (['"]).+main\.js\2 sandbox --port 8025 --smtp-port 1025$/);
});
