import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { recording, recordings } from '../support/recordings.js';
import { shapeOf } from '../support/shape-of.js';
import { authorizeUrl, redirectUrl, signIn, user } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox({ apps: [{ clientId: 'api', clientSecret: 'sandbox' }] });
  await sandbox.deliver({ to: user, subject: 'Hello', html: '<p>Hello</p>' });
});
test.afterAll(() => sandbox.close());

function post(path: string, form: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'sandbox', ...form });
  return fetch(`${sandbox.url}/contoso.com/${path}`, { method: 'POST', body });
}

async function get(path: string, token: string): Promise<Response> {
  return fetch(`${sandbox.url}/v1.0${path}`, { headers: { Authorization: `Bearer ${token}` } });
}

async function fieldOf(response: Promise<Response>, name: string): Promise<string> {
  return String(((await (await response).json()) as Record<string, unknown>)[name]);
}

interface Page {
  readonly value: readonly { readonly id: string }[];
  readonly '@odata.deltaLink'?: string;
}

const delta = 'GET /mailFolders/inbox/messages/delta?$select=subject,sender,isRead';
const inPacific = { Prefer: 'outlook.timezone="Pacific Standard Time"' };
const lunch = {
  subject: 'Lunch',
  body: { contentType: 'html', content: 'Soup' },
  start: { dateTime: '2026-07-01T12:00:00', timeZone: 'Pacific Standard Time' },
  end: { dateTime: '2026-07-01T13:00:00', timeZone: 'Pacific Standard Time' },
  location: { displayName: 'Canteen' },
  attendees: [{ emailAddress: { address: 'ann@contoso.com', name: 'Ann' }, type: 'required' }],
};

/** Asks for something of the user's, or by a link that an answer gave, in the name of an app. */
async function askGraph(
  what: string,
  { headers = {}, body }: { headers?: object; body?: object } = {},
): Promise<Response> {
  const token = await fieldOf(post('oauth2/v2.0/token', forApp), 'access_token');
  const [, method = 'GET', path = what] = /^([A-Z]+) (.*)$/.exec(what) ?? [];
  const root = `${sandbox.url}/v1.0/`;
  const url = path.startsWith('http') ? path : root + (path.startsWith('/') ? `users/${user}${path}` : path);
  const json = body && { 'Content-Type': 'application/json' };
  return fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const graph = 'https://graph.microsoft.com';
const forApp = { grant_type: 'client_credentials', scope: `${graph}/.default` };

/** A code of a person who has signed in. */
async function codeFor(query: Readonly<Record<string, string>>, path?: string): Promise<Record<string, string>> {
  const url = path ? authorizeUrl(sandbox, query).replace('oauth2/v2.0/authorize', path) : authorizeUrl(sandbox, query);
  const { location } = await signIn(url);
  const code = location?.searchParams.get('code') ?? '';
  return { grant_type: 'authorization_code', code, redirect_uri: redirectUrl };
}

async function onBehalf(scope: string): Promise<Response> {
  const form = await codeFor({ scope: 'openid api://api/access_as_user' });
  const assertion = await fieldOf(post('oauth2/v2.0/token', form), 'access_token');
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  return post('oauth2/v2.0/token', {
    client_id: 'api',
    grant_type,
    requested_token_use: 'on_behalf_of',
    assertion,
    scope,
  });
}

function soap(body: string): Promise<Response> {
  return fetch(`${sandbox.url}/EWS/Exchange.asmx`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${user}:secret`)}` },
    body:
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">' +
      `<s:Body>${body}</s:Body></s:Envelope>`,
  });
}

function discover(file: string, body: string): Promise<Response> {
  const headers = { Authorization: `Basic ${btoa(`${user}:secret`)}` };
  return fetch(`${sandbox.url}/autodiscover/${file}`, { method: 'POST', headers, body });
}

const syncInbox =
  '<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId><m:MaxChangesReturned>1</m:MaxChangesReturned></m:SyncFolderItems>';

