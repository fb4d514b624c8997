import { expect } from '@playwright/test';
import type { Sandbox } from '../../src/sandbox/index.js';
import { runPlaywright, type RunOptions } from './run-playwright.js';

/** Every action and matcher of the package fails, and every line that makes one points at itself, in every report. */
export async function expectPlaces(sandbox: Sandbox, options: Partial<RunOptions> = {}): Promise<void> {
  const files = { 'a.spec.ts': spec, 'b.spec.ts': setup, 'reporter.mjs': reporter, ...options.files };
  const { output } = await runPlaywright({
    env: sandbox.env,
    args: ['--workers=1', '--reporter=./reporter.mjs'],
    ...options,
    files,
  });
  const lines = output.split('\n');
  for (const [line, { step, kind }] of linesOf(spec)) {
    if (step) expect(lines, output).toContain(`step ${line} error ${line} frame true: ${step}`);
    if (kind === 'error') expect(lines, output).toContain(`error ${line} frame true`);
    if (kind === 'thrown') expect(lines, output).toContain(`thrown ${line}`);
  }
  expect(lines, output).toContain(`error ${[...linesOf(setup)][0]![0]} frame true`);
}

/**
 * A line ends in what is to be seen of it: \`thrown\` is caught by the test, \`error\` is the test's; the step that fails.
 * That each test fails is expected: after one that is not, Playwright starts a worker anew, which costs more than the test.
 */
const spec = `import { test, expect } from 'playwright-exchange';

test.fail('all', async ({ exchange, mailbox }) => {
  await mailbox.send({ to: mailbox.address, subject: 'Hello', text: 'Hi' });
  const message = await mailbox.waitForMessage();
  const subscription = await mailbox.subscribe();
  const wrong: any = { nothing: 1 };
  const attempt = async (call: () => unknown) => {
    try {
      await call();
    } catch (error) {
      const frame = (error as Error).stack!.split('\\n').find((line) => /^ +at /.test(line)) ?? '';
      console.log('thrown ' + /a\\.spec\\.ts:(\\d+)/.exec(frame)?.[1]);
    }
  };
  await attempt(() => mailbox.waitForMessage({ subject: 'Other' }, { timeout: 50 })); // thrown: Wait for message
  await attempt(() => mailbox.send({ to: '' })); // thrown: Send message
  await attempt(() => mailbox.find(wrong)); // thrown: Find messages
  await attempt(() => mailbox.subscribe(wrong)); // thrown: Subscribe to messages
  await attempt(() => mailbox.clear(wrong)); // thrown: Clear mailbox
  await attempt(() => subscription.next({ timeout: 50 })); // thrown: Wait for the next message
  await attempt(() => exchange.send({ to: '' })); // thrown: Send message
  await attempt(() => exchange.open('nobody')); // thrown: Open connection
  await attempt(() => exchange.mailbox('nobody')); // thrown: Open mailbox
  await attempt(() => message.reply(wrong)); // thrown: Reply to message
  await attempt(() => message.replyAll(wrong)); // thrown: Reply to all
  await attempt(() => message.forward(wrong)); // thrown: Forward message
  await attempt(() => message.respond('accept')); // thrown: Respond to invitation
  await attempt(() => message.open(wrong)); // thrown: Open message in the browser
  await attempt(() => message.moveTo(['Nowhere'])); // thrown: Move message
  await attempt(() => message.markAsRead(wrong)); // thrown: Mark message
  await attempt(() => message.link('other')); // thrown
  await attempt(() => message.code()); // thrown
  await expect.soft(mailbox).toReceive({ subject: 'Other' }, { timeout: 50 }); // error
  await expect.soft(mailbox).not.toReceive({ subject: 'Hello' }, { timeout: 50 }); // error
  expect.soft(message).toHaveSubject('other'); // error
  expect.soft(message).toHaveBody('other'); // error
  expect.soft(message).toHaveLink(); // error
  expect.soft(message).toHaveAttachment(); // error
  await expect.soft(message).not.toBeAuthentic(); // error
});

test.describe(() => {
  test.use({ exchangeConnection: 'nobody' });
  test.fail('fixture', async ({ mailbox }) => void mailbox); // error: Open connection
});
`;

const setup = `import { test as setup } from 'playwright-exchange';
import { authorise } from 'playwright-exchange/authorise';

setup.fail('authorise', authorise('nobody')); // error
`;

/** Playwright's own reporters that programs can read leave out where a step is. */
const reporter = `export default class {
  onStepEnd(test, result, { category, location, error, title, subtitle }) {
    if (category !== 'test.step' || !error) return;
    const name = title.replace(/: .*/, '');
    console.log('step ' + location?.line + ' error ' + error.location?.line + ' frame ' + Boolean(error.snippet) + ': ' + name);
  }
  onTestEnd(test, { errors }) {
    for (const { location, snippet } of errors) console.log('error ' + location?.line + ' frame ' + Boolean(snippet));
  }
  onStdOut(chunk) {
    console.log(String(chunk).trimEnd());
  }
}
`;

function linesOf(text: string): Map<number, { readonly kind: string; readonly step: string | undefined }> {
  const marked = text.split('\n').flatMap((line, index) => {
    const [, kind, step] = /\/\/ (thrown|error)(?:: (.*))?$/.exec(line) ?? [];
    return kind === undefined ? [] : ([[index + 1, { kind, step }]] as const);
  });
  return new Map(marked);
}
