import { expect, test } from '@playwright/test';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient } from '../../src/network/http.js';
import {
  discover,
  ewsUrl,
  json,
  movedTo,
  poxResponse,
  serveAutodiscover,
  signedIn,
  soapSettings,
  soapUser,
  xml,
} from './autodiscover-servers.js';
import { failureOf } from '../support/failure-of.js';
import { serveProxy } from './network-servers.js';

const jsonPath = '/autodiscover/autodiscover.json?Email=q%26a%40contoso.com&Protocol=EWS';
const [soapPath, poxPath] = ['/autodiscover/autodiscover.svc', '/autodiscover/autodiscover.xml'];
const nobody = 'http://127.0.0.1:1';

// A worker may come back to this file after it left it.
let http: HttpClient;
test.beforeAll(() => void (http = createHttpClient({ proxy: 'none', ca: [] })));
test.afterAll(() => http.close());

test('the first answer wins, and nobody signs in for Autodiscover v2', async () => {
  await using server = await serveAutodiscover({ 'autodiscover.json': json({ Protocol: 'EWS', Url: ewsUrl }) });
  expect(await discover(http, [server.url, nobody])).toBe(ewsUrl);
  expect(server.asked).toEqual([['GET', jsonPath, '']]);
});

test('a server that does not answer is passed over, and asked once', async () => {
  await using server = await serveAutodiscover({ 'autodiscover.json': json({ Url: ewsUrl }) });
  expect(await discover(http, [nobody, server.url])).toBe(ewsUrl);
  const error = await failureOf(discover(http, [nobody]));
  expect(error.advice.filter((line) => line.startsWith(nobody))).toHaveLength(1);
});

test('an older server is asked over SOAP; the password follows when it asks for one', async () => {
  await using server = await serveAutodiscover({
    'autodiscover.svc': signedIn(
      soapSettings({ InternalEwsUrl: 'https://inside.contoso.com/', ExternalEwsUrl: ewsUrl }),
    ),
  });
  expect(await discover(http, [server.url])).toBe(ewsUrl);
  expect(server.asked).toEqual([
    ['GET', jsonPath, ''],
    ['POST', soapPath, ''],
    ['POST', soapPath, 'Basic'],
  ]);
  expect(server.bodies.at(-1)).toContain('<a:Mailbox>q&amp;a@contoso.com</a:Mailbox>');
});

test('a server that knows its own network only gives the URL there', async () => {
  await using server = await serveAutodiscover({ 'autodiscover.svc': soapSettings({ InternalEwsUrl: ewsUrl }) });
  expect(await discover(http, [server.url])).toBe(ewsUrl);
});

test('Exchange 2007 is asked in plain old XML', async () => {
  const protocols = ['WEB', 'EXCH', 'EXPR'].map(
    (type) => `<Protocol><Type>${type}</Type><EwsUrl>https://${type.toLowerCase()}.contoso.com/</EwsUrl></Protocol>`,
  );
  const account = `<Account><Action>settings</Action>${protocols.join('')}</Account>`;
  await using server = await serveAutodiscover({ 'autodiscover.xml': signedIn(poxResponse(account)) });
  expect(await discover(http, [server.url])).toBe('https://expr.contoso.com/');
  expect(server.asked.map(([, path, scheme]) => [path, scheme])).toEqual([
    [jsonPath, ''],
    [soapPath, ''],
    [poxPath, ''],
    [poxPath, 'Basic'],
  ]);
  expect(server.bodies.at(-1)).toContain('<EMailAddress>q&amp;a@contoso.com</EMailAddress>');
});

test('redirects of HTTP, of SOAP and of plain old XML are followed', async () => {
  await using target = await serveAutodiscover({
    'there.json': json({ Url: `${ewsUrl}?json` }),
    'there.svc': soapSettings({ ExternalEwsUrl: `${ewsUrl}?soap` }),
    'there.xml': poxResponse(`<Account><Protocol><Type>EXCH</Type><EwsUrl>${ewsUrl}?pox</EwsUrl></Protocol></Account>`),
  });
  const soap = soapUser(
    `<x:ErrorCode>RedirectUrl</x:ErrorCode><x:RedirectTarget>${target.url}/there.svc</x:RedirectTarget>`,
  );
  const pox = poxResponse(
    `<Account><Action>redirectUrl</Action><RedirectUrl>${target.url}/there.xml</RedirectUrl></Account>`,
  );
  await using overHttp = await serveAutodiscover({ 'autodiscover.json': movedTo(`${target.url}/there.json`) });
  await using overSoap = await serveAutodiscover({ 'autodiscover.svc': soap });
  await using overPox = await serveAutodiscover({ 'autodiscover.xml': pox });
  expect(await discover(http, [overHttp.url])).toBe(`${ewsUrl}?json`);
  expect(await discover(http, [overSoap.url])).toBe(`${ewsUrl}?soap`);
  expect(await discover(http, [overPox.url])).toBe(`${ewsUrl}?pox`);
});

