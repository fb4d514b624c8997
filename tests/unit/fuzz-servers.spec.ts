import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import type { Connection } from '../../src/mail/connection.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { fuzz, mangle, manglings, orOurError, type Mangling } from '../support/fuzz.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

const account = 'qa@contoso.com';
const timeout = 300;

test.describe.configure({ timeout: 240_000 });

for (const protocol of ['ews', 'imap', 'graph'] as const) {
  test(`whatever a server says over ${protocol}, every call ends in one of the package's errors, or with what was asked for`, async () => {
    await using sandbox = await startSandbox();
    await using http = await startTcpProxy(Number(new URL(sandbox.url).port));
    await using imap = await startTcpProxy(sandbox.imap.port);
    await using smtp = await startTcpProxy(sandbox.smtp.port);
    const env = {
      PLAYWRIGHT_EXCHANGE_SANDBOX: `http://127.0.0.1:${http.port}`,
      PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP: `127.0.0.1:${imap.port}`,
      PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP: `127.0.0.1:${smtp.port}`,
    };
    await sandbox.deliver({ to: account, subject: 'Known', text: 'Hello.' });
    let rest: (Mangling | undefined)[] = [];
    for (const wire of [http, imap, smtp]) wire.onAnswer = (_, said) => mangle(said, rest.shift());

    const open = async (): Promise<Connection> => {
      const connection = await openConnection('x', sandboxConnection({ protocol, env }), env);
      // Signed in, so that what is mangled is not always the first that is asked.
      await orOurError(() => connection.mailbox(account, { timeout: 5000 }));
      return connection;
    };
    await fuzz(
      manglings,
      async (changes) => {
        rest = [];
        await using connection = await open();
        rest = [...changes];
        await orOurError(async () => {
          await using mailbox = await connection.mailbox(account, { timeout });
          await orOurError(async () => {
            expect(await mailbox.find({ subject: 'Known' }, { timeout })).toEqual(expect.any(Array));
          });
          await orOurError(() => mailbox.waitForMessage({ subject: 'Never' }, { timeout }));
        });
        await orOurError(() => connection.send({ to: 'other@contoso.com', subject: 'x' }, { timeout }));
      },
      { runs: 12 },
    );
  });
}
