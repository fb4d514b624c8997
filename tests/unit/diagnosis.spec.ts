import { expect, test as base } from '@playwright/test';
import { sandboxConnection, type ConnectionDefinition, type ImapDefinition } from '../../src/config/index.js';
import { diagnose, type DiagnoseOptions } from '../../src/diagnosis/diagnose.js';
import { legNames, type Diagnosis, type LegName, type LegResult } from '../../src/diagnosis/leg.js';
import { createCertificate } from '../../src/sandbox/server/certificate.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import type { LmtpMail } from '../support/lmtp-client.js';
import { startSubmissionServer } from '../support/submission-server.js';
import { serveProxy } from './network-servers.js';

const user = 'qa@contoso.com';

interface Fixtures {
  sandbox: Sandbox;
  ews: ConnectionDefinition;
  imap: ImapDefinition;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
  ews: async ({ sandbox }, use) => {
    await use(sandboxConnection({ protocol: 'ews', url: sandbox.url as `http://${string}` }));
  },
  imap: async ({ sandbox }, use) => {
    const { url, env } = sandbox;
    await use(sandboxConnection({ protocol: 'imap', url: url as `http://${string}`, env }));
  },
});

async function examine(definition: unknown, options: Partial<DiagnoseOptions> = {}): Promise<Diagnosis> {
  const definitions = { qa: definition as ConnectionDefinition };
  return await diagnose('qa', definitions, {
    environment: {},
    directory: '',
    timeout: 20_000,
    sends: true,
    report() {},
    ...options,
  });
}

function leg({ legs }: Diagnosis, name: LegName): LegResult {
  return legs.find((result) => result.name === name)!;
}

/** The one leg that failed; those before it did not, and those after it were not tried. */
function failedLeg(diagnosis: Diagnosis): LegResult {
  const index = diagnosis.legs.findIndex(({ status }) => status === 'failed');
  const failed = diagnosis.legs[index]!;
  const later = diagnosis.legs.slice(index + 1).filter(({ name }) => name !== 'clean-up');
  expect(later).toEqual(later.map(({ name }) => expect.objectContaining({ name, detail: `${failed.name} failed` })));
  expect(later.every(({ status }) => status === 'skipped')).toBe(true);
  expect(diagnosis.legs.map(({ name }) => name)).toEqual(legNames);
  expect(diagnosis.ok).toBe(false);
  return failed;
}

