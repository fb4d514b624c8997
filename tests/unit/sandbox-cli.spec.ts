import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { sandboxServer } from '../../src/sandbox/sandbox-server.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

function start(...args: readonly string[]): Running {
  return spawn(process.execPath, [main, ...args], { stdio: 'pipe' });
}

async function run(...args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = start(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

/** Starts a sandbox; the addresses that a Playwright config gets. */
async function startServer(...args: readonly string[]): Promise<{ child: Running; env: Record<string, string> }> {
  const child = start('sandbox', ...args);
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const { groups } = sandboxServer().wait.stdout.exec(output) ?? {};
    if (groups) return { child, env: { ...groups } };
  }
  throw new Error(`It ended: ${output} ${await text(child.stderr)}`);
}

test('prints the addresses it listens on, in a line that sandboxServer() waits for', async () => {
  const { child, env } = await startServer();
  const page = await fetch(String(env['PLAYWRIGHT_EXCHANGE_SANDBOX']));
  const html = await page.text();
  expect(html).toContain(env['PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP']);
  expect(html).toContain(env['PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP']);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('listens on the ports it is given', async () => {
  // Another program may take a port that was free just now.
  await expect(async () => {
    const free = await startSandbox();
    const [port, smtpPort, imapPort] = [new URL(free.url).port, String(free.smtp.port), String(free.imap.port)];
    await free.close();
    const { child, env } = await startServer('--port', port, '--smtp-port', smtpPort, '--imap-port', imapPort);
    expect(env).toEqual({
      PLAYWRIGHT_EXCHANGE_SANDBOX: `http://127.0.0.1:${port}`,
      PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP: `127.0.0.1:${smtpPort}`,
      PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP: `127.0.0.1:${imapPort}`,
    });
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }).toPass();
});

test('leaves its data and nothing else, also where its terminal is closed', async () => {
  test.skip(process.platform === 'win32', 'There is no such signal on Windows.');
  const data = test.info().outputPath('data');
  const { child } = await startServer('--data', data);
  child.kill('SIGHUP');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(readdirSync(data)).toEqual(['mail.sqlite']);
});

test('ends when the pipe at its standard input ends', async () => {
  const { child } = await startServer();
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('runs on when its standard input is none', async () => {
  const child = spawn(process.execPath, [main, 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  await expect.poll(() => output).toMatch(sandboxServer().wait.stdout);
  const url = /PLAYWRIGHT_EXCHANGE_SANDBOX=(\S+)/.exec(output)?.[1] ?? '';
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port in use is one clear error', async () => {
  await using sandbox = await startSandbox();
  const { port } = new URL(sandbox.url);
  const { code, stdout, stderr } = await run('sandbox', '--port', port);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(`The sandbox cannot listen on 127.0.0.1:${port} for HTTP: the port is in use.\n  - Stop`);
  expect(stderr).not.toContain('    at ');
});

test('helps', async () => {
  expect(await run('--help')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Commands:\n {2}init .*\n {2}sandbox /),
  });
  expect(await run('sandbox', '-h')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/--smtp-port .*--imap-port /s),
  });
});

const wrong = [
  { args: [], message: 'a command is missing' },
  { args: ['sandbux'], message: "there is no command 'sandbux'" },
  { args: ['toString'], message: "there is no command 'toString'" },
  { args: ['sandbox', '--prot', '1'], message: "unknown option '--prot'" },
  { args: ['sandbox', 'now'], message: "unexpected argument 'now'" },
  { args: ['sandbox', '--port', 'x'], message: "--port has to be a port number from 0 to 65535, not 'x'" },
  { args: ['sandbox', '--smtp-port', '65536'], message: '--smtp-port has to be a port number' },
  { args: ['sandbox', '--imap-port', 'x'], message: '--imap-port has to be a port number' },
];
for (const { args, message } of wrong) {
  test(`'playwright-exchange ${args.join(' ')}' is one line on standard error and exit code 2`, async () => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`playwright-exchange: ${message}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
}
