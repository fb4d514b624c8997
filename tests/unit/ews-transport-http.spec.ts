import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { expect, test } from '@playwright/test';
import type { ExchangeError } from '../../src/errors.js';
import type { Credentials } from '../../src/mail/credentials.js';
import { openEwsTransport } from '../../src/mail/ews/open-ews-transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient } from '../../src/network/http.js';
import { serveHttp } from './network-servers.js';

// A worker may come back to this file after it left it.
let http: HttpClient;
test.beforeAll(() => void (http = createHttpClient({ proxy: 'none', ca: [] })));
test.afterAll(() => http.close());

const bearer: Credentials = { type: 'bearer', username: 'qa', appOnly: false, token: async () => 'one' };

/** Looks up the inbox of a server that answers as given. */
async function lookUp(listener: RequestListener, credentials: Credentials = bearer) {
  await using server = await serveHttp((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  await using transport = await open(server.url, credentials);
  return await transport.folder('inbox');
}

function open(origin: string, credentials: Credentials = bearer) {
  return openEwsTransport({
    url: `${origin}/EWS/Exchange.asmx`,
    address: 'qa@contoso.com',
    impersonate: false,
    credentials,
    http,
  });
}

function failure(listener: RequestListener, credentials?: Credentials): Promise<ExchangeError> {
  return lookUp(listener, credentials).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}

function status(code: number, headers = {}, body = ''): RequestListener {
  return (_, response) => response.writeHead(code, headers).end(body);
}

const inbox = `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>
<m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:Folder><t:FolderId Id="A&amp;B"/><t:DisplayName>Inbox &amp; co</t:DisplayName></t:Folder></m:Folders></m:GetFolderResponseMessage>
</m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>`;

function fault(code: string, text: string, more = ''): RequestListener {
  return status(
    500,
    {},
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>a:${code}</faultcode><faultstring>${text}</faultstring>
    <detail><e:ResponseCode xmlns:e="e">${code}</e:ResponseCode>${more}</detail></s:Fault></s:Body></s:Envelope>`,
  );
}

function errorAnswer(code: string): RequestListener {
  return status(
    200,
    {},
    inbox
      .replace('"Success"', '"Error"')
      .replace('NoError', code)
      .replace(/<m:Folders>.*<\/m:Folders>/, ''),
  );
}

test('a request says who it is from, whose mailbox it is for, and brings cookies back', async () => {
  const seen: IncomingMessage['headers'][] = [];
  await using server = await serveHttp((request, response) => {
    request.resume();
    seen.push(request.headers);
    response.writeHead(200, { 'set-cookie': 'X-BackEndOverrideCookie=srv~1; path=/' }).end(inbox);
  });
  await using transport = await open(server.url);
  expect(await transport.folder('inbox')).toEqual({ id: 'A&B', name: 'Inbox & co' });
  await transport.folder('drafts');
  expect(seen[0]).toMatchObject({
    authorization: 'Bearer one',
    'content-type': 'text/xml; charset=utf-8',
    'x-anchormailbox': 'qa@contoso.com',
    'x-preferserveraffinity': 'true',
  });
  expect(seen[0]?.['user-agent']).toMatch(/^playwright-exchange\/\d+\.\d+\.\d+/);
  expect(seen[0]?.cookie).toBeUndefined();
  expect(seen[1]?.cookie).toBe('X-BackEndOverrideCookie=srv~1');
});

test('a folder is looked up once', async () => {
  let requests = 0;
  await using server = await serveHttp((request, response) => {
    requests++;
    request.resume();
    response.end(inbox);
  });
  await using transport = await open(server.url);
  expect(await transport.folder('inbox')).toBe(await transport.folder('inbox'));
  expect(requests).toBe(1);
});

test('after a 401 the token is renewed, and the request repeated, once', async () => {
  const asked: unknown[] = [];
  const credentials: Credentials = {
    ...bearer,
    async token(options) {
      asked.push(options?.renew);
      return options?.renew ? 'two' : 'one';
    },
  };
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    request.headers.authorization === 'Bearer two' ? response.end(inbox) : response.writeHead(401).end();
  expect(await lookUp(answer, credentials)).toMatchObject({ id: 'A&B' });
  expect(asked).toEqual([false, true]);
});

test('a second 401 is AUTH_REFUSED with what Exchange says, and without the token', async () => {
  let requests = 0;
  const refusal = await failure((_, response) => {
    requests++;
    response.writeHead(401, { 'x-ms-diagnostics': '2000008;reason="no permissions"' }).end();
  });
  expect(refusal).toMatchObject({ code: 'AUTH_REFUSED', transient: false });
  expect(refusal.message).toContain('2000008;reason="no permissions"');
  expect(refusal.message).toContain('qa@contoso.com');
  expect(refusal.message).not.toContain('Bearer');
  expect(requests).toBe(2);
});

test('with a password, it signs in by Basic authentication and does not repeat', async () => {
  const seen: unknown[] = [];
  const refusal = await failure(
    (request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(401, { 'www-authenticate': 'Negotiate, NTLM' }).end();
    },
    { type: 'basic', username: 'CONTOSO\\qa', password: 's3crét' },
  );
  expect(seen).toEqual([`Basic ${Buffer.from('CONTOSO\\qa:s3crét').toString('base64')}`]);
  expect(refusal.code).toBe('AUTH_REFUSED');
  expect(refusal.message).toContain('it takes Negotiate, NTLM only');
  expect(refusal.message).toContain('Set-WebServicesVirtualDirectory');
  expect(refusal.message).not.toContain('s3cr');
});

test('a password that is wrong is told from one that is not taken', async () => {
  const challenge = { 'www-authenticate': ['Negotiate', 'Basic realm="mail, contoso"'] };
  const basic = { type: 'basic', username: 'qa', password: 'wrong' } as const;
  const refusal = await failure((_, response) => response.writeHead(401, challenge).end(), basic);
  expect(refusal.message).toContain('see whether user name and password are right');
  expect(refusal.message).not.toContain('Set-WebServicesVirtualDirectory');
});

test('a token that the server has no use for is told from one that is refused', async () => {
  const refusal = await failure(status(401, { 'www-authenticate': 'Negotiate, NTLM, Basic realm=""' }));
  expect(refusal.message).toContain('it takes Negotiate, NTLM, Basic only');
  expect(refusal.message).toContain("auth: { type: 'basic', ... }");
});

test('a failed renewal is the error that comes out', async () => {
  const revoked = new Error('revoked');
  const pending = lookUp(status(200, {}, inbox), { ...bearer, token: () => Promise.reject(revoked) });
  await expect(pending).rejects.toBe(revoked);
});

test('403 is EWS_DISABLED, which names Graph first, then IMAP, then the administrator', async () => {
  const disabled = await failure(status(403));
  expect(disabled).toMatchObject({ code: 'EWS_DISABLED', transient: false });
  expect(disabled.advice[0]).toContain("protocol: 'graph'");
  expect(disabled.advice[0]).toContain('Mail.ReadWrite and Mail.Send of Microsoft Graph');
  expect(disabled.advice[1]).toContain("protocol: 'imap'");
  expect(disabled.advice[2]).toContain('Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs');
  expect(disabled.advice).toHaveLength(3);
});

test('403 says which policy it was, where the server does', async () => {
  const reasonOf = (reason: string) => failure(status(403, { 'x-ews-policy-reason': reason }));
  const off = await reasonOf('EWS is disabled for this user or tenant');
  expect(off.message).toContain('answered 403: EWS is disabled for this user or tenant');
  expect(off.message).not.toContain('EwsApplicationAccessPolicy');
  const blocked = await reasonOf('EWS is blocked by policy for this user or tenant');
  expect(blocked.code).toBe('EWS_DISABLED');
  expect(blocked.message).toContain('EwsApplicationAccessPolicy');
});

for (const [code, headers, retryAfter] of [
  [503, { 'retry-after': '3' }, 3000],
  [429, {}, undefined],
] as const) {
  test(`${code} is SERVER_BUSY`, async () => {
    expect(await failure(status(code, headers))).toMatchObject({ code: 'SERVER_BUSY', transient: true, retryAfter });
  });
}

for (const [name, answer, expected] of [
  ['an empty 500', status(500), { code: 'NETWORK', transient: true }],
  ['a 502 page', status(502, {}, '<html>'), { code: 'NETWORK', transient: true }],
  ['a 404', status(404), { code: 'PROTOCOL', transient: false }],
  ['a redirect', status(302, { location: 'https://x/' }), { code: 'PROTOCOL', transient: false }],
  ['a 200 that is no SOAP', status(200, {}, '<html></html>'), { code: 'PROTOCOL' }],
  ['an empty 200', status(200), { code: 'PROTOCOL' }],
  ['a cut connection', ({ socket }: IncomingMessage) => void socket.destroy(), { code: 'NETWORK', transient: true }],
] as const satisfies [string, RequestListener, object][]) {
  test(`${name} is ${expected.code}`, async () => {
    const found = await failure(answer);
    expect(found).toMatchObject(expected);
    expect(found).toBeInstanceOf(Error);
  });
}

for (const [code, expected] of Object.entries({
  ErrorAccessDenied: { code: 'ACCESS_DENIED', transient: false },
  ErrorNonExistentMailbox: { code: 'MAILBOX_NOT_FOUND', transient: false },
  ErrorImpersonateUserDenied: { code: 'ACCESS_DENIED', transient: false },
  ErrorMailboxStoreUnavailable: { code: 'NETWORK', transient: true },
  ErrorFolderNotFound: { code: 'FOLDER_NOT_FOUND', transient: false },
  ErrorServerBusy: { code: 'SERVER_BUSY', transient: true },
  ErrorNobodyHasHeardOf: { code: 'PROTOCOL', transient: false },
})) {
  test(`${code} is ${expected.code}, in a fault and in an answer`, async () => {
    for (const answer of [fault(code, 'It failed.'), errorAnswer(code)]) {
      const found = await failure(answer);
      expect(found).toMatchObject(expected);
      expect(found.message).toContain(code);
      expect(found.message).toContain('looking up the folder inbox in the mailbox qa@contoso.com failed');
    }
  });
}

test('a busy fault says how long to stay away', async () => {
  const more = '<t:MessageXml xmlns:t="t"><t:Value Name="BackOffMilliseconds">77</t:Value></t:MessageXml>';
  expect(await failure(fault('ErrorServerBusy', 'Busy', more))).toMatchObject({ code: 'SERVER_BUSY', retryAfter: 77 });
});

test('an app that must impersonate is told so', async () => {
  const text = 'ExchangeImpersonation SOAP header must be present for this type of OAuth token.';
  expect(await failure(fault('ErrorInvalidRequest', text))).toMatchObject({ code: 'CONFIGURATION' });
});

test('a server too old for the version asked for is asked as Exchange 2007, from then on', async () => {
  const versions: (string | undefined)[] = [];
  await using server = await serveHttp((request, response) => {
    let soap = '';
    request.on('data', (chunk: Buffer) => (soap += chunk.toString()));
    request.on('end', () => {
      const version = /RequestServerVersion Version="(\w+)"/.exec(soap)?.[1];
      versions.push(version);
      if (version === 'Exchange2010_SP1') fault('ErrorInvalidServerVersion', 'Too new')(request, response);
      else response.end(inbox);
    });
  });
  await using transport = await open(server.url);
  const folder = await transport.folder('inbox');
  await transport.folder('drafts');
  expect(versions).toEqual(['Exchange2010_SP1', 'Exchange2007_SP1', 'Exchange2007_SP1']);
  const watching = transport.watch(folder, () => {}, { signal: new AbortController().signal });
  await expect(watching).rejects.toMatchObject({ code: 'PUSH_UNAVAILABLE' });
});

test('an abort rejects with its own reason; closing rejects with CLOSED', async () => {
  await using server = await serveHttp(() => {});
  const transport = await open(server.url);
  const controller = new AbortController();
  const reason = new Error('enough');
  const aborted = transport.folder('inbox', { signal: controller.signal });
  controller.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  const closed = expect(transport.folder('inbox')).rejects.toMatchObject({ code: 'CLOSED' });
  await transport[Symbol.asyncDispose]();
  await closed;
  await expect(transport.folder('inbox')).rejects.toMatchObject({ code: 'CLOSED' });
  await transport[Symbol.asyncDispose]();
});

test('of an app that impersonates, the mailbox stands in the SOAP header', async () => {
  let soap = '';
  await using server = await serveHttp((request, response) => {
    request.on('data', (chunk: Buffer) => (soap += chunk.toString()));
    request.on('end', () => response.end(inbox));
  });
  await using transport = await openEwsTransport({
    url: server.url,
    address: "o'neil&co@contoso.com",
    impersonate: true,
    credentials: bearer,
    http,
  });
  await transport.folder('inbox');
  expect(soap).toContain('<t:SmtpAddress>o&apos;neil&amp;co@contoso.com</t:SmtpAddress>');
});
