import { expect, test } from '@playwright/test';
import type { JSONReportTest, JSONReportTestResult, JSONReportTestStep } from '@playwright/test/reporter';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox } from '../../src/sandbox/index.js';
import { runPlaywright, type Run } from './run-playwright.js';

// One run for both.
test.describe.configure({ mode: 'default', timeout: 240_000 });

/** Every way in which a test's mail is told of. */
const spec = `
  import { test, expect } from 'playwright-exchange';
  import { connectSandbox } from 'playwright-exchange/sandbox';

  const text = ['Secret', 'body'].join(' '); // a code frame shows the lines of the test
  const html = '<p>' + text + '</p><a href="https://app.contoso.com/verify">Verify</a>';

  for (const mode of ['auto', 'off', 'list', 'on'] as const) {
    test.describe(mode, () => {
      test.use({ exchangeAttachMessages: mode });
      test(mode + ' passes', async ({ mailbox }) => {
        await mailbox.send({ to: mailbox.address, subject: 'Taken', html });
        await mailbox.waitForMessage({ subject: 'Taken' });
      });
      test(mode + ' fails', async ({ mailbox }) => {
        await mailbox.send({ to: mailbox.address, subject: 'Taken', html });
        await mailbox.waitForMessage({ subject: 'Taken' });
        await connectSandbox().deliver({ to: mailbox.address, subject: 'Left', text });
        await connectSandbox().deliver({ to: 'qa@contoso.com', subject: 'Untagged ' + mode, text });
        await connectSandbox().deliver({ to: mailbox.address, subject: 'Junk', text, folder: 'junkemail' });
        await mailbox.waitForMessage({ subject: 'Other' }, { timeout: 200 });
      });
    });
  }

  test.fail('astray', async ({ mailbox }) => {
    await connectSandbox().deliver({ to: mailbox.address.replace('.com', '.co'), subject: 'Verify', text });
    await mailbox.waitForMessage({ subject: 'Verify' }, { timeout: 200 });
  });

  test('late', async ({ mailbox }) => {
    await mailbox.waitForMessage({ subject: 'Verify' }, { timeout: 200 }).catch(() => {});
    await expect(mailbox).not.toReceive({ subject: 'Other' }, { timeout: 200 });
    for (const subject of ['Verify', 'Other']) await connectSandbox().deliver({ to: mailbox.address, subject, text });
    await mailbox.find();
    throw new Error('It did not come in time.');
  });

  test('unawaited', async ({ mailbox }) => {
    await mailbox.send({ to: mailbox.address, subject: 'Left', html });
    void mailbox.waitForMessage({ subject: 'Other' });
    await expect(mailbox).toReceive({ subject: 'Left' });
  });
`;

const browser = findBrowser();

const specInBrowser = `
  import { test, expect } from 'playwright-exchange';
  test.skip(${browser === undefined});
  test.use({ launchOptions: ${JSON.stringify(browser?.executablePath ? { executablePath: browser.executablePath } : {})} });
  test.use({ screenshot: 'only-on-failure', contextOptions: { colorScheme: 'dark' } });
  test('mail', async ({ page, mailbox }) => {
    await page.setContent('<p>Welcome</p>');
    await mailbox.send({ to: mailbox.address, subject: 'Taken', html: '<p>Hi</p>' });
    await mailbox.waitForMessage({ subject: 'Taken' });
    throw new Error('otherwise');
  });
`;

let running: Promise<Run> | undefined;
const run = (): Promise<Run> => (running ??= runBoth());

async function runBoth(): Promise<Run> {
  await using sandbox = await startSandbox();
  return await runPlaywright({
    files: { 'a.spec.ts': spec, 'in-browser.spec.ts': specInBrowser },
    env: sandbox.env,
    args: ['--workers=1'],
  });
}

