import { expect, test } from '@playwright/test';
import type { ResolvedEws } from '../../src/config/resolved.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { SrvTarget } from '../../src/mail/ews/autodiscover/candidate-hosts.js';
import { discoverEwsUrl } from '../../src/mail/ews/autodiscover/discover-ews-url.js';
import { trustOf } from '../../src/mail/ews/autodiscover/trust.js';
import type { HttpClient, HttpResponse } from '../../src/network/http.js';

const auth = { type: 'basic', password: 's3cret' } as const;
const user = 'qa@contoso.com';

async function connectionOf(address = user): Promise<ResolvedEws> {
  const definition = { protocol: 'ews', host: 'autodiscover', user: address, proxy: 'none', auth };
  return (await resolveConnection('x', definition, {})) as ResolvedEws;
}

test.describe('a password', () => {
  const goes: Readonly<Record<string, readonly string[]>> = {
    'qa@contoso.com': [
      'https://contoso.com/',
      'https://autodiscover.contoso.com/',
      'https://mail.eu.contoso.com:8443/',
      'https://CONTOSO.com./',
      'https://outlook.office365.com/',
      'https://outlook-1.office365.com/',
    ],
    'qa@eu.contoso.com': ['https://mail.contoso.com/', 'https://mail.eu.contoso.com/'],
    'qa@contoso.co.uk': ['https://mail.contoso.co.uk/'],
    'qa@b\u00fccher.example': ['https://mail.xn--bcher-kva.example/', 'https://b\u00fccher.example/'],
    'qa@contoso.local': ['https://mail.contoso.local/'],
    'qa@corp': ['https://corp/', 'https://autodiscover.corp/'],
  };
  for (const [address, urls] of Object.entries(goes)) {
    test(`of ${address} goes to ${urls.join(', ')}`, async () => {
      const { mayReceive, mayBeAsked } = trustOf(await connectionOf(), address);
      for (const url of urls)
        expect([url, mayReceive(new URL(url)), mayBeAsked(new URL(url))]).toEqual([url, true, true]);
    });
  }

  const stays: Readonly<Record<string, readonly string[]>> = {
    'qa@contoso.com': [
      'https://evil.example/',
      'https://notcontoso.com/',
      'https://contoso.com.evil.example/',
      'https://contoso.com@evil.example/',
      'https://contoso.co/',
      'https://com/',
      'https://192.0.2.1/',
      'https://[2001:db8::1]/',
      'https://127.0.0.1/',
      'https://localhost/',
      'https://office365.com.evil.example/',
      'https://notoffice365.com/',
      'https://c\u043entoso.com/',
    ],
    'qa@contoso.co.uk': ['https://evil.co.uk/', 'https://co.uk/', 'https://uk/'],
    'qa@co.uk': ['https://evil.co.uk/'],
    'qa@contoso.github.io': ['https://evil.github.io/', 'https://github.io/'],
    'qa@corp': ['https://evil.corp/', 'https://notcorp/'],
    'qa@': ['https://evil.example/'],
  };
  for (const [address, urls] of Object.entries(stays)) {
    test(`of ${address} does not go to ${urls.join(', ')}, and nothing is asked there`, async () => {
      const { mayReceive, mayBeAsked } = trustOf(await connectionOf(), address);
      for (const url of urls) {
        expect([url, mayReceive(new URL(url)), mayBeAsked(new URL(url))]).toEqual([url, false, false]);
      }
    });
  }
});

type Answer = (path: string, isSignedIn: boolean) => Partial<HttpResponse> | undefined;

/** A network of hosts; who was asked, and who was given the password. */
function network(hosts: Readonly<Record<string, Answer>>) {
  const [asked, told] = [new Set<string>(), new Set<string>()];
  const http: HttpClient = {
    async request({ url, headers }) {
      const { host, pathname } = new URL(url);
      const isSignedIn = 'Authorization' in (headers ?? {});
      asked.add(host);
      if (isSignedIn) told.add(host);
      const answer = hosts[host]?.(pathname, isSignedIn);
      return { status: answer ? 200 : 404, headers: {}, body: Buffer.alloc(0), ...answer };
    },
    stream: () => Promise.reject(new Error('no streams')),
    close: () => {},
  };
  return { http, asked, told };
}

