import { expect, test } from '@playwright/test';
import type { ResolvedEws } from '../../src/config/resolved.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { candidateHosts, type SrvTarget } from '../../src/mail/ews/autodiscover/candidate-hosts.js';
import { discoverEwsUrl } from '../../src/mail/ews/autodiscover/discover-ews-url.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/network/http.js';
import { discover, ewsUrl, json, password, serveAutodiscover, signedIn, soapSettings } from './autodiscover-servers.js';
import { failureOf } from '../support/failure-of.js';

const user = 'qa@contoso.com';
const app = { type: 'oauth2', grant: 'client_credentials', tenantId: 't', clientId: 'c', clientSecret: 's' } as const;
const bearer = { type: 'bearer', username: user, appOnly: true, token: async () => 'token' } as const;

// A worker may come back to this file after it left it.
let http: HttpClient;
test.beforeAll(() => void (http = createHttpClient({ proxy: 'none', ca: [] })));
test.afterAll(() => http.close());

test('a password that is refused is not tried anywhere else', async () => {
  await using server = await serveAutodiscover({ 'autodiscover.svc': signedIn(soapSettings({})) });
  const wrong = { ...password, password: 'wrong' };
  const error = await failureOf(discover(http, [server.url, server.url], { credentials: wrong }));
  expect(error).toMatchObject({ code: 'AUTH_REFUSED', transient: false });
  expect(error.message).toContain(`${server.url}/autodiscover/autodiscover.svc refused user name and password`);
  expect(error.message).not.toContain('wrong');
  expect(server.asked.filter(([, , scheme]) => scheme)).toHaveLength(1);
});

test('a server that takes no passwords gets none', async () => {
  const windowsOnly = signedIn(soapSettings({ ExternalEwsUrl: ewsUrl }), ['Negotiate', 'NTLM']);
  await using server = await serveAutodiscover({ 'autodiscover.svc': windowsOnly });
  const error = await failureOf(discover(http, [server.url]));
  expect(error.advice).toContain(`${server.url}/autodiscover/autodiscover.svc: 401, and it takes Negotiate, NTLM only`);
  expect(server.asked.some(([, , scheme]) => scheme)).toBe(false);
});

test('a token goes to the servers that it is meant for, and EWS has to be on one of them', async () => {
  const challenge = ['Bearer client_id="x", token_types="a b"'];
  await using server = await serveAutodiscover({
    'autodiscover.json': json({ Url: ewsUrl }),
    'autodiscover.svc': signedIn(soapSettings({ ExternalEwsUrl: ewsUrl }), challenge),
  });
  const stranger = await failureOf(discover(http, [server.url], { credentials: bearer, mayReceive: () => false }));
  expect(stranger.advice).toContain(
    `${server.url}/autodiscover/autodiscover.json: it leads to mail.contoso.com, for which the access token is not meant`,
  );
  expect(server.asked.map(([method]) => method)).toEqual(['GET']);
  const mayReceive = ({ hostname }: URL) => hostname === '127.0.0.1';
  await failureOf(discover(http, [server.url], { credentials: bearer, mayReceive }));
  expect(server.asked.map(([, , scheme]) => scheme)).toContain('Bearer');
});