test('the report of a failed test has its mail; where everything is wanted, that of a passed one too', async () => {
  const { tests, output } = await run();
  const names = (title: string): string[] =>
    resultOf(tests, title).attachments.map(({ name }) => name.replace(/qa\+\w+@/, 'qa+tag@'));
  const list = 'Mail for qa+tag@contoso.com.txt';
  const three = (subject: string): string[] => ['svg', 'json', 'eml'].map((type) => `${subject}.${type}`);
  const all = (mode: string): string[] => [
    list,
    ...['Taken', 'Left', `Untagged ${mode}`, 'Junk'].flatMap((subject) => three(subject)),
    'error-context',
  ];

  for (const mode of ['auto', 'off', 'list']) expect(names(`${mode} passes`), mode).toEqual([]);
  expect(names('on passes')).toEqual(three('Taken'));
  expect(names('off fails')).toEqual(['error-context']);
  expect(names('list fails')).toEqual([list, 'error-context']);
  expect(names('auto fails').toSorted()).toEqual(all('auto').toSorted());
  expect(names('on fails')).toEqual(expect.arrayContaining([...three('Taken'), ...three('Left')]));
  expect(names('on fails').filter((name) => name === 'Taken.eml')).toHaveLength(1);
  expect(names('unawaited')).toEqual(expect.arrayContaining([list, ...three('Left')]));

  expect(resultOf(tests, 'astray').error?.message).toMatch(
    /"Verify" from .*, received \S+\n    went to qa\+\w+@contoso\.co: the domain is contoso\.co, not contoso\.com\.$/,
  );
  const late = /too late for the wait \(subject "Verify"\) within 200 ms, by [\d.]+ m?s at most: give it more time/;
  expect(output).toMatch(new RegExp(`Came too late:\n +"Verify" .*\n +${late.source}\n`));
  expect(output).toMatch(/Arrived, and not handed out:\n +"Other" /);
  expect(tests.get('late')?.annotations.map(({ description }) => description)).toEqual([expect.stringMatching(late)]);

  const { attachments, steps } = resultOf(tests, 'auto fails');
  const bodyOf = (name: string): string =>
    Buffer.from(attachments.find((each) => each.name === name)?.body ?? '', 'base64').toString();
  expect(JSON.parse(bodyOf('Taken.json'))).toMatchObject({
    subject: 'Taken',
    from: 'qa@contoso.com',
    to: [expect.stringContaining('qa+')],
    received: expect.stringMatching(/^\d{4}-/),
    links: ['Verify: https://app.contoso.com/verify'],
    authentication: expect.stringContaining('spf=pass'),
  });
  expect(bodyOf('Taken.svg')).toContain('>Secret body</text>');
  expect(bodyOf('Taken.eml')).toContain('Secret body');
  const wait = steps?.find(({ title }) => title === 'Wait for message');
  expect(wait?.steps?.map(titleOf)).toEqual([
    expect.stringMatching(/^Received: "Taken" from qa@contoso\.com, after [\d.]+ m?s$/),
  ]);
  // Reporters print what is text on the terminal.
  expect(output).toContain('Handed out to the test:');
  expect(output).not.toContain('Secret body');
  expect(output).not.toContain('app.contoso.com');
});

test('a mail is drawn in the browser that the test uses, and no page of that is in its screenshots', async () => {
  test.skip(!browser && !process.env['CI'], 'there is no browser: npx playwright install chromium');
  const { tests } = await run();
  const { attachments, steps } = resultOf(tests, 'mail');
  const images = attachments.filter(({ contentType }) => contentType.startsWith('image/'));
  expect(images.map(({ name }) => name)).toEqual(['screenshot', 'Taken.png']);
  expect(steps?.map(titleOf).filter((title) => !/^(?:Set content|Send|Wait)/.test(title))).toEqual([]);
});

function resultOf(tests: Run['tests'], title: string): JSONReportTestResult {
  const found: JSONReportTest | undefined = tests.get(title);
  expect(found, title).toBeDefined();
  return found!.results[0]!;
}

function titleOf({ title, subtitle }: JSONReportTestStep): string {
  return [title, ...(subtitle ? [subtitle] : [])].join(': ');
}