for (const protocol of ['ews', 'imap', 'graph'] as const) {
  test(`a connection over ${protocol} that is well passes every leg, and nothing is left of its mails`, async ({
    sandbox,
  }) => {
    const { url, env } = sandbox;
    const diagnosis = await examine(sandboxConnection({ protocol, url: url as `http://${string}`, env }));
    expect(diagnosis.legs.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(diagnosis.ok).toBe(true);
    expect(diagnosis.legs.map(({ name }) => name)).toEqual(legNames);
    expect(leg(diagnosis, 'token').facts).toMatchObject({ opaque: false, roles: expect.any(Array) });
    expect(leg(diagnosis, 'mail').facts).toEqual({ latency: expect.any(Number) });
    expect(leg(diagnosis, 'push').status).toBe(protocol === 'graph' ? 'skipped' : 'passed');
    const left = [...sandbox.store.accounts].flatMap(({ folders }) =>
      folders.flatMap((folder) => [...folder.above(0)]),
    );
    expect(left).toEqual([]);
  });
}

test('a faulty definition is told apart from a variable that is not set', async () => {
  const auth = { type: 'oauth2', tenantId: { env: 'NO_TENANT' }, clientId: { env: 'NO_CLIENT' }, clientSecret: 's' };
  const definition = failedLeg(await examine({ protocol: 'ews', user: 'nobody', auth }));
  expect(definition).toMatchObject({ name: 'definition', error: { code: 'CONFIGURATION' } });
  expect(definition.error?.advice.join('\n')).not.toContain('NO_TENANT');
  const app = { ...auth, grant: 'client_credentials' };
  expect(failedLeg(await examine({ protocol: 'ews', user, auth: app }))).toMatchObject({
    name: 'variables',
    error: {
      advice: [
        'auth.tenantId: the environment variable NO_TENANT is not set',
        'auth.clientId: the environment variable NO_CLIENT is not set',
      ],
    },
  });
});

test('a proxy is named, without its password, where it can not be reached and where it can', async ({ ews }) => {
  const proxy = await serveProxy();
  const url = `http://somebody:a-password@127.0.0.1:${proxy.port}`;
  const reached = await examine({ ...ews, proxy: url }, { sends: false });
  expect(leg(reached, 'proxy')).toMatchObject({ status: 'passed', detail: `http://127.0.0.1:${proxy.port}` });
  await proxy[Symbol.asyncDispose]();
  const failed = failedLeg(await examine({ ...ews, proxy: url }));
  expect(failed).toMatchObject({ name: 'proxy', error: { code: 'PROXY' } });
  expect(JSON.stringify([reached, failed])).not.toContain('a-password');
});

test('every server is reached through the proxy, which looks its name up; a password that it wants is asked for', async ({
  sandbox,
  imap,
}) => {
  await using proxy = await serveProxy(`Basic ${Buffer.from('somebody:a-password').toString('base64')}`);
  const tls = { port: sandbox.imap.tlsPort, security: 'tls', tls: { ca: sandbox.ca } } as const;
  const through = (who: string) => ({
    ...imap,
    host: '127.0.0.1',
    ...tls,
    proxy: `http://${who}127.0.0.1:${proxy.port}`,
  });
  const known = await examine(through('somebody:a-password@'), { sends: false });
  expect(leg(known, 'host').detail).toContain(`127.0.0.1:${sandbox.imap.tlsPort}: left to the proxy`);
  expect(leg(known, 'tls').status).toBe('passed');
  expect(leg(known, 'mailbox').status).toBe('passed');
  expect(proxy.asked).toContain(`CONNECT 127.0.0.1:${sandbox.imap.tlsPort}`);
  expect(failedLeg(await examine(through('')))).toMatchObject({ name: 'tls', error: { code: 'PROXY' } });
});

test('a host that has no address is named', async ({ imap }) => {
  // No name server has to be asked about a label of more than 63 octets (RFC 1035 section 2.3.4).
  const host = `${'a'.repeat(64)}.contoso.com`;
  expect(failedLeg(await examine({ ...imap, host, security: 'tls' }))).toMatchObject({
    name: 'host',
    error: { code: 'NETWORK', summary: expect.stringContaining(host) },
  });
});

test('where Autodiscover leads is shown, or what it was told', async ({ sandbox, ews }) => {
  const definition = { ...ews, host: 'autodiscover' };
  expect(leg(await examine(definition, { sends: false }), 'host')).toMatchObject({
    status: 'passed',
    facts: { autodiscovered: `${sandbox.url}/EWS/Exchange.asmx` },
  });
  await sandbox.close();
  expect(failedLeg(await examine(definition))).toMatchObject({ name: 'host', error: { code: 'AUTODISCOVER' } });
});

for (const security of ['tls', 'starttls'] as const) {
  test(`a certificate by ${security} is shown with its issuer, or why it is not trusted`, async ({ sandbox, imap }) => {
    const port = security === 'tls' ? sandbox.imap.tlsPort : sandbox.imap.port;
    const definition = { ...imap, host: '127.0.0.1', port, security };
    const trusted = await examine({ ...definition, tls: { ca: sandbox.ca } }, { sends: false });
    expect(leg(trusted, 'tls')).toMatchObject({
      status: 'passed',
      facts: {
        servers: expect.arrayContaining([
          {
            server: `127.0.0.1:${port}`,
            issuer: 'playwright-exchange sandbox CA',
            validUntil: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          },
        ]),
      },
    });
    // Node's own switch is not obeyed.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    expect(failedLeg(await examine(definition))).toMatchObject({
      name: 'tls',
      error: { code: 'NETWORK', advice: expect.arrayContaining([expect.stringContaining('tls.ca')]) },
    });
  });
}

test.afterEach(() => {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
});

test('a wrong secret fails where the app signs in', async ({ ews }) => {
  const failed = failedLeg(await examine({ ...ews, auth: { ...ews.auth, clientSecret: 'wrong-secret' } }));
  expect(failed).toMatchObject({ name: 'sign-in', error: { code: 'AUTH_CLIENT_SECRET' } });
  expect(JSON.stringify(failed)).not.toContain('wrong-secret');
});

test('a password is tried where the mailbox opens', async ({ ews }) => {
  const basic = (password: string) => ({ ...ews, auth: { type: 'basic', password } });
  const right = await examine(basic('secret'), { sends: false });
  expect(leg(right, 'sign-in')).toMatchObject({ status: 'skipped', detail: expect.stringContaining(user) });
  expect(leg(right, 'mailbox').status).toBe('passed');
  expect(failedLeg(await examine(basic('wrong')))).toMatchObject({ name: 'mailbox', error: { code: 'AUTH_REFUSED' } });
});

