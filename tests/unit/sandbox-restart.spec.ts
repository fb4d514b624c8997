import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { Database } from '../../src/sandbox/data/database.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { openNotificationEndpoint } from './notification-endpoint.js';
import { Browser } from './sandbox-browser.js';
import { askForTokens, authorizeUrl, enterPassword, identify, jwtPart, signIn, user } from './sandbox-sign-in.js';

const graph = 'https://graph.microsoft.com';
const other = 'b@contoso.com';

function dataFolder(): string {
  return test.info().outputPath('data');
}

/** Starts it again at the address that its clients know. */
async function startAgain(sandbox: Sandbox, options: SandboxOptions): Promise<Sandbox> {
  await sandbox.close();
  const again = await startSandbox({ ...options, port: Number(new URL(sandbox.url).port) });
  // The connections to the first one that fetch has kept end one by one.
  await expect(async () => void (await fetch(`${again.url}/sandbox/faults`))).toPass();
  return again;
}

async function ask(sandbox: Sandbox, path: string, token: unknown, json?: object) {
  const headers = { Authorization: `Bearer ${String(token)}`, 'Content-Type': 'application/json' };
  const init = json ? { method: 'POST', body: JSON.stringify(json) } : {};
  const response = await fetch(`${sandbox.url}${path}`, { headers, ...init });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

async function tokenForApp(sandbox: Sandbox): Promise<unknown> {
  const form = { grant_type: 'client_credentials', scope: `${graph}/.default` };
  return (await askForTokens(sandbox, form)).body['access_token'];
}

function refresh(sandbox: Sandbox, refresh_token: string, secret = 'sandbox') {
  return askForTokens(sandbox, { grant_type: 'refresh_token', refresh_token, client_secret: secret });
}

test('tokens, keys, sessions and the certificate outlive a restart', async () => {
  const options = { data: dataFolder() };
  const first = await startSandbox(options);
  const grant = { tenant: 'contoso.com', clientId: 'sandbox', user, scopes: [`${graph}/Mail.Read`, 'openid'] };
  const [refreshToken, revoked] = [grant, { ...grant, user: other }].map((each) =>
    first.tokens.issueRefreshToken(each),
  );
  first.tokens.revoke(other);
  const { body } = await refresh(first, refreshToken!);
  const { kid } = jwtPart(body['access_token'], 0);
  const browser = new Browser();
  await browser.signIn(authorizeUrl(first));
  const { ca } = first;

  await using second = await startAgain(first, options);
  expect((await ask(second, '/v1.0/me/messages', body['access_token'])).status).toBe(200);
  expect((await ask(second, '/contoso.com/discovery/v2.0/keys', '')).json).toMatchObject({ keys: [{ kid }] });
  expect((await refresh(second, String(body['refresh_token']))).body['error']).toBeUndefined();
  expect((await refresh(second, revoked!)).body['error_codes']).toEqual([50173]);
  const { location } = await browser.visit(authorizeUrl(second, { prompt: 'none' }));
  expect(location?.searchParams.get('code')).toBeTruthy();
  expect(second.ca).toBe(ca);
  const answer = await new Promise<string>((resolve, reject) => {
    const asked = request(second.url.replace('http:', 'https:'), { ca, path: '/sandbox/ca.pem' });
    asked
      .on('response', (response) => resolve(text(response)))
      .on('error', reject)
      .end();
  });
  expect(answer).toBe(ca);
});

test('what was changed about users, apps and the time outlives a restart', async () => {
  const options = { data: dataFolder() };
  const first = await startSandbox(options);
  await signIn(authorizeUrl(first));
  first.directory.disable(other);
  first.directory.requireMfa('c@contoso.com');
  first.directory.changeSecret('sandbox', 'another');
  first.clock.advance(10 * 86_400_000);

  const second = await startAgain(first, options);
  expect((await enterPassword(authorizeUrl(second), other)).html).toContain('AADSTS50057');
  expect((await enterPassword(authorizeUrl(second), 'c@contoso.com')).html).toContain('otc');
  expect((await refresh(second, 'none')).body['error_codes']).toEqual([7000215]);
  expect((await refresh(second, 'none', 'another')).body['error_codes']).toEqual([9002313]);
  expect(second.clock.now() - Date.now()).toBeGreaterThan(9 * 86_400_000);

  const page = await identify(authorizeUrl(second));
  expect(page.location?.searchParams.get('code')).toBeTruthy();

  const apps = [{ clientId: 'sandbox', clientSecret: 'a third' }];
  await using third = await startAgain(second, { ...options, apps });
  expect((await refresh(third, 'none', 'a third')).body['error_codes']).toEqual([9002313]);
});

test('delta links of folders and subscriptions of Graph outlive a restart', async () => {
  const options = { data: dataFolder() };
  const first = await startSandbox(options);
  await using endpoint = await openNotificationEndpoint();
  const token = await tokenForApp(first);
  const folders = await ask(first, `/v1.0/users/${user}/mailFolders/delta`, token);
  const subscription = {
    changeType: 'created',
    notificationUrl: endpoint.url,
    lifecycleNotificationUrl: endpoint.url,
    resource: `users/${user}/mailFolders('inbox')/messages`,
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const { id } = (await ask(first, '/v1.0/subscriptions', token, subscription)).json;

  const second = await startAgain(first, options);
  await expect.poll(() => endpoint.told.map(({ lifecycleEvent }) => lifecycleEvent)).toEqual(['missed']);
  await second.deliver({ to: user, subject: 'Hi' });
  await expect.poll(() => endpoint.told.slice(1)).toMatchObject([{ subscriptionId: id, changeType: 'created' }]);
  const link = new URL(String(folders.json['@odata.deltaLink']));
  const later = await ask(second, link.pathname + link.search, token);
  expect(later.json['value']).toMatchObject([{ displayName: 'Inbox', totalItemCount: 1 }]);
  await fetch(`${second.url}/v1.0/subscriptions/${String(id)}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${String(token)}` },
  });

  await using third = await startAgain(second, options);
  expect((await ask(third, '/v1.0/subscriptions', token)).json['value']).toEqual([]);
});

test('a seed that can not be planted leaves the folder new', async () => {
  const seed = test.info().outputPath('seed');
  mkdirSync(seed);
  writeFileSync(join(seed, 'a.eml'), 'To: nobody\n\nHi.\n');
  const options = { data: dataFolder(), seed };
  await expect(startSandbox(options)).rejects.toThrow('a.eml');
  writeFileSync(join(seed, 'a.eml'), `To: ${user}\n\nHi.\n`);
  await using sandbox = await startSandbox(options);
  expect(await sandbox.messages()).toHaveLength(1);
});

for (const [age, version] of [
  ['a newer', 1000],
  ['an older', 1],
] as const)
  test(`what ${age} version wrote is refused, and left as it is`, async () => {
    const data = dataFolder();
    mkdirSync(data);
    const database = await Database.open(join(data, 'mail.sqlite'));
    database.exec(`CREATE TABLE other (x); PRAGMA user_version = ${version}`);
    database.close();
    await expect(startSandbox({ data })).rejects.toThrow(
      `it was written by ${age} version of this package (format ${version}, not `,
    );
    const after = await Database.open(join(data, 'mail.sqlite'));
    expect(after.all('SELECT name FROM sqlite_master')).toEqual([{ name: 'other' }]);
    after.close();
  });
