import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from '@playwright/test';
import { expect } from '../../src/fixtures/expect.js';
import type { Message } from '../../src/mail/message/message.js';
import { givenMessage } from '../support/given-message.js';
import { failureOf } from '../support/failure-of.js';

/** An application, and what it was asked for. */
const test = base.extend<{ app: { readonly host: string; readonly requests: string[] } }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  app: async ({}, use) => {
    const requests: string[] = [];
    const server = createServer(({ method, url = '' }, response) => {
      requests.push(`${method} ${url}`);
      const [, kind, where] = /^\/(\w+)(?:\?to=(.*))?/.exec(url) ?? [];
      if (kind === 'silent') return;
      if (kind === 'cut') return void response.destroy();
      if (kind === 'redirect') response.setHeader('location', decodeURIComponent(where ?? ''));
      response.writeHead(kind === 'gone' ? 404 : kind === 'redirect' ? 302 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

async function mailWith(...addresses: readonly string[]): Promise<Message> {
  const html = addresses.map((href, index) => `<a href="${href}">Link ${index + 1}</a>`).join(' ');
  return await givenMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', subject: 'x', html });
}

test('links that answer work, each place is asked once, and others are left alone', async ({ app, request }) => {
  const own = `http://${app.host}/ok`;
  const message = await mailWith(own, `${own}#part`, 'https://fabrikam.invalid/', 'mailto:help@contoso.com', 'app:x');
  await expect(message).toHaveWorkingLinks(request, { hosts: [app.host] });
  expect(app.requests).toEqual(['GET /ok']);
});

test('links that do not answer are listed with their reasons, without what is secret in them', async ({
  app,
  request,
}) => {
  const at = `http://${app.host}`;
  const message = await mailWith(`${at}/ok`, `${at}/gone?token=s3cret`, `${at}/cut?token=s3cret`);
  const { message: text } = await failureOf(expect(message).toHaveWorkingLinks(request, { hosts: [app.host] }));
  expect(text).toContain(`Expected: links to ${app.host} that answer\nReceived: 2 of 3 do not answer`);
  expect(text).toContain(`  - "Link 2" leads to ${at}/gone?...: 404 Not Found`);
  expect(text).toContain(`  - "Link 3" leads to ${at}/cut?...: socket hang up`);
  expect(text).not.toContain('s3cret');
});

test('redirects are followed as far as their hosts may be asked', async ({ app, request }) => {
  const to = (where: string): string => `http://${app.host}/redirect?to=${encodeURIComponent(where)}`;
  const hosts = [app.host];
  await expect(await mailWith(to('/ok'), to('https://fabrikam.invalid/'))).toHaveWorkingLinks(request, { hosts });
  const { message } = await failureOf(expect(await mailWith(to('/gone'))).toHaveWorkingLinks(request, { hosts }));
  expect(message).toContain(': 404 Not Found');
  const loop = await failureOf(expect(await mailWith(to('?'))).toHaveWorkingLinks(request, { hosts }));
  expect(loop.message).toContain('it redirects more than 10 times');
});

test('an answer that does not come ends with the time-out', async ({ app, request }) => {
  const message = await mailWith(`http://${app.host}/silent`);
  const failure = await failureOf(expect(message).toHaveWorkingLinks(request, { hosts: [app.host], timeout: 200 }));
  expect(failure.message).toMatch(/\/silent: Timeout \d+ms exceeded/);
});

test('a mail without a link to ask does not pass, and what is left out is not asked', async ({ app, request }) => {
  const hosts = [app.host];
  const none = await failureOf(
    expect(await mailWith('https://fabrikam.invalid/')).toHaveWorkingLinks(request, { hosts }),
  );
  expect(none.message).toContain('Received: no such link\n  - "Link 1" leads to https://fabrikam.invalid/: not asked');
  const message = await mailWith(`http://${app.host}/ok`, `http://${app.host}/gone`);
  await expect(message).toHaveWorkingLinks(request, { hosts, except: '/gone' });
  await expect(message).not.toHaveWorkingLinks(request, { hosts });
});

test('hosts are those of baseURL; without one, or with arguments of a wrong kind, nothing is asked', async ({
  app,
  request,
}) => {
  const message = await mailWith(`http://${app.host}/ok`);
  const failure = await failureOf(expect(message).toHaveWorkingLinks(request));
  expect(failure.message).toContain("there is no baseURL; write hosts: ['localhost:3000']");
  const options = { hosts: ['https://x/'], except: 1, timeout: NaN, host: 'x' } as object;
  const wrong = await failureOf(expect(message).toHaveWorkingLinks({} as typeof request, options));
  for (const text of ['request must be', 'hosts[0]', 'except must', 'timeout must', 'did you mean hosts'])
    expect(wrong.message).toContain(text);
  expect(app.requests).toEqual([]);
});
