import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { describeContract } from './contract.js';
import { sandboxMail } from './sandbox-mail.js';
import { sandboxPerson } from './sandbox-person.js';
import { describeSignIns, type SignInServer } from './sign-ins.js';

const account = 'qa@contoso.com';

describeContract('Graph on the sandbox', startServer);
describeSignIns('Graph on the sandbox', startServer);

async function startServer(): Promise<SignInServer> {
  const sandbox = await startSandbox();
  const definition = sandboxConnection({ protocol: 'graph', user: account, url: sandbox.url as `http://${string}` });
  const troubles = [...troublesOf(sandbox)];
  let next = 0;
  return {
    account,
    largestAttachment: 2_000_000,
    oldest: hoursAgo(47),
    ...sandboxMail(sandbox, account),
    connect: ({ addressing } = {}) =>
      openConnection('sandbox', { ...definition, ...(addressing && { addressing }) }, {}),
    disturb: async () => {
      await troubles[next++ % troubles.length]!();
    },
    signIn: () => sandboxPerson(sandbox, definition),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

function* troublesOf(sandbox: Sandbox): Iterable<() => void | Promise<void>> {
  const { faults } = sandbox;
  yield () => sandbox.dropConnections();
  yield () => void (faults.dropDuringDelta = 1);
  yield () => void (faults.lostSyncStates = 1);
  yield () => void (faults.dropRequests = 2);
  yield () => void (faults.throttleGraph = { times: 3, retryAfterSeconds: 0 });
  yield () => void (faults.unauthorized = 1);
  yield () => sandbox.restart();
  yield () => void (faults.maxGraphRequests = 1);
  yield () => void (faults.maxGraphRequests = 4);
}

/** To the second, as Graph gives it. */
function hoursAgo(hours: number): Date {
  return new Date((Math.floor(Date.now() / 1000) - hours * 3600) * 1000);
}
