import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import { serveProxy } from '../unit/network-servers.js';
import { authorizeUrl, enterPassword as postPassword, hiddenFields, pkce, visit } from '../unit/sandbox-sign-in.js';
import { authoriseAlone } from './authorise-alone.js';
import { authorise, password, test, unreachableUrl } from './authorise-project.js';
import { filesThatHold } from './files-that-hold.js';
import { ownPath } from './own-folder.js';
import { enterPassword, signIn } from './person.js';

test.describe.configure({ timeout: 180_000 });

/** The tokens of the connection. */
const kept = 'playwright/.auth/exchange/MSOAuthHost.json';

test('a person signs in once, and the specs use it', async ({ sandbox, person }) => {
  const output = ownPath('results');
  const [run, code] = await Promise.all([
    authorise({
      sandbox,
      person,
      args: ['--output', output],
      use: `trace: 'on', screenshot: 'on'`,
      body: `
        setup.describe.configure({ mode: 'serial' });
        setup('first', authorise('MSOAuthHost', { timeout: 120_000 }));
        setup('again', authorise('MSOAuthHost'));
      `,
      files: {
        'mail.spec.ts': `
          import { test } from 'playwright-exchange';
          test('mail', async ({ mailbox, page }) => {
            await mailbox.send({ to: mailbox.address, subject: 'Hello' });
            await page.setContent('Hello');
            await mailbox.waitForMessage({ subject: 'Hello' });
          });
        `,
      },
    }),
    person.act(async (page) => {
      const posted = page.waitForRequest(unreachableUrl);
      await signIn(page, password);
      return new URLSearchParams((await posted).postData() ?? '').get('code')!;
    }),
  ]);
  expect(run.output).toMatch(/Connection "MSOAuthHost": qa@contoso\.com is signed in, good until \d{4}-\d\d-\d\d/);
  expect(run.output).toMatch(/1 skipped[^]*2 passed/);
  expect(run.tests.get('again')?.results[0]?.status).toBe('skipped');
  expect(run.exitCode).toBe(0);
  expect(run.output).not.toContain(password);
  expect(await filesThatHold(output, 'waitForMessage')).not.toEqual([]);
  for (const secret of [password, code, 'login.sandbox.invalid', 'code_challenge']) {
    expect(await filesThatHold(output, secret)).toEqual([]);
  }
});

test('who declines is told so', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person }),
    person.act(async (page) => {
      await enterPassword(page, password);
      await page.getByRole('button', { name: 'No' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
    }),
  ]);
  expect(output).toMatch(/Error: Consent: connection "MSOAuthHost"[^]*Microsoft says: AADSTS65004/);
  expect(output).not.toContain('node_modules');
});

test('nobody came', async ({ sandbox }) => {
  const { output } = await authoriseAlone({ sandbox, timeout: 2000 });
  expect(output).toContain('Error: Nobody came: connection "MSOAuthHost" is not authorised');
  expect(output).toContain('set headless to false');
});

test("the browser goes through the connection's proxy, to this machine too", async ({ sandbox, person }) => {
  await using proxy = await serveProxy();
  await Promise.all([authoriseAlone({ sandbox, person, proxy: proxy.url }), person.act((page) => page.close())]);
  expect(proxy.asked).toContain(`CONNECT ${new URL(sandbox.url).host}`);
});

test('the wrong account is named, and its tokens are not kept', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authoriseAlone({ sandbox, person, directory: ownPath() }),
    person.act((page) => signIn(page, password, 'ada@contoso.com')),
  ]);
  expect(output).toContain('User mismatch: connection "MSOAuthHost" is for qa@contoso.com, but ada@contoso.com');
  expect(existsSync(ownPath(kept))).toBe(false);
});

test('an unknown app, tenant or redirect URL is read off the page', async ({ sandbox }) => {
  const traces = 'Request Id: \\S{36} Correlation Id: \\S{36} Timestamp: \\S+Z';
  for (const [auth, word, code] of [
    [{ clientId: 'unknown' }, 'Client ID', 700016],
    [{ tenantId: 'unknown' }, 'Tenant', 90002],
    [{ redirectUrl: 'http://app.contoso.com/' }, 'Redirect URL', 50011],
  ] as const) {
    const { output } = await authoriseAlone({ sandbox, auth });
    const words = `${word}: connection "MSOAuthHost"[^]*Microsoft says: AADSTS${code}: .* ${traces}`;
    expect(output).toMatch(new RegExp(words));
  }
});

test('a sign-in that goes on in another tab ends there', async ({ sandbox, person }) => {
  const [{ output, exitCode }] = await Promise.all([
    authoriseAlone({ sandbox, person, directory: ownPath() }),
    person.act(async (page) => {
      const [tab] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void open(location.href))]);
      await signIn(tab, password);
    }),
  ]);
  expect(output).toContain('qa@contoso.com is signed in');
  expect(exitCode).toBe(0);
  expect(existsSync(ownPath(kept))).toBe(true);
});

test('a wrong secret is named once the person has signed in', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authoriseAlone({ sandbox, person, auth: { clientSecret: 'wrong-secret' } }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(output).toMatch(/Client secret: [^]*AADSTS7000215/);
  expect(output).not.toContain('wrong-secret');
});

test('an answer with the state of somebody else is refused', async ({ sandbox, person }) => {
  const [{ output }] = await Promise.all([
    authoriseAlone({ sandbox, person }),
    person.act(async (page) => {
      await page.goto('https://unreachable.contoso.invalid/oauth/callback?code=forged&state=forged').catch(() => {});
    }),
  ]);
  expect(output).toContain('Forged answer: connection "MSOAuthHost" is not authorised: the state is not ours.');
});

for (const [what, change, words] of [
  ['to another request (PKCE)', { code_challenge: pkce().challenge }, /Error: Redirect URL: [^]*AADSTS501481: /],
  ['with the nonce of somebody else', { nonce: 'forged' }, /Error: Refused: connection "MSOAuthHost" [^]*nonce/],
] as const) {
  test(`a code that was issued ${what} is of no use`, async ({ sandbox, person }) => {
    const [{ output, exitCode }] = await Promise.all([
      authoriseAlone({ sandbox, person }),
      person.act(async (page) => {
        const asked = new URL(page.url());
        const injected = { ...Object.fromEntries(asked.searchParams), ...change, response_mode: 'query' };
        const answer = await answerTo(authorizeUrl(sandbox, injected));
        await page.goto(answer.href).catch(() => {});
      }),
    ]);
    expect(output).toMatch(words);
    expect(exitCode).toBe(1);
  });
}

test('every missing field is named before anything is opened', async ({ sandbox }) => {
  const auth = { clientId: undefined, clientSecret: { env: 'NO_SUCH_VARIABLE' }, redirectUrl: undefined };
  const { output } = await authoriseAlone({ sandbox, auth, display: '' });
  expect(output).toMatch(/auth\.clientSecret: the environment variable NO_SUCH_VARIABLE is not set/);
  expect(output).toContain('auth.clientId: is required');
  expect(output).toContain('auth.redirectUrl: is required');
});

/** Signs in apart from the window; what is then sent to the redirect URL. */
async function answerTo(url: string): Promise<URL> {
  let page = await postPassword(url, 'qa@contoso.com', password);
  for (const form of [{ LoginOptions: '3' }, { decision: 'accept' }]) {
    page = await visit(url, { ...hiddenFields(page), ...form });
  }
  return page.location!;
}
