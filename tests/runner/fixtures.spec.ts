import { expect, test as base } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { refusedCalls } from './refused-calls.js';
import { runPlaywright, type Run, type RunOptions } from './run-playwright.js';
import { imports, shareRun, statuses, warmUp } from './shared-run.js';

interface Fixtures {
  sandbox: Sandbox;
  /** Runs a spec against the sandbox. */
  run(spec: string, options?: Partial<RunOptions>): Promise<Run>;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox({ heartbeatInterval: 1000 });
    await use(sandbox);
  },
  run: async ({ sandbox }, use) => {
    await use((spec, options) =>
      runPlaywright({ files: { 'a.spec.ts': imports + spec, ...options?.files }, env: sandbox.env, ...options }),
    );
  },
});

test.describe.configure({ timeout: 90_000 });

test.describe(() => {
  test.describe.configure({ mode: 'default', timeout: 180_000 });
  const addSpec = shareRun();

  const sends = addSpec(
    'sends',
    `${imports}
    test('sent', async ({ mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: 'Verify', html: '<a href="https://app.contoso.com/v">Go</a>' });
      await expect(mailbox).toReceive({ subject: /verify/i });
      const message = await mailbox.waitForMessage({ subject: /verify/i });
      expect(message).toHaveSubject('verify');
      expect(message).toHaveLink(/contoso/);
      expect(message).not.toHaveAttachment();
      await expect(mailbox).not.toReceive({ subject: 'other' }, { timeout: 200 });
    });
  `,
  );
  test('a spec sends to its own address, waits, and asserts on what came', async () => {
    const { exitCode, tests } = await sends();
    expect(statuses(tests)).toEqual(['passed']);
    expect(exitCode).toBe(0);
  });

  const steps = addSpec(
    'steps',
    `${imports}
    test('steps', async ({ exchange, mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: 'Hello' });
      const message = await mailbox.waitForMessage({ subject: 'Hello' });
      await message.markAsRead();
      await mailbox.find();
      await mailbox.clear();
      await exchange.send({ to: mailbox.address, subject: 'Again' });
    });
  `,
  );
  test('every action is a step with a telling title', async () => {
    const { tests } = await steps();
    const shown = tests
      .get('steps')!
      .results[0]!.steps!.map(({ title, subtitle = '' }) =>
        [title, subtitle.replace(/qa\+\w+@/, 'qa+tag@')].join(' | '),
      );
    expect(shown).toEqual(
      expect.arrayContaining([
        'Send message | "Hello" to qa+tag@contoso.com',
        'Wait for message | subject "Hello"',
        'Mark message | "Hello" as read',
        'Find messages | any message',
        'Clear mailbox | qa+tag@contoso.com',
        'Send message | "Again" to qa+tag@contoso.com',
      ]),
    );
  });

  const merges = addSpec(
    'merges',
    `
    import { mergeExpects, mergeTests, test as base, expect as baseExpect } from '@playwright/test';
    import { test as exchangeTest, expect as exchangeExpect } from 'playwright-exchange';
    const own = base.extend<{ greeting: string }>({ greeting: async ({}, use) => { await use('Hello'); } });
    const test = mergeTests(own, exchangeTest);
    const expect = mergeExpects(baseExpect, exchangeExpect);
    test('merged', async ({ greeting, mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: greeting });
      await expect(mailbox).toReceive({ subject: greeting });
    });
  `,
  );
  test('test and expect merge with those of others', async () => {
    expect(statuses((await merges()).tests)).toEqual(['passed']);
  });

  const views = addSpec(
    'views',
    `${imports}
    let address: string;
    test.beforeAll(async ({ mailbox }) => {
      address = mailbox.address;
      await mailbox.send({ to: address, subject: 'From beforeAll' });
    });
    test('viewed', async ({ exchange }) => {
      const mailbox = await exchange.mailbox(address);
      await mailbox.waitForMessage({ subject: 'From beforeAll' });
    });
  `,
  );
  test('a view of an address made in beforeAll sees what came for it', async () => {
    expect(statuses((await views()).tests)).toEqual(['passed']);
  });

  const refused = addSpec(
    'refused',
    `${imports}
    test('refused', async ({ mailbox, exchange }) => {
      const sent = { to: mailbox.address, subject: 'something else' };
      await mailbox.send({ ...sent, html: '<a href="https://app.contoso.com/">App</a> Your code is 123456' });
      const message = await mailbox.waitForMessage();
      await mailbox.send(sent);
      await expect(mailbox).toReceive({ hasAttachment: false, where: ({ html }) => !html });
      const calls = { ${refusedCalls.map((call) => `${JSON.stringify(call)}: async () => ${call}`).join(',\n')} };
      for (const [name, call] of Object.entries(calls)) {
        console.log(name, '->', await call().then(() => 'green', (error) => error.code ?? error));
      }
      console.log('As text:', String(mailbox), String(exchange));
    });
  `,
  );
  test('what is no filter, or no option, is refused at once and never taken for one', async () => {
    const { tests } = await refused();
    const { stdout, status } = tests.get('refused')!.results[0]!;
    const said = stdout.map((entry) => ('text' in entry ? entry.text : '')).join('');
    expect(status, said).toBe('passed');
    expect(said).toContain('As text: [object Object] [object Object]\n');
    for (const call of refusedCalls) expect(said).toContain(`${call} -> CONFIGURATION\n`);
  });
});

