import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox, type StoredMessage } from '../../src/sandbox/index.js';
import { describeContract } from './contract.js';
import type { ContractServer } from './contract-server.js';

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
    deliver: (mail) => sandbox.deliver(mail),
    move: async (subject, from, to) => {
      const { store } = sandbox;
      const message = await find(sandbox, subject, from);
      message!.folder.move(message!, store.account(account).folder(to));
    },
    isRead: async (subject) => (await find(sandbox, subject, 'inbox'))?.flags.has('\\Seen'),
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

async function find(
  sandbox: Sandbox,
  subject: string,
  role: 'inbox' | 'junkemail',
): Promise<StoredMessage | undefined> {
  const messages = sandbox.store.account(account).folder(role).messages;
  const subjects = await Promise.all(messages.map(async (message) => (await message.parsed()).subject));
  return messages[subjects.indexOf(subject)];
}
