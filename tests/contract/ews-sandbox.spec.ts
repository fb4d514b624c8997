import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { bounded } from '../../src/async/bounded.js';
import type { Connection } from '../../src/mail/connection.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { personDefinition } from '../support/person-connection.js';
import { describeContract } from './contract.js';
import { sandboxMail } from './sandbox-mail.js';
import { sandboxPerson } from './sandbox-person.js';
import { describeSignIns, type SignInServer } from './sign-ins.js';

const account = 'qa@contoso.com';

describeContract('EWS on the sandbox', startServer);
describeSignIns('EWS on the sandbox', startServer);

async function startServer(): Promise<SignInServer> {
  const sandbox = await startSandbox({ heartbeatInterval: 1000 });
  const definition = sandboxConnection({ protocol: 'ews', user: account, url: sandbox.url as `http://${string}` });
  const troubles = [...troublesOf(sandbox)];
  let next = 0;
  return {
    account,
    connect: async ({ addressing } = {}) => {
      return await openConnection('sandbox', { ...definition, ...(addressing && { addressing }) }, {});
    },
    ...sandboxMail(sandbox, account),
    signIn: () => sandboxPerson(sandbox, definition),
    disturb: async () => {
      await troubles[next++ % troubles.length]!();
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

test('a wait without push ends at the next look once the sign-in is revoked', async () => {
  await using sandbox = await startSandbox();
  sandbox.faults.maxStreams = 0;
  await using connection = (await sandboxPerson(sandbox, personDefinition(sandbox))).connection;
  const mailbox = await connection.mailbox(undefined, { timeout: 20_000 });
  const wait = mailbox.waitForMessage();
  sandbox.tokens.revoke(account, { accessTokens: true });
  expect(await failureOf(wait)).toMatchObject({ code: 'AUTH_REVOKED' });
});

test('what is to be sent waits for the sign-in service, and not for one that refuses', async () => {
  await using sandbox = await startSandbox();
  await using connection = (await sandboxPerson(sandbox, personDefinition(sandbox))).connection;
  const send = (): Promise<unknown> => connection.send({ to: account, subject: 'Hello' }, { timeout: 20_000 });
  sandbox.clock.advance(3_600_000);
  sandbox.faults.token = { code: 90033, times: 2 };
  await send();
  expect(sandbox.store.account(account).folder('inbox').messages).toHaveLength(1);
  sandbox.tokens.revoke(account, { accessTokens: true });
  expect(await failureOf(send())).toMatchObject({ code: 'AUTH_REVOKED' });
});

test('opening outlasts trouble of the sign-in service, and not a refusal; at its deadline it says what kept it', async () => {
  await using sandbox = await startSandbox();
  const definition = sandboxConnection({ protocol: 'ews', user: account, url: sandbox.url as `http://${string}` });
  const open = (defaultTimeout: number): Promise<Connection> =>
    bounded({ what: 'Opening', options: {}, defaultTimeout }, () => openConnection('sandbox', definition, {}));
  sandbox.faults.token = { code: 90033, times: 2 };
  await (await open(20_000))[Symbol.asyncDispose]();
  expect(sandbox.faults.token).toBeUndefined();
  sandbox.faults.token = { code: 7000215, times: 9 };
  expect(await failureOf(open(20_000))).toMatchObject({ code: 'AUTH_CLIENT_SECRET' });
  expect(sandbox.faults.token).toMatchObject({ times: 8 });
  sandbox.faults.token = { code: 90033 };
  const late = await failureOf(open(2000));
  expect(late.code).toBe('DEADLINE');
  expect(late.message).toContain('Unavailable: connection "sandbox" (qa@contoso.com) gets no access token');
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
