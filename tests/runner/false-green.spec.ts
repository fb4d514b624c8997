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
];

test('what is no filter, or no option, is refused at once and never taken for one', async () => {
  await using sandbox = await startSandbox();
  const { output, exitCode } = await runPlaywright({
    env: sandbox.env,
    files: {
      'a.spec.ts': `
        import { test, expect } from 'playwright-exchange';
        test('calls', async ({ mailbox, exchange }) => {
          await mailbox.send({ to: mailbox.address, subject: 'something else' });
          const message = await mailbox.waitForMessage();
          const calls = { ${calls.map((call) => `${JSON.stringify(call)}: async () => ${call}`).join(',\n')} };
          for (const [name, call] of Object.entries(calls)) {
            console.log(name, '->', await call().then(() => 'green', (error) => error.code ?? error));
          }
        });`,
    },
  });
  expect(exitCode, output).toBe(0);
  for (const call of calls) expect(output).toContain(`${call} -> CONFIGURATION\n`);
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