async function discover(http: HttpClient, targets: readonly SrvTarget[] = []): Promise<unknown> {
  const connection = await connectionOf();
  const credentials = { type: 'basic', username: user, password: 's3cret' } as const;
  const found = discoverEwsUrl(connection, { address: user, credentials, http, resolveSrv: async () => targets });
  return await found.catch((error: Error) => error);
}

const challenge: Answer = () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } });
const body = (text: string) => ({ body: Buffer.from(text) });
const evil = { 'evil.example': challenge, 'autodiscover.evil.example': challenge };
const ours = ['autodiscover.contoso.com', 'contoso.com'];

const leads: Readonly<Record<string, Answer>> = {
  'an answer': (path) =>
    path.endsWith('.json') ? body('{"Url":"https://evil.example/EWS/Exchange.asmx"}') : undefined,
  'an answer that looks like one of the own': (path) =>
    path.endsWith('.json') ? body('{"Url":"https://contoso.com@evil.example/EWS/Exchange.asmx"}') : undefined,
  'a redirect': (path) => ({ status: 302, headers: { location: `https://evil.example${path}` } }),
  'a redirect of SOAP': (path, isSignedIn) => {
    if (!path.endsWith('.svc')) return undefined;
    if (!isSignedIn) return challenge(path, isSignedIn);
    return body(
      '<E><Body><GetUserSettingsResponseMessage><Response><UserResponses><UserResponse><ErrorCode>RedirectUrl</ErrorCode>' +
        '<RedirectTarget>https://evil.example/x.svc</RedirectTarget></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></Body></E>',
    );
  },
  'another address': (path, isSignedIn) => {
    if (!path.endsWith('.xml')) return undefined;
    if (!isSignedIn) return challenge(path, isSignedIn);
    return body('<A><Response><Account><RedirectAddr>qa@evil.example</RedirectAddr></Account></Response></A>');
  },
};
for (const [what, answer] of Object.entries(leads)) {
  test(`${what} that leads elsewhere leads nowhere: nothing is asked there, nothing told`, async () => {
    const { http, asked, told } = network({ ...evil, 'contoso.com': answer });
    const error = await discover(http);
    expect(error).toMatchObject({ code: 'AUTODISCOVER', message: expect.stringMatching(/evil\.example/) });
    expect(error).toMatchObject({
      message: expect.stringContaining("name the server as host instead of 'autodiscover'"),
    });
    expect([...asked]).toEqual(ours);
    expect([...told].filter((host) => !ours.includes(host))).toEqual([]);
  });
}

test('a redirect to a host of the own domain is followed, and given the password', async () => {
  const soap: Answer = (path, isSignedIn) =>
    isSignedIn
      ? body(
          '<E><Body><GetUserSettingsResponseMessage><Response><UserResponses><UserResponse><UserSettings><UserSetting>' +
            '<Name>ExternalEwsUrl</Name><Value>https://ada:x@ews.contoso.com/EWS/Exchange.asmx</Value></UserSetting></UserSettings>' +
            '</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></Body></E>',
        )
      : challenge(path, isSignedIn);
  const moved: Answer = (path) =>
    path.endsWith('.svc') ? { status: 307, headers: { location: `https://mail.contoso.com:8443${path}` } } : undefined;
  const { http, told } = network({ 'contoso.com': moved, 'mail.contoso.com:8443': soap });
  expect(await discover(http)).toBe('https://ews.contoso.com/EWS/Exchange.asmx');
  expect([...told]).toEqual(['mail.contoso.com:8443']);
});

test('of SRV records the first five count, and those of the own domain alone', async () => {
  const { http, asked } = network({});
  const strangers = ['evil.example', 'evil.example/', 'contoso.com.evil.example'];
  const names = [...strangers, 'a.contoso.com', 'b.contoso.com', 'c.contoso.com'];
  await discover(
    http,
    names.map((name, priority) => ({ name, port: 443, priority })),
  );
  expect([...asked]).toEqual([...ours, 'a.contoso.com', 'b.contoso.com']);
});
