import { expect, test } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConnections, env, sandboxConnection } from '../../src/config/index.js';
import { loadEnvironment } from '../../src/config/environment.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ExchangeError } from '../../src/errors.js';

const oauth2 = {
  type: 'oauth2',
  tenantId: 'contoso.com',
  clientId: 'app',
  clientSecret: 'secret',
  redirectUrl: 'http://localhost:3000/oauth/callback',
} as const;

async function faults(definition: unknown, environment: Record<string, string> = {}): Promise<ExchangeError> {
  return await resolveConnection('MSOAuthHost', definition, environment).then(
    () => {
      throw new Error('the definition was taken');
    },
    (error: ExchangeError) => error,
  );
}

test('a complete definition is resolved with its defaults', async () => {
  const resolved = await resolveConnection(
    'MSOAuthHost',
    { protocol: 'ews', user: 'qa@contoso.com', auth: oauth2 },
    {},
  );
  expect(resolved).toMatchObject({
    name: 'MSOAuthHost',
    protocol: 'ews',
    host: 'https://outlook.office365.com/EWS/Exchange.asmx',
    addressing: 'plus',
    proxy: 'system',
    auth: { grant: 'authorization_code', scopes: ['https://outlook.office365.com/EWS.AccessAsUser.All'] },
  });
});

test('a reference is read from the environment when the connection is resolved', async () => {
  const definitions = defineConnections({
    MSOAuthHost: { protocol: 'ews', auth: { ...oauth2, clientSecret: env('MS_CLIENT_SECRET') } },
  });
  const resolved = await resolveConnection('MSOAuthHost', definitions.MSOAuthHost, { MS_CLIENT_SECRET: 's3cret' });
  expect(resolved.auth).toMatchObject({ credential: { secret: 's3cret' } });
});

test('all faults of a definition come in one error that names field and variable', async () => {
  const error = await faults(
    {
      protocol: 'ews',
      host: 'http://exchange.contoso.com',
      user: 'qa',
      colour: 'green',
      auth: { type: 'oauth2', tenantId: env('MS_TENANT_ID'), clientId: env('MS_CLIENT_ID'), clientSecret: 'secret' },
    },
    { MS_CLIENT_ID: '' },
  );
  expect(error.code).toBe('CONFIGURATION');
  expect(error.message).toContain('The connection "MSOAuthHost" can\'t be opened: its definition has 6 faults.');
  expect(error.advice).toEqual(
    expect.arrayContaining([
      'auth.tenantId: the environment variable MS_TENANT_ID is not set',
      'auth.clientId: the environment variable MS_CLIENT_ID is empty',
      'auth.redirectUrl: is required for the authorization_code grant',
      `host: must be 'autodiscover', a host name, host:port, or an https URL (plain http only on loopback)`,
      'user: must be an e-mail address',
      'colour: is not a field of a connection',
    ]),
  );
  expect(error.message).not.toContain('secret');
});

for (const field of ['tenantId', 'clientId', 'clientSecret', 'redirectUrl'] as const) {
  test(`${field} is mandatory for an OAuth connection, with Auto Discover and with a host`, async () => {
    const { [field]: _, ...auth } = oauth2;
    const wanted = expect.stringContaining(`auth.${field}: is required for the authorization_code grant`);
    for (const host of ['autodiscover', 'mail.contoso.com']) {
      const error = await faults({ protocol: 'ews', host, user: 'qa@contoso.com', auth });
      expect(error.advice).toEqual([wanted]);
    }
  });
}

test('Auto Discover needs the user; a supplied host does not', async () => {
  const error = await faults({ protocol: 'ews', host: 'autodiscover', auth: oauth2 });
  expect(error.advice).toEqual([`user: is required with host 'autodiscover'`]);
  const resolved = await resolveConnection('x', { protocol: 'ews', host: 'mail.contoso.com', auth: oauth2 }, {});
  expect(resolved).toMatchObject({ user: undefined, host: 'https://mail.contoso.com/EWS/Exchange.asmx' });
});

test('the old connection type is refused with the way to move on', async () => {
  const error = await faults({ type: 'online-exchange-account', user: 'qa@contoso.com', password: 'secret' });
  expect(error.code).toBe('CONFIGURATION');
  expect(error.message).toContain(`'online-exchange-account'`);
  expect(error.message).toContain(`protocol: 'ews'`);
});

