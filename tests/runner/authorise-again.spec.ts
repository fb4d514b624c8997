import { expect } from '@playwright/test';
import { authoriseAlone } from './authorise-alone.js';
import { authorise, exportedSignIn, password, test } from './authorise-project.js';
import { enterCode, enterPassword, signIn } from './person.js';

test.describe.configure({ timeout: 180_000 });

const mailSpec = {
  'mail.spec.ts': `
    import { test } from 'playwright-exchange';
    test('mail', async ({ mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: 'Hello' });
      await mailbox.waitForMessage({ subject: 'Hello' });
    });
  `,
};

test('tokens that are still good: skipped, with a line that says until when, also without a display', async ({
  sandbox,
}) => {
  const run = await authorise({ sandbox, display: '', files: mailSpec, env: exportedSignIn(sandbox) });
  const line = /Connection "MSOAuthHost": qa@contoso\.com is signed in, good until \d{4}-\d\d-\d\d/;
  expect(run.output).toMatch(line);
  expect(run.output).toMatch(/1 skipped[^]*1 passed/);
  const [annotation] = run.tests.get('authorise')?.annotations ?? [];
  expect(annotation).toMatchObject({ type: 'skip', description: expect.stringMatching(line) });
});

test('a second factor that is needed from now on is a person to be asked for', async ({ sandbox }) => {
  const env = exportedSignIn(sandbox);
  sandbox.directory.requireMfa('qa@contoso.com');
  const { output } = await authorise({ sandbox, files: mailSpec, env, args: ['--project=specs', '--no-deps'] });
  expect(output).toMatch(/Error: Needs interaction: connection "MSOAuthHost" \(qa@contoso\.com\)/);
  expect(output).toContain('Microsoft says: AADSTS50076: Due to a configuration change');
});

test('... and authorising again asks for it', async ({ sandbox, person }) => {
  const env = exportedSignIn(sandbox);
  sandbox.directory.requireMfa('qa@contoso.com');
  const [{ output }] = await Promise.all([
    authorise({ sandbox, person, files: mailSpec, env }),
    person.act(async (page) => {
      await enterPassword(page, password);
      await enterCode(page, '123456');
      await page.getByRole('button', { name: 'Yes' }).click();
    }),
  ]);
  expect(output).toContain('2 passed');
});

test('trouble of the sign-in service that passes asks nobody to sign in', async ({ sandbox }) => {
  sandbox.faults.token = { code: 90033, times: 2 };
  const { output } = await authoriseAlone({ sandbox, display: '', env: exportedSignIn(sandbox) });
  expect(output).toMatch(/qa@contoso\.com is signed in[^]*skipped/);
});

test('trouble of the sign-in service after a person signed in does not undo it', async ({ sandbox, person }) => {
  sandbox.faults.token = { code: 90033, times: 2 };
  const [{ output, exitCode }] = await Promise.all([
    authoriseAlone({ sandbox, person }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(output).toContain('qa@contoso.com is signed in');
  expect(exitCode).toBe(0);
  expect(sandbox.faults.token).toBeUndefined();
});

for (const [what, code, words] of [
  ['a policy', 53003, 'Blocked by policy'],
  ['an administrator', 50105, 'Consent'],
] as const) {
  test(`${what} that lets nobody in is read off the page`, async ({ sandbox, person }) => {
    sandbox.faults.signIn = { code };
    const [{ output }] = await Promise.all([
      authoriseAlone({ sandbox, person }),
      person.act((page) => enterPassword(page, password)),
    ]);
    expect(output).toMatch(new RegExp(`Error: ${words}: [^]*AADSTS${code}: .*Request Id: `));
  });
}
