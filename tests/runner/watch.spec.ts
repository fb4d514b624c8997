import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectFolder } from '../../scripts/installed.mjs';
import { startSandbox } from '../../src/sandbox/index.js';
import { ownPath } from './own-folder.js';

const main = join(projectFolder('newest'), 'node_modules/playwright-exchange/dist/cli/main.js');

const config = `
  import { defineConfig } from '@playwright/test';
  import { sandboxConnection } from 'playwright-exchange/config';

  export default defineConfig({
    use: { exchangeConnections: { sandbox: sandboxConnection({ protocol: 'ews' }) } },
  });
`;

test('watch prints what arrives, and the filter that would match it, until its standard input ends', async () => {
  test.setTimeout(60_000);
  await using sandbox = await startSandbox();
  const directory = ownPath();
  await writeFile(ownPath('playwright.config.ts'), config);
  const watching = spawn(process.execPath, [main, 'watch'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...sandbox.env },
  });
  const ended = once(watching, 'close');
  let output = '';
  for (const stream of [watching.stdout, watching.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  await expect.poll(() => output, { timeout: 30_000 }).toContain('Watching the inbox of qa@contoso.com.');
  await sandbox.deliver({
    to: 'qa+k3x9w2d@contoso.com',
    from: 'Contoso <no-reply@contoso.com>',
    subject: 'Verify\u001B[2J your address',
    html: '<p>Your code is 481516. <a href="https://app.contoso.com/v">Verify</a></p>',
  });
  await expect.poll(() => output, { timeout: 30_000 }).toContain('filter');
  expect(output).toContain('from        Contoso <no-reply@contoso.com>\n  to          qa+k3x9w2d@contoso.com\n');
  expect(output).toContain('code        481516\n');
  expect(output).toContain('link        Verify https://app.contoso.com/v\n');
  expect(output).toContain('waitForMessage({ subject: ');
  expect(output).not.toContain('\u001B[2J');
  watching.stdin.end();
  expect((await ended)[0]).toBe(0);
});
