import { expect, test } from '@playwright/test';
import { imports, shareRun, statuses, warmUp } from './shared-run.js';

test.describe.configure({ mode: 'default', timeout: 180_000 });
const addSpec = shareRun();

const misses = addSpec(
  'misses',
  `${imports}
  test('missed', async ({ mailbox }) => {
    await mailbox.send({ to: mailbox.address, subject: 'Welcome' });
    await mailbox.waitForMessage({ subject: /verify/i }, { timeout: 1000 });
  });
`,
);
test('a mail that never comes fails with what came instead, at the line that waited', async () => {
  const { exitCode, output, tests } = await misses();
  expect(exitCode).toBe(1);
  expect(output).toContain('No message matched (subject /verify/i) within 1 s');
  expect(output).toMatch(/Arrived, but no match[^]*"Welcome" from qa@contoso\.com[^]*subject is not \/verify\/i/);
  expect(output).toMatch(/> \d+ \|\s+await mailbox\.waitForMessage/);
  expect(tests.get('missed')?.results[0]?.error?.location?.file).toMatch(/misses\.spec\.ts$/);
});

const waits = addSpec(
  'waits',
  `${imports}${warmUp}
  test('waited', async ({ mailbox }) => {
    test.setTimeout(4000);
    await mailbox.send({ to: mailbox.address, subject: 'Welcome' });
    await mailbox.waitForMessage({ subject: /verify/i });
  });
`,
);
test("a wait ends with its own error before the test's time-out, and says so", async () => {
  const { output, tests } = await waits();
  expect(statuses(tests)).toEqual(['failed']);
  expect(output).toContain('before the time-out of 4 s of the test');
  expect(output).toContain('subject is not /verify/i');
  expect(output).not.toContain('Test timeout of');
});

const others = addSpec(
  'others',
  `${imports}${warmUp}
  test.beforeEach(() => test.setTimeout(3000));
  test('next', async ({ mailbox }) => {
    const subscription = await mailbox.subscribe();
    await subscription.next();
  });
  test('toReceive', async ({ mailbox }) => {
    await expect(mailbox).toReceive({ subject: 'x' });
  });
  test('not', async ({ mailbox }) => {
    await expect(mailbox).not.toReceive({ subject: 'x' }, { timeout: 60_000 });
  });
`,
);
test('a subscription and an expectation end before the time-out of the test too', async () => {
  const { output, tests } = await others();
  expect(statuses(tests)).toEqual(['failed', 'failed', 'failed']);
  expect(output).toContain('could not watch for 60000 ms');
  expect(output).not.toContain('Test timeout of');
});

const unknown = addSpec(
  'unknown',
  `${imports}
  test.use({ exchangeConnection: 'MSOAuthHost' });
  test('unknown', async ({ mailbox }) => { await mailbox.find(); });
`,
);
test('a connection that is not defined is named, with those that are', async () => {
  const { output } = await unknown();
  expect(output).toContain('There is no connection "MSOAuthHost".');
  expect(output).toContain('Set exchangeConnection to one of: sandbox.');
});

const endless = addSpec(
  'endless',
  `${imports}
  test('endless', async ({ mailbox }) => { await expect(mailbox).not.toReceive({ subject: 'x' }); });
`,
);
test('.not.toReceive() without a time-out is refused', async () => {
  expect((await endless()).output).toContain('.not.toReceive() needs a timeout');
});
