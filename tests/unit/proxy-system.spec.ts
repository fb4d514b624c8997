import { expect, test } from '@playwright/test';
import { findWays } from '../../src/network/proxy/find-ways.js';
import { nameOf } from '../../src/network/proxy/proxy.js';

const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const before = new Map(names.map((name) => [name, process.env[name]]));

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const name of names) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

test.afterEach(() => setEnvironment(Object.fromEntries(before)));

async function wayTo(url: string, proxy = 'system'): Promise<string> {
  const [way] = await findWays(new URL(url), { proxy, ca: [] });
  return way === undefined || way === 'direct' ? 'direct' : nameOf(way);
}

for (const [environment, url, way] of [
  [{}, 'https://imap.contoso.com:993', 'direct'],
  [{ HTTPS_PROXY: '' }, 'https://imap.contoso.com:993', 'direct'],
  [{ HTTPS_PROXY: 'http://px:3128' }, 'https://imap.contoso.com:993', 'http://px:3128'],
  [{ https_proxy: 'http://px:3128' }, 'https://ews.contoso.com', 'http://px:3128'],
  [{ HTTP_PROXY: 'http://px:3128' }, 'https://ews.contoso.com', 'direct'],
  [{ HTTP_PROXY: 'http://px:3128' }, 'http://127.0.0.1:8080', 'http://px:3128'],
  [{ ALL_PROXY: 'socks5h://px' }, 'https://smtp.contoso.com:587', 'socks5h://px:1080'],
  [{ all_proxy: 'socks://px' }, 'http://localhost', 'socks5h://px:1080'],
  [{ HTTPS_PROXY: 'http://a', ALL_PROXY: 'http://b' }, 'https://ews.contoso.com', 'http://a:80'],
  [{ HTTPS_PROXY: 'http://px', NO_PROXY: 'ews.contoso.com' }, 'https://ews.contoso.com', 'direct'],
  [{ HTTPS_PROXY: 'http://px', NO_PROXY: 'contoso.com' }, 'https://ews.contoso.com', 'http://px:80'],
  [{ HTTPS_PROXY: 'http://px', no_proxy: 'a.com, .contoso.com' }, 'https://ews.contoso.com', 'direct'],
  [{ HTTPS_PROXY: 'http://px', NO_PROXY: 'imap.contoso.com:993' }, 'https://imap.contoso.com:993', 'direct'],
  [{ HTTPS_PROXY: 'http://px', NO_PROXY: 'imap.contoso.com:143' }, 'https://imap.contoso.com:993', 'http://px:80'],
  [{ HTTPS_PROXY: 'http://px', NO_PROXY: '*' }, 'https://ews.contoso.com', 'direct'],
] as const) {
  const said = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  test(`with ${said.join(' ') || 'no variable'} the way to ${url} is ${way}`, async () => {
    setEnvironment(environment);
    expect(await wayTo(url)).toBe(way);
  });
}

test('none, and a URL of its own, leave the environment alone', async () => {
  setEnvironment({ HTTPS_PROXY: 'http://px:3128', NO_PROXY: '*' });
  expect(await wayTo('https://ews.contoso.com', 'none')).toBe('direct');
  expect(await wayTo('https://ews.contoso.com', 'https://own.contoso.com')).toBe('https://own.contoso.com:443');
});
