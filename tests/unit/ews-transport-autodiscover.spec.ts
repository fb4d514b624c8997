import type { RequestListener } from 'node:http';
import { expect, test } from '@playwright/test';
import type { ExchangeError } from '../../src/errors.js';
import { autodiscoverEws } from '../../src/mail/ews/autodiscover.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { HttpClient } from '../../src/network/http.js';
import { serveHttp } from './network-servers.js';

// A worker may come back to this file after it left it.
let http: HttpClient;
test.beforeAll(() => void (http = createHttpClient({ proxy: 'none', ca: [] })));
test.afterAll(() => http.close());

function discover(hosts: readonly string[]): Promise<string> {
  return autodiscoverEws({ address: 'q&a@contoso.com', http, hosts });
}

function failure(hosts: readonly string[]): Promise<ExchangeError> {
  return discover(hosts).then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}

function json(answer: unknown, status = 200): RequestListener {
  return (_, response) => response.writeHead(status).end(JSON.stringify(answer));
}

test('the first answer wins, and is asked for by address and protocol', async () => {
  const asked: (string | undefined)[] = [];
  await using server = await serveHttp((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify({ Protocol: 'EWS', Url: 'https://mail.contoso.com/EWS/Exchange.asmx' }));
  });
  expect(await discover([server.url, 'http://127.0.0.1:1'])).toBe('https://mail.contoso.com/EWS/Exchange.asmx');
  expect(asked).toEqual(['/autodiscover/autodiscover.json?Email=q%26a%40contoso.com&Protocol=EWS']);
});

test('a host that does not answer is passed over', async () => {
  await using server = await serveHttp(json({ Url: 'https://mail.contoso.com/x' }));
  expect(await discover(['http://127.0.0.1:1', server.url])).toBe('https://mail.contoso.com/x');
});

test('redirects are followed', async () => {
  await using server = await serveHttp((request, response) => {
    if (request.url === '/there') response.end(JSON.stringify({ Url: 'https://mail.contoso.com/x' }));
    else response.writeHead(302, { location: '/there' }).end();
  });
  expect(await discover([server.url])).toBe('https://mail.contoso.com/x');
});

test('but not for ever', async () => {
  let asked = 0;
  await using server = await serveHttp((_, response) => {
    asked++;
    response.writeHead(302, { location: '/again' }).end();
  });
  expect((await failure([server.url])).message).toContain('more than 5 redirects');
  expect(asked).toBe(6);
});

for (const url of ['http://mail.contoso.com/x', 'ftp://127.0.0.1/x', 'nonsense']) {
  test(`an answer or a redirect to ${url} is refused`, async () => {
    await using answers = await serveHttp(json({ Url: url }));
    await using redirects = await serveHttp((_, response) => response.writeHead(302, { location: url }).end());
    expect((await failure([answers.url])).message).toContain('is not https');
    expect(await failure([redirects.url])).toMatchObject({ code: 'AUTODISCOVER' });
  });
}

test('an http answer is taken from this machine for this machine', async () => {
  await using server = await serveHttp(json({ Url: 'http://127.0.0.1:1/EWS/Exchange.asmx' }));
  expect(await discover([server.url])).toBe('http://127.0.0.1:1/EWS/Exchange.asmx');
});

test('the error lists each host and its answer', async () => {
  await using no = await serveHttp(json({ ErrorCode: 'UserNotFound', ErrorMessage: 'no such user' }, 404));
  await using html = await serveHttp((_, response) => response.end('<html>'));
  const error = await failure([no.url, html.url]);
  expect(error).toMatchObject({ code: 'AUTODISCOVER', transient: false });
  expect(error.message).toContain('q&a@contoso.com');
  expect(error.advice).toContain(`127.0.0.1:${no.port}: 404 UserNotFound no such user`);
  expect(error.advice).toContain(`127.0.0.1:${html.port}: 200`);
});

test('an abort rejects with its own reason', async () => {
  const reason = new Error('enough');
  const pending = autodiscoverEws({
    address: 'a@b',
    http,
    hosts: ['http://127.0.0.1:1'],
    signal: AbortSignal.abort(reason),
  });
  await expect(pending).rejects.toBe(reason);
});
