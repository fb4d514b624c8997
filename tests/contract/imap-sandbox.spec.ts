import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { describeContract } from './contract.js';
import { sandboxMail } from './sandbox-mail.js';
import { sandboxPerson } from './sandbox-person.js';
import { describeSignIns, type SignInServer } from './sign-ins.js';

const account = 'qa@contoso.com';

describeContract('IMAP on the sandbox', () => startServer({ mailServer: 'generic' }));
describeSignIns('IMAP on the sandbox', () => startServer({ mailServer: 'generic' }));
describeContract('IMAP on the sandbox, without what Exchange lacks', () => startServer({ mailServer: 'exchange' }));

async function startServer(options: { readonly mailServer: 'exchange' | 'generic' }): Promise<SignInServer> {
  const sandbox = await startSandbox(options);
  const definition = sandboxConnection({ protocol: 'imap', user: account, env: sandbox.env });
  const troubles = [...troublesOf(sandbox)];
  let next = 0;
  return {
    account,
    ...sandboxMail(sandbox, account),
    signIn: () => sandboxPerson(sandbox, definition),
    connect: ({ addressing } = {}) =>
      openConnection('sandbox', { ...definition, ...(addressing && { addressing }) }, {}),
    disturb: async () => {
      await troubles[next++ % troubles.length]!();
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

function* troublesOf(sandbox: Sandbox): Iterable<() => void | Promise<void>> {
  const { faults } = sandbox;
  yield () => sandbox.dropConnections();
  yield () => void (faults.losePushes = 0.5);
  yield () => void (faults.dropDuringFetch = 2);
  yield () => sandbox.restart();
  yield () => void (faults.throttleImap = { times: 1, backOffMilliseconds: 50 });
  yield () => {
    faults.dropAfterLogin = 2;
    sandbox.dropConnections();
  };
  yield () => void (faults.losePushes = 0);
}
