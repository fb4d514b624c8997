import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { runPlaywright } from './run-playwright.js';

test.describe.configure({ timeout: 90_000 });

/** As in JavaScript, or with `any`: nothing but the package itself is in the way. */
const calls = [
  'mailbox.waitForMessage(/verify/)',
  "mailbox.waitForMessage((message) => message.subject === 'x')",
  "mailbox.waitForMessage('verify')",
  'mailbox.waitForMessage({ subject: undefined })',
  'mailbox.waitForMessage({ timeout: 5000 })',
  'mailbox.waitForMessage({}, 5000)',
  'mailbox.waitForMessage(message)',
  'mailbox.find(null)',
  'mailbox.subscribe([])',
  'mailbox.clear({ folder: "inbox" })',
  'expect(mailbox).toReceive(/verify/)',
  'exchange.mailbox(5)',
  'exchange.open("sandbox", 5)',
  'exchange.mailbox(mailbox.address, { since: "yesterday" })',
  'exchange.send()',
  'mailbox.send("Hello")',
  'mailbox.send({ to: mailbox.address, subject: 5 })',
  'mailbox.send({ to: mailbox.address }, 5000)',
  'message.reply("Hello")',
  'message.link(5)',
  'message.code("123")',
  'message.moveTo("Projects")',
  'message.moveTo()',
  'mailbox.waitForMessage(undefined)',
  'mailbox.find(undefined)',
  'mailbox.subscribe(undefined)',
  'expect(mailbox).toReceive(undefined)',
  'mailbox.waitForMessage({ where: () => {} })',
  'expect(mailbox).not.toReceive({ where: () => {} }, { timeout: 500 })',
  'expect(mailbox).toReceive({ where: () => () => false })',
  'message.link("")',
  'message.code("")',
  'message.open({ goto() {}, isClosed: () => true })',
  'expect(message).toHaveSubject()',
  'expect(message).toHaveSubject("")',
  'expect(message).toHaveSubject(["something"])',
  'expect(message).not.toHaveSubject(5)',
  'expect(message).toHaveBody(undefined)',
  'expect(message).not.toHaveBody(null)',
  'expect(message).toHaveLink(undefined)',
  'expect(message).toHaveLink({ href: /verify/ })',
  'expect(message).not.toHaveLink(null)',
  'expect(message).not.toHaveAttachment(undefined)',
  'expect(message).not.toHaveAttachment({ contentType: "x" })',
  'expect(message).toBeAuthentic(null)',
];

test('what is no filter, or no option, is refused at once and never taken for one', async () => {
  await using sandbox = await startSandbox();
  const { output, exitCode } = await runPlaywright({
    env: sandbox.env,
    files: {
      'a.spec.ts': `
        import { test, expect } from 'playwright-exchange';
        test('calls', async ({ mailbox, exchange }) => {
          const sent = { to: mailbox.address, subject: 'something else' };
          await mailbox.send({ ...sent, html: '<a href="https://app.contoso.com/">App</a> Your code is 123456' });
          const message = await mailbox.waitForMessage();
          await mailbox.send(sent);
          await expect(mailbox).toReceive({ hasAttachment: false, where: ({ html }) => !html });
          console.log('As text:', String(mailbox), String(exchange));
          const calls = { ${calls.map((call) => `${JSON.stringify(call)}: async () => ${call}`).join(',\n')} };
          for (const [name, call] of Object.entries(calls)) {
            console.log(name, '->', await call().then(() => 'green', (error) => error.code ?? error));
          }
        });`,
    },
  });
  expect(exitCode, output).toBe(0);
  expect(output).toContain('As text: [object Object] [object Object]\n');
  for (const call of calls) expect(output).toContain(`${call} -> CONFIGURATION\n`);
});

test('whatever is left without an await fails its own test, and no other', async () => {
  test.slow();
  await using sandbox = await startSandbox();
  const { tests, output } = await runPlaywright({
    env: sandbox.env,
    args: ['--workers=1'],
    files: {
      'a.spec.ts': `
        import { test, expect } from 'playwright-exchange';
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
        test('next', async ({ mailbox }) => { await mailbox.waitForMessage({ subject: 'Hello' }); });`,
    },
  });
  const outcomes = [...tests].map(([title, { results }]) => [title, results[0]?.status]);
  expect(Object.fromEntries(outcomes), output).toEqual({
    authentic: 'failed',
    links: 'failed',
    signal: 'passed',
    next: 'passed',
  });
  for (const call of ['not.toBeAuthentic()', 'toHaveWorkingLinks()']) {
    expect(output).toContain(`ExchangeError: ${call} was still open when the test ended: is an await missing?`);
  }
});

test('options of a wrong kind are refused, all in one error', async () => {
  const { output, exitCode } = await runPlaywright({
    files: {
      'a.spec.ts': `
        import { test } from 'playwright-exchange';
        test.use({
          exchangeTimeout: Infinity,
          exchangeAttachMessages: 'always',
          exchangeShowBodies: 'no',
          exchangeConnection: 5,
          exchangeConnections: null,
        });
        test('options', async ({ mailbox }) => {});`,
    },
  });
  expect(exitCode).toBe(1);
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
