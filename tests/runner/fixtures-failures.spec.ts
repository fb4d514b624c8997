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
  test.fail('waited', async ({ mailbox }) => {
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
  test.fail('next', async ({ mailbox }) => {
    const subscription = await mailbox.subscribe();
    await subscription.next();
  });
  test.fail('toReceive', async ({ mailbox }) => {
    await expect(mailbox).toReceive({ subject: 'x' });
  });
  test.fail('not', async ({ mailbox }) => {
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
  test.fail('unknown', async ({ mailbox }) => { await mailbox.find(); });
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
  test.fail('endless', async ({ mailbox }) => { await expect(mailbox).not.toReceive({ subject: 'x' }); });
`,
);
test('.not.toReceive() without a time-out is refused', async () => {
  expect((await endless()).output).toContain('.not.toReceive() needs a timeout');
});

const unnamed = addSpec(
  'unnamed',
  `${imports}
  test.use({ exchangeConnection: ['sandbox', 'qa2', 'qa3'] });
  test.fail('unnamed', async ({ mailbox }) => {});
`,
);
test('a list that names what is no connection is refused in every worker', async () => {
  const { output } = await unnamed();
  expect(output).toContain('exchangeConnection names what is no connection: "qa2", "qa3"; there are sandbox');
});

const options = addSpec(
  'options',
  `${imports}
  test.use({
    exchangeTimeout: Infinity,
    exchangeAttachMessages: 'always',
    exchangeShowBodies: 'no',
    exchangeConnection: 5,
    exchangeConnections: null,
  });
  test('options', async ({ mailbox }) => {});
`,
);
test('options of a wrong kind are refused, all in one error', async () => {
  const { exitCode, output, tests } = await options();
  expect(exitCode).toBe(1);
  expect(statuses(tests)).toEqual(['failed']);
  expect(output).toContain(
    [
      'ExchangeError: The options in the `use` section are not usable.',
      '      - exchangeConnections must be what defineConnections() makes, not null',
      '      - exchangeConnection must be the name of a connection, not the number 5',
      '      - exchangeTimeout must be milliseconds, a number from 0 (no limit) to 2147483647, not the number Infinity',
      '      - exchangeShowBodies must be true or false, not a text',
      `      - exchangeAttachMessages must be one of 'auto', 'off', 'list', 'on-failure', 'on', not a text`,
    ].join('\n'),
  );
});

const left = addSpec(
  'without-await',
  `${imports}
  test.beforeEach(async ({ mailbox }) => {
    await mailbox.send({ to: mailbox.address, subject: 'Hello', html: '<a href="https://app.contoso.com/">App</a>' });
  });
  test('authentic', async ({ mailbox }) => {
    const message = await mailbox.waitForMessage();
    expect(message).not.toBeAuthentic();
  });
  test('links', async ({ mailbox, request }) => {
    const message = await mailbox.waitForMessage();
    expect(message).toHaveWorkingLinks(request, { hosts: ['app.contoso.com'] });
  });
  test('signal', async ({ mailbox }) => {
    const left = new AbortController();
    const other = mailbox.waitForMessage({ subject: 'Other' }, { signal: left.signal }).catch(() => undefined);
    await Promise.race([mailbox.waitForMessage({ subject: 'Hello' }), other]);
    left.abort();
  });
  test('after them', async ({ mailbox }) => { await mailbox.waitForMessage({ subject: 'Hello' }); });
`,
);
test('whatever is left without an await fails its own test, and no other', async () => {
  const { tests, output } = await left();
  const outcomes = [...tests].map(([title, { results }]) => [title, results[0]?.status]);
  expect(Object.fromEntries(outcomes), output).toEqual({
    authentic: 'failed',
    links: 'failed',
    signal: 'passed',
    'after them': 'passed',
  });
  for (const call of ['not.toBeAuthentic()', 'toHaveWorkingLinks()']) {
    expect(output).toContain(`ExchangeError: ${call} was still open when the test ended: is an await missing?`);
  }
});
