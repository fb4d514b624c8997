import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { sandboxServer } from '../../src/sandbox/index.js';

const playwright = import.meta.resolve('@playwright/test');
const playwrightCommand = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
const sandbox = new URL('../../dist/sandbox/index.js', import.meta.url).href;

interface Runner extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly output: () => string;
}

/** Runs a spec under a config that has the sandbox as its server, in a folder of its own. */
async function startRunner(body: string): Promise<Runner> {
  const config = `import { sandboxServer } from '${sandbox}';
    export default { reporter: 'line', outputDir: './results', webServer: sandboxServer() };`;
  const spec = `import { test, expect } from '${playwright}';
    import { connectSandbox } from '${sandbox}';
    test('sends', async () => {
      const { PLAYWRIGHT_EXCHANGE_SANDBOX: url } = process.env;
      expect((await fetch(url)).status).toBe(200);
      for (const door of ['SMTP', 'IMAP']) {
        expect(process.env['PLAYWRIGHT_EXCHANGE_SANDBOX_' + door]).toMatch(/^127\\.0\\.0\\.1:\\d+$/);
      }
      console.log('URL', url, 'END');
      ${body}
    });`;
  const folder = await mkdtemp(join(tmpdir(), 'sandbox server '));
  await writeFile(join(folder, 'playwright.config.mjs'), config);
  await writeFile(join(folder, 'mail.spec.mjs'), spec);
  const { TEST_WORKER_INDEX: _, ...env } = process.env;
  const runner = spawn(process.execPath, [playwrightCommand, 'test'], { cwd: folder, env, stdio: 'pipe' });
  let output = '';
  for (const stream of [runner.stdout, runner.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return {
    process: runner,
    output: () => output,
    async [Symbol.asyncDispose]() {
      runner.kill('SIGKILL');
      await rm(folder, { recursive: true, maxRetries: 5 });
    },
  };
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
  await using runner = await startRunner(`await connectSandbox().setFaults({ token: { code: 50173 } });`);
  const [code] = (await once(runner.process, 'exit')) as [number];
  expect(code, runner.output()).toBe(0);
  const url = urlIn(runner.output());
  expect(url).toBeDefined();
  expect(await isUp(url!)).toBe(false);
});

test('the sandbox stops when the runner is killed', async () => {
  test.skip(process.platform === 'win32', 'Windows has no SIGKILL');
  await using runner = await startRunner('await new Promise(() => {});');
  await expect.poll(() => urlIn(runner.output()), { timeout: 20_000 }).toBeDefined();
  const url = urlIn(runner.output()) ?? '';
  expect(await isUp(url)).toBe(true);
  runner.process.kill('SIGKILL');
  await expect.poll(() => isUp(url)).toBe(false);
});

test('the command survives paths that a shell would take apart', () => {
  const { command } = sandboxServer({ port: 8025, smtpPort: 1025, imapPort: 1143 });
  expect(command).toMatch(/^(['"]).+\1 (['"]).+main\.js\2 sandbox --port 8025 --smtp-port 1025 --imap-port 1143$/);
});