test('host may be a name, a name with a port, or a whole URL', async () => {
  const hosts = {
    'mail.contoso.com': 'https://mail.contoso.com/EWS/Exchange.asmx',
    'mail.contoso.com:8443': 'https://mail.contoso.com:8443/EWS/Exchange.asmx',
    'https://mail.contoso.com/ews/other.asmx': 'https://mail.contoso.com/ews/other.asmx',
  };
  for (const [host, expected] of Object.entries(hosts)) {
    expect(await resolveConnection('x', { protocol: 'ews', host, auth: oauth2 }, {})).toMatchObject({ host: expected });
  }
});

for (const host of ['mail.contoso.com:99999', 'mail.contoso.com:0', 'mail..contoso.com', 'mail.contoso.com/ews']) {
  test(`the host ${host} is a fault of the definition`, async () => {
    const error = await faults({ protocol: 'ews', host, user: 'qa@contoso.com', auth: oauth2 });
    expect(error.advice).toEqual([expect.stringMatching(/^host: must be 'autodiscover', a host name, host:port/)]);
  });
}

test('a password in the host is a fault, which does not show it', async () => {
  const host = 'https://qa:pa55@mail.contoso.com/EWS/Exchange.asmx';
  const error = await faults({ protocol: 'ews', host, user: 'qa@contoso.com', auth: oauth2 });
  expect(error.advice).toEqual(['host: must not hold a user name or a password: they belong in auth']);
});

test("'autodiscover' is understood in any case", async () => {
  const definition = { protocol: 'ews', host: 'AutoDiscover', auth: oauth2 };
  expect((await faults(definition)).advice).toEqual([`user: is required with host 'autodiscover'`]);
  const resolved = await resolveConnection('x', { ...definition, user: 'qa@contoso.com' }, {});
  expect(resolved).toMatchObject({ host: 'autodiscover' });
});

test('a server that is not Microsoft 365 gets plain addressing', async () => {
  const definition = {
    protocol: 'ews',
    host: 'mail.contoso.com',
    user: 'qa@contoso.com',
    auth: { type: 'basic', password: 'secret' },
  };
  expect(await resolveConnection('x', definition, {})).toMatchObject({ addressing: 'plain' });
});

test("the sandbox's connection needs nothing but the sandbox's URL", async () => {
  const resolved = await resolveConnection('sandbox', sandboxConnection({ protocol: 'ews' }), {
    PLAYWRIGHT_EXCHANGE_SANDBOX: 'http://127.0.0.1:4600',
  });
  expect(resolved).toMatchObject({
    host: 'http://127.0.0.1:4600/EWS/Exchange.asmx',
    addressing: 'plus',
    cloud: { isStandIn: true, login: 'http://127.0.0.1:4600' },
  });
});

test('a .env file is read, and what the process has set wins over it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'env-'));
  try {
    await writeFile(join(directory, '.env'), 'FROM_FILE=file\nPATH=file\n');
    const environment = await loadEnvironment(directory);
    expect(environment['FROM_FILE']).toBe('file');
    expect(environment['PATH']).toBe(process.env['PATH']);
    expect(process.env['FROM_FILE']).toBeUndefined();
  } finally {
    await rm(directory, { recursive: true });
  }
});

for (const [proxy, isTaken] of [
  ['none', true],
  ['http://qa:p%40ss@px.contoso.com:3128', true],
  ['socks4a://px.contoso.com', true],
  ['pac+file:///etc/proxy.pac', true],
  ['px.contoso.com:3128', false],
  ['ftp://px.contoso.com', false],
  ['socks5://:1080', false],
  ['http://qa:100%s3cret@px.contoso.com', false],
] as const) {
  test(`the proxy ${proxy} is ${isTaken ? 'taken' : 'refused, without a word of it'}`, async () => {
    const definition = { protocol: 'ews', user: 'qa@contoso.com', auth: oauth2, proxy };
    if (isTaken) {
      expect(await resolveConnection('MSOAuthHost', definition, {})).toMatchObject({ proxy });
      return;
    }
    const { message } = await faults(definition);
    expect(message).toMatch(/proxy: must be 'system', 'none', or a URL: http:\/\/[^]*percent-encoded/);
    expect(message).not.toContain(proxy);
  });
}