/** How the sandbox is brought to answer the same. */
const same: Readonly<Record<string, () => Promise<Response>>> = {
  'identity/token-error': () => post('oauth2/v2.0/token', { ...forApp, scope: `${graph}/Mail.Read` }),
  'identity/token-for-app': () => post('oauth2/v2.0/token', forApp),
  'identity/tokens-on-behalf': () => onBehalf(`${graph}/User.Read offline_access`),
  'identity/claims-challenge': async () => {
    const response = codeFor({ scope: 'openid api://api/access_as_user' });
    const assertion = await fieldOf(post('oauth2/v2.0/token', await response), 'access_token');
    sandbox.faults.token = { code: 50079, times: 1 };
    return post('oauth2/v2.0/token', { client_id: 'api', assertion });
  },
  'identity/tokens-version-1': async () => {
    const form = await codeFor({ resource: graph }, 'oauth2/authorize');
    return post('oauth2/token', { ...form, resource: graph });
  },
  'identity/device-code': () => post('oauth2/v2.0/devicecode', { client_id: 'sandbox-public', scope: 'User.Read' }),
  'graph/bad-token': () => get('/me', 'none'),
  'graph/message': async () => {
    const { value } = (await (await askGraph('GET /mailFolders/inbox/messages')).json()) as Page;
    return askGraph(`GET /messages/${value[0]?.id}`);
  },
  'graph/event': () => askGraph('POST /events', { headers: inPacific, body: lunch }),
  'graph/instances': async () => {
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'] },
      range: { type: 'numbered', startDate: '2026-07-01', numberOfOccurrences: 1 },
    };
    const id = await fieldOf(askGraph('POST /events', { body: { ...lunch, recurrence } }), 'id');
    const window = 'startDateTime=2026-07-01&endDateTime=2026-08-01';
    const select = '$select=subject,bodyPreview,seriesMasterId,type,recurrence,start,end';
    return askGraph(`GET /events/${id}/instances?${window}&${select}`);
  },
  'graph/delta-page': async () => {
    await sandbox.deliver({ to: user, subject: 'More', text: 'More' });
    return askGraph(delta, { headers: { Prefer: 'odata.maxpagesize=1' } });
  },
  'graph/delta-changes': async () => {
    await sandbox.deliver({ to: user, subject: 'Gone', text: 'Gone' });
    const { value, ...links } = (await (await askGraph(delta)).json()) as Page;
    const [kept, gone] = value;
    await askGraph(`PATCH /messages/${kept!.id}`, { body: { flag: { flagStatus: 'flagged' } } });
    await askGraph(`DELETE /messages/${gone!.id}`);
    return askGraph(String(links['@odata.deltaLink']));
  },
  'graph/batch': () =>
    askGraph('POST $batch', {
      body: {
        requests: [
          {
            id: '1',
            method: 'GET',
            url: '/users?$select=id,displayName,userPrincipalName&$count=true',
            headers: { ConsistencyLevel: 'eventual' },
          },
          {
            id: '2',
            method: 'PUT',
            url: `/users/${user}/messages`,
            body: {},
            headers: { 'Content-Type': 'application/json' },
          },
        ],
      },
    }),
  'graph/unknown-time-zone': () => {
    const start = { dateTime: '2026-06-06T10:00:00', timeZone: 'Greenwich Mean Time' };
    return askGraph('POST /events', { body: { ...lunch, start } });
  },
  'graph/wrong-kind': () => askGraph('POST /sendMail', { body: { message: { subject: 0 } } }),
  'graph/claims-challenge': () => {
    sandbox.faults.claimsChallenges = 1;
    return askGraph('GET /messages');
  },
  'ews/server-busy': () => {
    sandbox.faults.busy = { times: 1, backOffMilliseconds: 178_510 };
    return soap(syncInbox);
  },
  'ews/schema-violation': () => soap('<m:GetFolder/>'),
  'ews/sync-folder-items': () => soap(syncInbox),
  'ews/autodiscover-pox': () =>
    discover(
      'autodiscover.xml',
      `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${user}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`,
    ),
  'ews/autodiscover-soap': () => {
    const names = ['UserDisplayName', 'AutoDiscoverSMTPAddress', 'EwsSupportedSchemas', 'ExternalEwsUrl'];
    return discover(
      'autodiscover.svc',
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover"><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${user}</a:Mailbox></a:User></a:Users><a:RequestedSettings>${names.map((name) => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`,
    );
  },
  'ews/autodiscover-version-2': () => fetch(`${sandbox.url}/autodiscover/autodiscover.json?Email=${user}&Protocol=Ews`),
};

for (const service of ['identity', 'graph', 'ews'])
  for (const recorded of recordings(service))
    test(`the sandbox answers ${recorded.name} as recorded at ${recorded.source}`, async () => {
      const answer = await same[recorded.name]!();
      const { name, isShortened, body } = recorded;
      expect(answer.status).toBe(recorded.status);
      const wanted = Object.keys(recorded.headers).map((field) => field.toLowerCase());
      expect([...answer.headers.keys()]).toEqual(expect.arrayContaining(wanted));
      expect(mediaType(answer.headers.get('Content-Type'))).toBe(mediaType(recorded.headers['Content-Type']));
      const [own, shape] = [shapeOf(await answer.text()), shapeOf(body)];
      expect(own, name).toEqual(isShortened ? expect.arrayContaining(shape) : shape);
    });

function mediaType(field: string | null | undefined): string | undefined {
  return field?.split(';')[0];
}

test('each recording names where it is shown', () => {
  const all = ['identity', 'graph', 'ews'].flatMap((service) => recordings(service));
  expect(all.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(all.map(({ name }) => name).toSorted()).toEqual(Object.keys(same).toSorted());
  expect(recording('ews/server-busy').status).toBe(500);
});