test('a mailbox that is known by another address is looked for under that', async () => {
  const soap = soapUser(
    '<x:ErrorCode>RedirectAddress</x:ErrorCode><x:RedirectTarget>qa@cloud.contoso.com</x:RedirectTarget>',
  );
  const pox = poxResponse(
    '<Account><Action>redirectAddr</Action><RedirectAddr>qa@cloud.contoso.com</RedirectAddr></Account>',
  );
  await using found = await serveAutodiscover({ 'autodiscover.json': json({ Url: ewsUrl }) });
  for (const answers of [{ 'autodiscover.svc': soap }, { 'autodiscover.xml': pox }]) {
    await using first = await serveAutodiscover(answers);
    const hosts = (address: string) => [address === 'qa@cloud.contoso.com' ? found.url : first.url];
    expect(await discover(http, [], { hosts })).toBe(ewsUrl);
  }
  expect(found.asked.map(([, path]) => path)).toEqual(
    Array(2).fill('/autodiscover/autodiscover.json?Email=qa%40cloud.contoso.com&Protocol=EWS'),
  );
});

test('nothing is followed for ever', async () => {
  await using urls = await serveAutodiscover({ 'autodiscover.json': movedTo('/again/autodiscover.json') });
  expect((await failureOf(discover(http, [urls.url]))).message).toContain('more than 5 redirects');
  expect(urls.asked.filter(([, path]) => path.includes('json'))).toHaveLength(6);
  const round = soapUser(
    '<x:ErrorCode>RedirectAddress</x:ErrorCode><x:RedirectTarget>q&amp;a@contoso.com</x:RedirectTarget>',
  );
  await using addresses = await serveAutodiscover({ 'autodiscover.svc': round });
  expect(await failureOf(discover(http, [addresses.url]))).toMatchObject({ code: 'AUTODISCOVER', transient: false });
  expect(addresses.asked.filter(([, path]) => path === soapPath)).toHaveLength(6);
});

for (const url of ['http://mail.contoso.com/x', 'ftp://127.0.0.1/x', 'nonsense']) {
  test(`an answer or a redirect to ${url} is refused`, async () => {
    await using answers = await serveAutodiscover({ 'autodiscover.json': json({ Url: url }) });
    await using redirects = await serveAutodiscover({ 'autodiscover.json': movedTo(url) });
    expect((await failureOf(discover(http, [answers.url]))).message).toContain('is not https');
    expect((await failureOf(discover(http, [redirects.url]))).code).toBe('AUTODISCOVER');
  });
}

test('an http answer is taken from this machine for this machine', async () => {
  await using server = await serveAutodiscover({
    'autodiscover.json': json({ Url: 'http://127.0.0.1:1/EWS/Exchange.asmx' }),
  });
  expect(await discover(http, [server.url])).toBe('http://127.0.0.1:1/EWS/Exchange.asmx');
});

test('the error lists all that was asked, and each answer', async () => {
  const noUser = soapUser('<x:ErrorCode>InvalidUser</x:ErrorCode><x:ErrorMessage>Unknown.</x:ErrorMessage>');
  await using no = await serveAutodiscover({
    'autodiscover.json': json({ ErrorCode: 'UserNotFound', ErrorMessage: 'no such user' }, 404),
    'autodiscover.svc': noUser,
    'autodiscover.xml': poxResponse('<Error><ErrorCode>500</ErrorCode><Message>Not found.</Message></Error>'),
  });
  await using html = await serveAutodiscover({ 'autodiscover.svc': xml('<html><body>Welcome</body></html>') });
  const error = await failureOf(discover(http, [no.url, html.url]));
  expect(error).toMatchObject({ code: 'AUTODISCOVER', transient: false });
  expect(error.message).toContain('no EWS URL was found for q&a@contoso.com');
  expect(error.advice).toEqual([
    `${no.url}/autodiscover/autodiscover.json: 404 UserNotFound no such user`,
    `${no.url}${soapPath}: 200 InvalidUser Unknown.`,
    `${no.url}${poxPath}: 200 500 Not found.`,
    `${html.url}/autodiscover/autodiscover.json: 404`,
    `${html.url}${soapPath}: 200, and no answer to GetUserSettings`,
    `${html.url}${poxPath}: 404`,
    "name the server as host instead of 'autodiscover'",
  ]);
});

test('it goes through the proxy, and says once what to do about a proxy that refuses', async () => {
  await using server = await serveAutodiscover({ 'autodiscover.json': json({ Url: ewsUrl }) });
  await using proxy = await serveProxy('Basic YWRhOnNlY3JldA==');
  const ask = async (userInfo: string): Promise<string> => {
    const client = createHttpClient({ proxy: proxy.url.replace('//', `//${userInfo}`), ca: [] });
    return await discover(client, [server.url, nobody]).finally(() => client.close());
  };
  expect(await ask('ada:secret@')).toBe(ewsUrl);
  expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  const error = await failureOf(ask('ada:other@'));
  expect(error).toMatchObject({ code: 'AUTODISCOVER', transient: false });
  expect(error.advice.filter((line) => line.includes('answered 407'))).toHaveLength(2);
  expect(error.advice.slice(2)).toEqual([
    `see whether the proxy's user and password are right, and percent-encoded`,
    `name the server as host instead of 'autodiscover'`,
  ]);
  expect(error.message).not.toContain('other');
});

test('an abort rejects with its own reason', async () => {
  const reason = new Error('enough');
  await expect(discover(http, [nobody], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