test('a tenant where EWS is switched off is told the way on', async ({ sandbox, ews }) => {
  sandbox.faults.ewsDisabled = true;
  const { name, error } = failedLeg(await examine(ews));
  expect({ name, code: error?.code }).toEqual({ name: 'mailbox', code: 'EWS_DISABLED' });
  expect(error?.advice.join('\n')).toContain('Set-OrganizationConfig');
});

test('a server that is too busy for a subscription fails there', async ({ sandbox, ews }) => {
  const report = ({ name }: LegResult): void => {
    if (name === 'mailbox') sandbox.faults.busy = { times: 1, backOffMilliseconds: 10 };
  };
  expect(failedLeg(await examine(ews, { report }))).toMatchObject({
    name: 'subscribe',
    error: { code: 'SERVER_BUSY' },
  });
});

test('push that is refused is no failure: the mail is found by looking', async ({ sandbox, ews }) => {
  sandbox.faults.maxStreams = 0;
  const diagnosis = await examine(ews);
  expect(leg(diagnosis, 'subscribe')).toMatchObject({ status: 'skipped', detail: expect.stringContaining('polled') });
  expect(leg(diagnosis, 'mail').status).toBe('passed');
  expect(diagnosis.ok).toBe(true);
});

test('push that tells nothing is a failure, and addresses are tried all the same', async ({ sandbox, ews }) => {
  sandbox.faults.losePushes = 1;
  const diagnosis = await examine(ews, { timeout: 4000 });
  expect(leg(diagnosis, 'subscribe').status).toBe('passed');
  expect(leg(diagnosis, 'mail').status).toBe('passed');
  expect(leg(diagnosis, 'push')).toMatchObject({ status: 'failed', error: { code: 'PUSH_UNAVAILABLE' } });
  expect(leg(diagnosis, 'addressing').status).toBe('passed');
  expect(diagnosis.ok).toBe(false);
});

/** An SMTP server of one's own, between the account and the sandbox. */
async function relayed(imap: ImapDefinition, relay: (mail: LmtpMail) => void, options: Partial<DiagnoseOptions> = {}) {
  const tls = createCertificate();
  const lmtp = { deliver: async (mail: LmtpMail) => relay(mail) };
  await using server = await startSubmissionServer({ lmtp, tls, signIn: () => true });
  const smtp = { host: '127.0.0.1', port: server.port, security: 'starttls', keepsCopy: false } as const;
  return await examine({ ...imap, smtp, tls: { ca: tls.ca } }, options);
}

test('a tag that is stripped on the way is named', async ({ sandbox, imap }) => {
  const strip = ({ to, raw }: LmtpMail): void => {
    const source = Buffer.from(raw.toString().replace(/\+\w+@/g, '@'));
    sandbox.store.deliver({ to: to.map((address) => address.replace(/\+\w+@/, '@')), source });
  };
  const diagnosis = await relayed(imap, strip);
  const { name, error } = failedLeg(diagnosis);
  expect({ name, code: error?.code }).toEqual({ name: 'addressing', code: 'CONFIGURATION' });
  expect(error?.summary).toMatch(/The mail to qa\+\w+@contoso\.com came, but for qa@contoso\.com/);
  expect(leg(diagnosis, 'clean-up').detail).toBe('4 messages deleted');
});

test('a mail that does not come back is said to be in Junk Email where it is, and is deleted there', async ({
  sandbox,
  imap,
}) => {
  const toJunk = ({ to, raw }: LmtpMail) => void sandbox.store.deliver({ to, source: raw, folder: 'junkemail' });
  const diagnosis = await relayed(imap, toJunk, { timeout: 1500 });
  const { name, error } = failedLeg(diagnosis);
  expect({ name, code: error?.code }).toEqual({ name: 'mail', code: 'MESSAGE_TIMEOUT' });
  expect(error?.advice.join('\n')).toMatch(/is in the folder .*Junk/);
  expect(sandbox.store.account(user).folder('junkemail').above(0)).toEqual([]);
});

test('without mails the legs that need one are left out', async ({ sandbox, ews }) => {
  const diagnosis = await examine(ews, { sends: false });
  for (const name of ['mail', 'push', 'addressing', 'clean-up'] as const) {
    expect(leg(diagnosis, name)).toMatchObject({ status: 'skipped', detail: '--no-send' });
  }
  expect(diagnosis.ok).toBe(true);
  expect([...sandbox.store.account(user).folder('inbox').above(0)]).toEqual([]);
});

test('a leg that takes too long is given up', async ({ sandbox, ews }) => {
  sandbox.faults.delay = 60_000;
  expect(failedLeg(await examine(ews, { timeout: 500 }))).toMatchObject({
    name: 'sign-in',
    error: { code: 'DEADLINE', summary: 'It was not done within 0.5 s.' },
  });
});
