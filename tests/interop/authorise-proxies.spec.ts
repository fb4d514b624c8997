import { expect } from '@playwright/test';
import { authoriseAlone } from '../runner/authorise-alone.js';
import { password, test } from '../runner/authorise-project.js';
import { signIn } from '../runner/person.js';
import { hasMicrosocks, microsocksMissing, startMicrosocks } from '../support/microsocks.js';
import { hasSquid, squidMissing, startSquid } from '../support/squid.js';
import { serveHttp, serveProxy } from '../unit/network-servers.js';

test.describe.configure({ timeout: 180_000 });

const credentials = { username: 'ada', password: 'p@ss:word' };
const userInfo = `ada:${encodeURIComponent(credentials.password)}`;

for (const [what, options, user] of [
  ['a SOCKS5 proxy', undefined, ''],
  ['a SOCKS5 proxy with a password', credentials, `${userInfo}@`],
] as const) {
  test(`a person signs in through ${what}`, async ({ sandbox, person }) => {
    test.skip(!hasMicrosocks() && !process.env['CI'], microsocksMissing);
    await using socks = await startMicrosocks(options);
    const [{ output, exitCode }] = await Promise.all([
      authoriseAlone({ sandbox, person, proxy: `socks5h://${user}127.0.0.1:${socks.port}` }),
      person.act((page) => signIn(page, password)),
    ]);
    expect(output).toContain('qa@contoso.com is signed in');
    expect(exitCode).toBe(0);
    expect(socks.log()).toContain(`connected to ${new URL(sandbox.url).host}`);
  });
}

test('a person signs in through an HTTP proxy with a password', async ({ sandbox, person }) => {
  test.skip(!hasSquid() && !process.env['CI'], squidMissing);
  await using squid = await startSquid();
  const [{ output, exitCode }] = await Promise.all([
    authoriseAlone({ sandbox, person, proxy: `http://${squid.credentials}@127.0.0.1:${squid.guarded}` }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(output).toContain('qa@contoso.com is signed in');
  expect(exitCode).toBe(0);
  await expect.poll(() => squid.log()).toContain(`CONNECT ${new URL(sandbox.url).host} ada`);
});

test('a person signs in through the proxy that a PAC file names', async ({ sandbox, person }) => {
  await using proxy = await serveProxy();
  const pac = `function FindProxyForURL(url, host) { return 'PROXY 127.0.0.1:${proxy.port}'; }`;
  await using server = await serveHttp((_, response) => void response.end(pac));
  const [{ output, exitCode }] = await Promise.all([
    authoriseAlone({ sandbox, person, proxy: `pac+${server.url}/proxy.pac` }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(output).toContain('qa@contoso.com is signed in');
  expect(exitCode).toBe(0);
  expect(proxy.asked).toContain(`CONNECT ${new URL(sandbox.url).host}`);
});

test('a proxy that refuses the password keeps the sign-in page away, and is named without it', async ({ sandbox }) => {
  await using proxy = await serveProxy('Basic another');
  const { output } = await authoriseAlone({ sandbox, proxy: `http://${userInfo}@127.0.0.1:${proxy.port}` });
  expect(output).toMatch(
    new RegExp(`Error: No sign-in page: connection "MSOAuthHost" is not authorised: .*127\\.0\\.0\\.1:${proxy.port}`),
  );
  expect(output).not.toContain('p@ss');
  expect(output).not.toContain('p%40ss');
});
