import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { describeContract } from './contract.js';
import type { ContractServer } from './contract-server.js';
import { sandboxMail } from './sandbox-mail.js';

const account = 'qa@contoso.com';

describeContract('EWS on the sandbox', async () => {
  const sandbox = await startSandbox({ heartbeatInterval: 1000 });
  const troubles = [...troublesOf(sandbox)];
  let next = 0;
  const server: ContractServer = {
    account,
    connect: async ({ addressing } = {}) => {
      const definition = sandboxConnection({ protocol: 'ews', user: account, url: sandbox.url as `http://${string}` });
      return await openConnection('sandbox', { ...definition, ...(addressing && { addressing }) }, {});
    },
    ...sandboxMail(sandbox, account),
    disturb: async () => {
      await troubles[next++ % troubles.length]!();
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
  return server;
});

function* troublesOf(sandbox: Sandbox): Iterable<() => void | Promise<void>> {
  const { faults } = sandbox;
  yield () => sandbox.dropStreams();
  yield () => void (faults.losePushes = 0.5);
  yield () => void (faults.dropRequests = 2);
  yield () => sandbox.forgetSubscriptions();
  yield () => void (faults.chunkSize = 7);
  yield () => void (faults.unauthorized = 1);
  yield () => void (faults.busy = { times: 1, backOffMilliseconds: 50 });
  yield () => sandbox.restart();
  yield () => void (faults.losePushes = 0);
  yield () => void (faults.chunkSize = 0);
}
