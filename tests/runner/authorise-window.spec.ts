import type { ChildProcess } from 'node:child_process';
import { expect } from '@playwright/test';
import { hasXvfb, startDisplay, xvfbMissing } from '../support/xvfb.js';
import { authoriseAlone } from './authorise-alone.js';
import { authorise, password, test } from './authorise-project.js';
import { accept, enterCode, enterPassword } from './person.js';

test.describe.configure({ timeout: 180_000 });

const inTheWindow = [
  { where: 'in a window', headed: true },
  { where: 'without a window', headed: false },
];
for (const { where, headed } of inTheWindow) {
  test(`a person signs in ${where}, with a second factor, and is told what to do`, async ({ sandbox, person }) => {
    test.skip(headed && !hasXvfb() && !process.env['CI'], xvfbMissing);
    await using display = headed ? await startDisplay() : undefined;
    sandbox.directory.requireMfa('qa@contoso.com');
    const [{ output, exitCode }] = await Promise.all([
      authoriseAlone({ sandbox, person, ...(display && { display: display.name }) }),
      person.act(async (page) => {
        await enterPassword(page, password);
        await enterCode(page, '000000');
        await expect(page.getByRole('alert')).toContainText('expected verification code');
        await enterCode(page, '123456');
        await accept(page);
      }),
    ]);
    const window = headed ? 'the window of chromium that opens now' : 'a window of chromium that nobody sees';
    expect(output).toContain(
      `Connection "MSOAuthHost": sign in as qa@contoso.com in ${window}, within 2 minutes. It closes by itself.`,
    );
    expect(output).toMatch(/Connection "MSOAuthHost": qa@contoso\.com is signed in, good until \d{4}-\d\d-\d\d/);
    expect(exitCode).toBe(0);
  });
}

test('a window that is closed ends it', async ({ sandbox, person }) => {
  test.skip(!hasXvfb() && !process.env['CI'], xvfbMissing);
  await using display = await startDisplay();
  const [{ output }] = await Promise.all([
    authoriseAlone({ sandbox, person, display: display.name }),
    person.act((page) => page.close()),
  ]);
  expect(output).toContain('Error: Window closed: connection "MSOAuthHost" is not authorised');
});

test('a browser that is quit ends it', async ({ sandbox, person }) => {
  test.skip(!hasXvfb() && !process.env['CI'], xvfbMissing);
  await using display = await startDisplay();
  const [{ output }] = await Promise.all([
    authoriseAlone({ sandbox, person, display: display.name }),
    person.act(async (page) => {
      const session = await page.context().browser()!.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
    }),
  ]);
  expect(output).toContain('Error: Window closed: connection "MSOAuthHost" is not authorised');
});

test('a run that is killed takes the window with it', async ({ sandbox, person }) => {
  let kill: (() => void) | undefined;
  const when = { prints: /sign in as/, act: (runner: ChildProcess) => (kill = () => runner.kill('SIGKILL')) };
  const run = authorise({ sandbox, person, when });
  await person.act(async (page) => {
    const closed = page.waitForEvent('close');
    kill!();
    await closed;
  });
  await run;
  await expect.poll(() => fetch(`http://127.0.0.1:${person.port}`).catch(() => 'gone')).toBe('gone');
});

for (const [what, display] of [
  ['no display is named', ''],
  ['the display is not there', ':59999'],
] as const) {
  test(`${what}: it says so, and what to do`, async ({ sandbox }) => {
    test.skip(process.platform !== 'linux', 'other systems always have one');
    const { output } = await authoriseAlone({ sandbox, display });
    expect(output).toContain('Error: No display: connection "MSOAuthHost" is not authorised');
    expect(output).toContain('npx playwright-exchange tokens export MSOAuthHost');
    expect(output).toContain("auth.grant 'device_code'");
    expect(output).not.toContain('Playwright Team');
  });
}

test('a browser that is not installed is named', async ({ sandbox }) => {
  const { output } = await authoriseAlone({ sandbox, executablePath: '/no/such/browser' });
  expect(output).toMatch(/Error: No browser: connection "MSOAuthHost" is not authorised: .*\/no\/such\/browser/);
  expect(output).toContain('npx playwright install');
});

test('a sign-in page that cannot be loaded is named', async ({ sandbox }) => {
  await sandbox.close();
  const { output } = await authoriseAlone({ sandbox });
  const { host } = new URL(sandbox.url);
  expect(output).toContain(
    `Error: No sign-in page: connection "MSOAuthHost" is not authorised: the browser can't open ${host}: the connection to ${host} failed`,
  );
  expect(output).not.toContain('code_challenge');
});
