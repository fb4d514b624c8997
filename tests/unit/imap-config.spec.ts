import { expect, test } from '@playwright/test';
import { defineConnections, env, sandboxConnection } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ResolvedImap } from '../../src/config/resolved.js';
import type { ExchangeError } from '../../src/errors.js';

const oauth2 = {
  type: 'oauth2',
  tenantId: 'contoso.com',
  clientId: 'app',
  clientSecret: 'secret',
  redirectUrl: 'http://localhost:3000/oauth/callback',
} as const;
const app = { ...oauth2, grant: 'client_credentials' } as const;
const basic = { type: 'basic', password: 'secret' } as const;
const user = 'qa@contoso.com';

async function resolve(definition: unknown, environment: Record<string, string> = {}): Promise<ResolvedImap> {
  return (await resolveConnection('imap', definition, environment)) as ResolvedImap;
}

async function faults(definition: unknown): Promise<readonly string[]> {
  const failure = resolve(definition).then(
    () => undefined,
    (error: ExchangeError) => error,
  );
  return (await failure)?.advice ?? [];
}

test('for Microsoft 365 nothing but the sign-in has to be said', async () => {
  expect(await resolve({ protocol: 'imap', auth: oauth2 })).toMatchObject({
    protocol: 'imap',
    imap: { host: 'outlook.office365.com', port: 993, security: 'tls' },
    smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls', keepsCopy: true },
    addressing: 'plus',
    proxy: 'system',
    auth: {
      scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
    },
  });
});

test('an app without a user asks for what it was granted', async () => {
  const { auth } = await resolve({ protocol: 'imap', user, auth: app });
  expect(auth).toMatchObject({ scopes: ['https://outlook.office365.com/.default'] });
});

for (const [cloud, host, smtp] of [
  ['us-gov', 'outlook.office365.us', 'smtp.office365.us'],
  ['china', 'partner.outlook.cn', 'smtp.partner.outlook.cn'],
] as const) {
  test(`the cloud ${cloud} has hosts and scopes of its own`, async () => {
    expect(await resolve({ protocol: 'imap', auth: { ...oauth2, cloud } })).toMatchObject({
      imap: { host },
      smtp: { host: smtp, keepsCopy: true },
      auth: { scopes: [`https://${host}/IMAP.AccessAsUser.All`, `https://${host}/SMTP.Send`] },
    });
  });
}

test('another server has plain addresses, and sends only where it is told how', async () => {
  const definition = { protocol: 'imap', host: 'mail.contoso.com', user, auth: basic };
  expect(await resolve(definition)).toMatchObject({
    imap: { host: 'mail.contoso.com', port: 993 },
    smtp: undefined,
    addressing: 'plain',
  });
  expect(await resolve({ ...definition, smtp: { security: 'tls' } })).toMatchObject({
    smtp: { host: 'mail.contoso.com', port: 465, security: 'tls', keepsCopy: false },
  });
});

test('a port may stand with the host or beside it, as a number or in a variable', async () => {
  const definition = { protocol: 'imap', user, auth: basic, security: 'starttls' };
  expect(await resolve({ ...definition, host: 'Mail.contoso.com' })).toMatchObject({
    imap: { host: 'mail.contoso.com', port: 143 },
  });
  expect(await resolve({ ...definition, host: 'mail.contoso.com:1143' })).toMatchObject({ imap: { port: 1143 } });
  const inVariable = { ...definition, host: 'mail.contoso.com', port: env('IMAP_PORT') };
  expect(await resolve(inVariable, { IMAP_PORT: '2143' })).toMatchObject({ imap: { port: 2143 } });
});

test('a port that is none, and a host that is to be found, are faults', async () => {
  const definition = { protocol: 'imap', user, auth: basic };
  expect(await faults({ ...definition, host: 'imap.contoso.com:99999' })).toEqual([
    'host: must be a host name, or host:port',
  ]);
  expect(await faults({ ...definition, host: 'autodiscover' })).toEqual([
    'host: must name the server: Autodiscover finds EWS only',
  ]);
});

test('of plain text to a host whose variable is not set, only the variable is told, and what sets it', async () => {
  expect(await faults(sandboxConnection({ protocol: 'imap' }))).toEqual([
    expect.stringContaining('Add sandboxServer() to webServer'),
    'host: the environment variable PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP is not set',
    'smtp.host: the environment variable PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP is not set',
    'auth.cloud: the environment variable PLAYWRIGHT_EXCHANGE_SANDBOX is not set',
  ]);
});

test('plain text is accepted for this machine only', async () => {
  const local = {
    protocol: 'imap',
    host: 'localhost',
    security: 'none',
    smtp: { security: 'none' },
    user,
    auth: basic,
  };
  expect(await resolve(local)).toMatchObject({ imap: { port: 143, security: 'none' }, smtp: { security: 'none' } });
  expect(await faults({ ...local, host: 'mail.contoso.com' })).toEqual([
    `security: 'none' is accepted for a host on this machine only`,
    `smtp.security: 'none' is accepted for a host on this machine only`,
  ]);
  expect(await faults({ protocol: 'imap', security: 'none', user, auth: basic })).toHaveLength(1);
});

test('all faults come at once', async () => {
  const faulty = {
    protocol: 'imap',
    host: 'mail contoso',
    port: '99999',
    security: 'ssl',
    smtp: { host: 'smtp.contoso.com:25', port: 25, colour: 'green' },
    auth: { type: 'basic' },
  };
  expect(await faults(faulty)).toEqual(
    expect.arrayContaining([
      'user: is required with basic authentication',
      'auth.password: is required with basic authentication',
      'host: must be a host name, or host:port',
      'port: must be a port number',
      `security: must be 'tls', 'starttls' or 'none'`,
      'smtp.port: is given twice: host has a port too',
      'smtp.colour: is not a field of a connection',
    ]),
  );
});

test('a definition without a protocol says so beside its other faults', async () => {
  expect(await faults({ user: 'qa', auth: oauth2 })).toEqual([
    `protocol: is required: 'ews', 'imap' or 'graph'`,
    'user: must be an e-mail address',
  ]);
});

test("the sandbox's connection needs nothing but the sandbox's addresses, from here or from the environment", async () => {
  const variables = {
    PLAYWRIGHT_EXCHANGE_SANDBOX: 'http://127.0.0.1:4600',
    PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP: '127.0.0.1:4643',
    PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP: '127.0.0.1:4625',
  };
  const expected = {
    imap: { host: '127.0.0.1', port: 4643, security: 'none' },
    smtp: { host: '127.0.0.1', port: 4625, security: 'none', keepsCopy: true },
    addressing: 'plus',
    proxy: 'none',
    cloud: { isStandIn: true, login: 'http://127.0.0.1:4600' },
  };
  const { fromHere, fromEnvironment } = defineConnections({
    fromHere: sandboxConnection({ protocol: 'imap', env: variables }),
    fromEnvironment: sandboxConnection({ protocol: 'imap' }),
  });
  expect(await resolve(fromHere)).toMatchObject(expected);
  expect(await resolve(fromEnvironment, variables)).toMatchObject(expected);
});
