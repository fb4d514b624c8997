import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ExchangeError } from '../../src/errors.js';

const oauth2 = {
  type: 'oauth2',
  tenantId: 'contoso.com',
  clientId: 'app',
  clientSecret: 'secret',
  redirectUrl: 'http://localhost:3000/oauth/callback',
} as const;
const graph = { protocol: 'graph', user: 'qa@contoso.com', auth: oauth2 } as const;

async function faults(definition: unknown): Promise<readonly string[]> {
  return await resolveConnection('MSOAuthHost', definition, {}).then(
    () => Promise.reject(new Error('the definition was taken')),
    (error: ExchangeError) => error.advice,
  );
}

async function scopes(definition: object): Promise<readonly string[]> {
  const { auth } = await resolveConnection('MSOAuthHost', { ...graph, ...definition }, {});
  return auth.type === 'oauth2' ? auth.scopes : [];
}

test('a definition for Graph needs no host', async () => {
  expect(await resolveConnection('MSOAuthHost', graph, {})).toMatchObject({
    protocol: 'graph',
    url: 'https://graph.microsoft.com/v1.0',
    addressing: 'plus',
    pollIntervals: [2000, 2000, 2000, 2000, 2000, 3000],
  });
});

test('a definition for EWS becomes one for Graph by one word', async () => {
  for (const host of [
    'autodiscover',
    'outlook.office365.com',
    'https://outlook.office365.com/EWS/Exchange.asmx',
    'graph.microsoft.com',
  ]) {
    expect(await resolveConnection('MSOAuthHost', { ...graph, host }, {})).toMatchObject({
      url: 'https://graph.microsoft.com/v1.0',
    });
  }
});

test('what can only be meant for another protocol is refused, all at once', async () => {
  const auth = { ...oauth2, scopes: ['https://outlook.office365.com/EWS.AccessAsUser.All', 'Mail.Send'] };
  expect(await faults({ ...graph, host: 'exchange.contoso.com', auth, pollIntervals: [0], security: 'tls' })).toEqual([
    `host: can't be exchange.contoso.com: Graph serves Exchange Online only, at https://graph.microsoft.com; leave it out`,
    'auth.scopes: https://outlook.office365.com/EWS.AccessAsUser.All: not of Graph (https://graph.microsoft.com); leave scopes out to ask for what is needed',
    'pollIntervals.0: must be more than 0',
    'security: is not a field of a connection',
  ]);
});

test('a password is refused', async () => {
  expect(await faults({ ...graph, auth: { type: 'basic', password: 'secret' } })).toEqual([
    `auth.type: must have the type 'oauth2'`,
  ]);
});

test('a person is asked for the permissions of the own mailbox, or of shared ones', async () => {
  const own = ['https://graph.microsoft.com/Mail.ReadWrite', 'https://graph.microsoft.com/Mail.Send'];
  expect(await scopes({})).toEqual(own);
  expect(await scopes({ mailbox: 'qa@contoso.com' })).toEqual(own);
  expect(await scopes({ mailbox: 'shared@contoso.com' })).toEqual(own.map((scope) => `${scope}.Shared`));
});

for (const [cloud, login, root] of [
  ['us-gov', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
  ['us-gov-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
  ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
] as const) {
  test(`the cloud ${cloud} has its own Graph`, async () => {
    const auth = { ...oauth2, grant: 'client_credentials', cloud };
    expect(await resolveConnection('MSOAuthHost', { ...graph, auth }, {})).toMatchObject({
      url: `${root}/v1.0`,
      cloud: { login },
      auth: { scopes: [`${root}/.default`] },
    });
  });
}

test('the sandbox is found, and looked at more often', async () => {
  const definition = sandboxConnection({ protocol: 'graph', url: 'http://127.0.0.1:8080' });
  expect(await resolveConnection('sandbox', definition, {})).toMatchObject({
    url: 'http://127.0.0.1:8080/v1.0',
    addressing: 'plus',
    pollIntervals: [50, 100, 250],
    auth: { scopes: ['https://graph.microsoft.com/.default'] },
  });
});