test.describe('the servers of a mail domain', () => {
  const srv = (name: string, priority: number): SrvTarget => ({ name, port: 443, priority });

  async function candidates(targets?: readonly SrvTarget[]): Promise<{ hosts: string[]; notes: string[] }> {
    const notes: string[] = [];
    const hosts: string[] = [];
    const resolveSrv = targets && (async () => targets);
    const all = candidateHosts('qa@Contoso.com', {
      resolveSrv,
      mayBeAsked: ({ hostname }) => /(^|\.)contoso\.com$/.test(hostname),
      note: (note) => notes.push(note),
    });
    for await (const host of all) hosts.push(host);
    return { hosts, notes };
  }

  test('are its autodiscover host, itself, and what its SRV records name, in their order', async () => {
    const { hosts } = await candidates([srv('b.contoso.com', 10), srv('a.contoso.com', 5)]);
    expect(hosts).toEqual([
      'https://autodiscover.contoso.com',
      'https://contoso.com',
      'https://a.contoso.com:443',
      'https://b.contoso.com:443',
    ]);
  });

  test('are not what DNS names outside of it', async () => {
    const { hosts, notes } = await candidates([srv('mail.example.net', 1), srv('notcontoso.com', 1)]);
    expect(hosts).toHaveLength(2);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('names mail.example.net, which is not of that domain');
  });

  test('are known without DNS too', async () => {
    expect((await candidates()).hosts).toHaveLength(2);
  });
});

test.describe('a connection', () => {
  /** Answers like a network where `answers` names the only pages. */
  function network(answers: Readonly<Record<string, string>>): HttpClient & { readonly asked: string[] } {
    const asked: string[] = [];
    const request = async ({ url }: HttpRequest): Promise<HttpResponse> => {
      const { origin } = new URL(url);
      asked.push(origin);
      const found = answers[origin];
      return { status: found ? 200 : 404, headers: {}, body: Buffer.from(JSON.stringify({ Url: found })) };
    };
    return { asked, request, stream: () => Promise.reject(new Error('no streams')), close: () => {} };
  }

  async function find(auth: object, answers: Readonly<Record<string, string>>) {
    const definition = { protocol: 'ews', host: 'autodiscover', user, proxy: 'none', auth };
    const connection = (await resolveConnection('x', definition, {})) as ResolvedEws;
    const pages = network(answers);
    const credentials = connection.auth.type === 'basic' ? connection.auth : bearer;
    const found = discoverEwsUrl(connection, { address: user, credentials, http: pages, resolveSrv: async () => [] });
    return { found: await found.catch((error: Error) => error), asked: [...new Set(pages.asked)] };
  }

  const cloudUrl = 'https://outlook.office365.com/EWS/Exchange.asmx';

  test('with a token for the cloud asks the cloud first', async () => {
    const { found, asked } = await find(app, { 'https://outlook.office365.com': cloudUrl });
    expect(found).toBe(cloudUrl);
    expect(asked).toEqual(['https://outlook.office365.com']);
  });

  test('with a token for the cloud finds it by the mail domain, too', async () => {
    const { found } = await find(app, { 'https://contoso.com': 'https://outlook-1.office365.com/EWS/Exchange.asmx' });
    expect(found).toBe('https://outlook-1.office365.com/EWS/Exchange.asmx');
  });

  const strange = "neither of the mail's own domain nor of Microsoft's cloud";
  const elsewhere = {
    'https://mail.contoso.com/x': 'the access token is not meant',
    'https://notoffice365.com/x': strange,
    'https://office365.com.example/x': strange,
  };
  for (const [url, problem] of Object.entries(elsewhere)) {
    test(`with a token for the cloud does not take it to ${new URL(url).host}`, async () => {
      const { found } = await find(app, { 'https://autodiscover.contoso.com': url });
      expect(found).toMatchObject({ code: 'AUTODISCOVER', message: expect.stringContaining(problem) });
    });
  }

  test('with a token for a server of the company asks the company, and takes it there', async () => {
    const auth = { ...app, scopes: ['https://mail.contoso.com/.default'] };
    const { found, asked } = await find(auth, { 'https://contoso.com': ewsUrl });
    expect(found).toBe(ewsUrl);
    expect(asked).toEqual(['https://autodiscover.contoso.com', 'https://contoso.com']);
  });

  test('with a password asks the company alone', async () => {
    const { found, asked } = await find({ type: 'basic', password: 'secret' }, {});
    expect(found).toMatchObject({ code: 'AUTODISCOVER' });
    expect(asked).toEqual(['https://autodiscover.contoso.com', 'https://contoso.com']);
  });
});
