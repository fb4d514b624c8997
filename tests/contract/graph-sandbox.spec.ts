import { expect, test } from '@playwright/test';
import { sandboxConnection, type GraphDefinition } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { personAuth, personDefinition, signedInConnection } from '../support/person-connection.js';
import { serveProxy } from '../unit/network-servers.js';
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

test('a connection that was authorised for EWS says what Graph needs', async () => {
  await using sandbox = await startSandbox();
  const { environment } = await signedInConnection(sandbox, personDefinition(sandbox));
  const opening = openConnection('MSOAuthHost', personGraph(sandbox), environment);
  const error = await failureOf(opening);
  expect(error.code).toBe('AUTH_CHANGED');
  expect(error.message).toContain(
    'It was authorised for EWS.AccessAsUser.All of outlook.office365.com, and now asks for Mail.ReadWrite, Mail.Send of graph.microsoft.com.',
  );
});

test('a permission that the token lacks is named', async () => {
  await using sandbox = await startSandbox();
  const auth = { ...personAuth(sandbox), scopes: ['https://graph.microsoft.com/Mail.ReadWrite'] };
  const reader = { ...personGraph(sandbox), auth };
  const { environment } = await signedInConnection(sandbox, reader);
  await using connection = await openConnection('MSOAuthHost', reader, environment, {
    directory: test.info().outputPath(),
  });
  const error = await failureOf(connection.send({ to: account, subject: 'Hello' }, { timeout: 20_000 }));
  expect(error.code).toBe('AUTH_CONSENT');
  expect(error.message).toMatch(/^Consent: sending a message .* failed: 403 ErrorAccessDenied/);
  expect(error.message).toContain('the token holds Mail.ReadWrite, and not Mail.Send');
});

test('a person works in a shared mailbox', async () => {
  await using sandbox = await startSandbox();
  const definition = { ...personGraph(sandbox), mailbox: 'support@contoso.com' };
  const { environment } = await signedInConnection(sandbox, definition);
  await using connection = await openConnection('MSOAuthHost', definition, environment, {
    directory: test.info().outputPath(),
  });
  const mailbox = await connection.mailbox(undefined, { timeout: 20_000 });
  expect(mailbox.address).toMatch(/^support\+\w+@contoso\.com$/);
  await mailbox.send({ to: mailbox.address, subject: 'Shared' });
  const message = await mailbox.waitForMessage({ subject: 'Shared' });
  expect(message.from?.address).toBe('support@contoso.com');
});

test('everything goes through the proxy', async () => {
  await using sandbox = await startSandbox();
  await using proxy = await serveProxy(`Basic ${btoa('somebody:a-password')}`);
  const url = sandbox.url as `http://${string}`;
  const definition = {
    ...sandboxConnection({ protocol: 'graph', url }),
    proxy: `http://somebody:a-password@127.0.0.1:${proxy.port}`,
  } as const;
  await using connection = await openConnection('sandbox', definition, {});
  const mailbox = await connection.mailbox(undefined, { timeout: 20_000 });
  await mailbox.send({ to: mailbox.address, subject: 'Hello' });
  await mailbox.waitForMessage({ subject: 'Hello' });
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(url).host}`]));
  await proxy[Symbol.asyncDispose]();
  const error = await failureOf(mailbox.send({ to: mailbox.address, subject: 'Hello' }, { timeout: 3000 }));
  // The message surely did not leave: it is tried again until the time is up.
  expect(error).toMatchObject({ code: 'DEADLINE', cause: { code: 'PROXY' } });
  expect(error.message).not.toContain('a-password');
});

/** What somebody has who turned a connection for EWS into one for Graph. */
function personGraph(sandbox: Sandbox): GraphDefinition {
  return { ...personDefinition(sandbox), protocol: 'graph', auth: personAuth(sandbox) };
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
