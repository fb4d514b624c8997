import { expect, test } from '@playwright/test';
import { MsalSession } from '../../src/auth/msal/session.js';
import { openTokenSource } from '../../src/auth/open-token-source.js';
import type { TokenSourceOptions } from '../../src/auth/token-source.js';
import type { Cloud, OAuth2Definition } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ResolvedOAuth2 } from '../../src/config/resolved.js';
import type { HttpClient, HttpRequest } from '../../src/network/http.js';

const worldwide = 'https://login.microsoftonline.com';
const government = 'https://login.microsoftonline.us';
const china = 'https://login.partner.microsoftonline.cn';

/** Where each cloud signs in, what the scopes of EWS are named after, and what its federated credentials are for. */
const clouds: readonly (readonly [cloud: Cloud, login: string, resource: string, audience: string])[] = [
  ['global', worldwide, 'https://outlook.office365.com', 'api://AzureADTokenExchange'],
  ['us-gov', government, 'https://outlook.office365.us', 'api://AzureADTokenExchangeUSGov'],
  ['us-gov-dod', government, 'https://outlook-dod.office365.us', 'api://AzureADTokenExchangeUSGov'],
  ['china', china, 'https://partner.outlook.cn', 'api://AzureADTokenExchangeChina'],
];

interface App extends TokenSourceOptions {
  readonly requests: readonly HttpRequest[];
}

/** An app in a cloud, where everything is answered with a token. */
async function appIn(cloud: Cloud, change: Partial<OAuth2Definition>): Promise<App> {
  const auth = { type: 'oauth2', tenantId: 'contoso.com', clientId: 'app', cloud, ...change } as const;
  const connection = await resolveConnection('MSOAuthHost', { protocol: 'ews', user: 'qa@contoso.com', auth }, {});
  const requests: HttpRequest[] = [];
  const answer = { token_type: 'Bearer', expires_in: 3600, access_token: 'access', value: 'a.federated.token' };
  const http: HttpClient = {
    request: async (request) => {
      requests.push(request);
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) };
    },
    stream: () => Promise.reject(new Error('nothing streams')),
    close() {},
  };
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.contoso.com/token',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'the-job',
  };
  return { connection, auth: connection.auth as ResolvedOAuth2, environment, http, requests, directory: '' };
}

for (const [cloud, login, resource, audience] of clouds) {
  test(`an app in ${cloud} gets its tokens at ${login}, and looks nothing up elsewhere`, async () => {
    const app = await appIn(cloud, { grant: 'client_credentials', clientSecret: 's' });
    await openTokenSource(app);
    expect(app.requests.map(({ url }) => url.replace(/\?.*/, ''))).toEqual([`${login}/contoso.com/oauth2/v2.0/token`]);
    const form = new URLSearchParams(String(app.requests[0]!.body));
    expect(form.get('scope')).toBe(`${resource}/.default`);
  });

  test(`a person of ${cloud} signs in at ${login}`, async () => {
    const app = await appIn(cloud, { clientSecret: 's', redirectUrl: 'http://localhost/callback' });
    const client = await new MsalSession(app).client();
    const url = new URL(
      await client.getAuthCodeUrl({ scopes: [...app.auth.scopes], redirectUri: 'http://localhost/' }),
    );
    expect(`${url.origin}${url.pathname}`).toBe(`${login}/contoso.com/oauth2/v2.0/authorize`);
    expect(url.searchParams.get('scope')).toContain(`${resource}/EWS.AccessAsUser.All`);
    expect(app.requests).toEqual([]);
  });

  test(`GitHub's token is asked for as one for ${cloud}`, async () => {
    const app = await appIn(cloud, { grant: 'client_credentials', assertion: 'github' });
    await openTokenSource(app);
    const [asked, exchanged] = app.requests;
    expect(new URL(asked!.url).searchParams.get('audience')).toBe(audience);
    expect(new URLSearchParams(String(exchanged!.body)).get('client_assertion')).toBe('a.federated.token');
  });
}