test('listing needs no secret and opens nothing', async ({ run }) => {
  const { exitCode, output } = await run(`test('mail', async ({ mailbox }) => { await mailbox.find(); });`, {
    args: ['--list'],
    env: { PLAYWRIGHT_EXCHANGE_SANDBOX: undefined },
  });
  expect(output).toContain('Total: 1 test in 1 file');
  expect(exitCode).toBe(0);
});

test('a variable that is not set is named when a test needs the connection', async ({ run }) => {
  const { exitCode, output } = await run(`test('mail', async ({ mailbox }) => { await mailbox.find(); });`, {
    env: { PLAYWRIGHT_EXCHANGE_SANDBOX: undefined },
  });
  expect(exitCode).toBe(1);
  expect(output).toContain('host: the environment variable PLAYWRIGHT_EXCHANGE_SANDBOX is not set');
  expect(output).toContain('auth.cloud: the environment variable PLAYWRIGHT_EXCHANGE_SANDBOX is not set');
});

test('every test and every attempt has an address of its own', async ({ run }) => {
  const { tests, output } = await run(
    `
    for (const name of ['a', 'b', 'c', 'd']) {
      test(name, async ({ mailbox }) => {
        test.info().annotations.push({ type: 'address', description: mailbox.address });
        expect(test.info().retry).toBe(1);
      });
    }
  `,
    { args: ['--retries', '1', '--workers', '2', '--fully-parallel'] },
  );
  expect(output).toContain('4 flaky');
  const addresses = [...tests.values()].flatMap(({ results }) =>
    results.flatMap(({ annotations }) => annotations.filter(({ type }) => type === 'address')),
  );
  expect(new Set(addresses.map(({ description }) => description)).size).toBe(8);
});

test('a server that refuses streams is polled, and the report says so once', async ({ run, sandbox }) => {
  sandbox.faults.maxStreams = 0;
  const { output, tests } = await run(`
    for (const name of ['first', 'second']) {
      test(name, async ({ mailbox }) => {
        const waiting = mailbox.waitForMessage();
        await mailbox.send({ to: mailbox.address, subject: 'x' });
        await waiting;
      });
    }
  `);
  expect(output).toContain('2 passed');
  const annotations = [...tests.values()].flatMap((result) =>
    result.annotations.filter(({ type }) => type === 'exchange'),
  );
  expect(annotations).toHaveLength(1);
  expect(annotations[0]?.description).toMatch(/^The folder Inbox is polled, because push is refused:/);
});

test('connections are closed after a failure, after a time-out and after Ctrl-C', async ({ run, sandbox }) => {
  const spec = `${warmUp}
    test.beforeEach(() => test.setTimeout(3000));
    test('fails', async ({ mailbox }) => { await mailbox.waitForMessage({}, { timeout: 500 }); });
    test('hangs', async ({ mailbox }) => {
      await mailbox.send({ to: mailbox.address, subject: 'x' });
      await mailbox.waitForMessage();
      await new Promise(() => {});
    });
  `;
  const { output } = await run(spec);
  expect(output).toContain('Test timeout of 3000ms exceeded');
  expect(sandbox.ews.openStreams).toBe(0);
  expect(sandbox.ews.openSubscriptions).toBe(0);

  const interrupted = await run(
    `test('waits', async ({ mailbox }) => {
      const waiting = mailbox.waitForMessage();
      await mailbox.find();
      console.log('it waits');
      await waiting;
    });`,
    { when: { prints: /it waits/, act: (runner) => runner.kill('SIGINT') } },
  );
  expect(interrupted.output).toContain('1 interrupted');
  expect(sandbox.ews.openStreams).toBe(0);
  expect(sandbox.ews.openSubscriptions).toBe(0);
});

test('revoked and expired sign-ins are told apart', async ({ run }) => {
  const { output } = await run(`
    import { connectSandbox } from 'playwright-exchange/sandbox';
    for (const code of [50173, 700082]) {
      test.describe(() => {
        test.beforeEach(() => connectSandbox().setFaults({ token: { code } }));
        test(String(code), async ({ mailbox }) => { await mailbox.find(); });
      });
    }
  `);
  expect(output).toMatch(/Error: Revoked: connection "sandbox"[^]*Microsoft says: AADSTS50173/);
  expect(output).toMatch(/Error: Expired: connection "sandbox"[^]*Microsoft says: AADSTS700082/);
});
