import { expect, test } from '@playwright/test';
import { createTransport } from 'nodemailer';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { maskSecrets } from '../../src/sandbox/requests/mask-secrets.js';
import { connectImap } from './sandbox-imap-client.js';
import { askForTokens, user } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.close());

interface Kept {
  readonly id: number;
  readonly service: string;
  readonly title: string;
  readonly outcome?: string;
  readonly isFailure: boolean;
}

async function kept(): Promise<readonly Kept[]> {
  const response = await fetch(`${sandbox.url}/sandbox/requests`);
  return ((await response.json()) as { requests: readonly Kept[] }).requests;
}

/** Both sides of all that was kept, the latest first. */
async function sides(): Promise<string[]> {
  const all = (await kept()).map(async ({ id }) => (await fetch(`${sandbox.url}/sandbox/requests/${id}`)).json());
  return (await Promise.all(all)).map(({ request, answer }) => `${request}\n---\n${answer}`);
}

const graph = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' };

test('requests over HTTP are kept with what they are about and what came of them', async () => {
  await askForTokens(sandbox, graph);
  await askForTokens(sandbox, { ...graph, client_secret: 'wrong' });
  await fetch(`${sandbox.url}/v1.0/me`);
  await fetch(`${sandbox.url}/EWS/Exchange.asmx`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${user}:secret`)}` },
    body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><m:GetItem xmlns:m="${messages}"/></Body></Envelope>`,
  });
  await fetch(`${sandbox.url}/autodiscover/autodiscover.json?Email=${user}&Protocol=EWS`);
  await fetch(`${sandbox.url}/v0/me`);
  expect((await kept()).toReversed()).toMatchObject([
    { service: 'Sign-in', title: 'POST /contoso.com/oauth2/v2.0/token client_credentials', outcome: '200 OK' },
    { service: 'Sign-in', outcome: '401 Unauthorized: AADSTS7000215', isFailure: true },
    { service: 'Graph', title: 'GET /v1.0/me', outcome: '401 Unauthorized: InvalidAuthenticationToken' },
    { service: 'EWS', title: 'POST /EWS/Exchange.asmx GetItem', isFailure: true },
    { service: 'Autodiscover', outcome: '200 OK', isFailure: false },
    { service: 'other', title: 'GET /v0/me', outcome: '404 Not Found' },
  ]);
});

const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

test('no token, password or code is kept, and what a token is good for is', async () => {
  const { body } = await askForTokens(sandbox, graph);
  const token = String(body['access_token']);
  await fetch(`${sandbox.url}/v1.0/users/${user}`, { headers: { Authorization: `Bearer ${token}` } });
  const [call = '', issue = ''] = await sides();
  expect(call).toMatch(/^authorization: Bearer \*\*\* \(aud https:\/\/graph.microsoft.com, appid sandbox, roles Mail/m);
  expect(issue).toContain('client_secret=***');
  expect(issue).toContain('"access_token":"***"');
  expect(call + issue).not.toContain(token.slice(0, 20));
});

test('an answer that takes its time is under way, one that is cut off says so', async () => {
  sandbox.faults.delay = 60_000;
  const cut = fetch(`${sandbox.url}/EWS/Exchange.asmx`, { method: 'POST' }).catch(() => 'cut');
  await expect.poll(kept).toMatchObject([{ service: 'EWS', isFailure: false }]);
  expect((await kept())[0]).not.toHaveProperty('outcome');
  sandbox.dropConnections();
  expect(await cut).toBe('cut');
  await expect.poll(kept).toMatchObject([{ outcome: 'no answer', isFailure: true }]);
});

test('a page of somebody else is refused, and that is kept too', async () => {
  await fetch(`${sandbox.url}/EWS/Exchange.asmx`, { method: 'POST', headers: { Origin: 'https://fabrikam.com' } });
  expect(await kept()).toMatchObject([{ service: 'EWS', outcome: '403 Forbidden', isFailure: true }]);
});

test('commands of IMAP are kept with their answers, without what signs in', async () => {
  await using imap = await connectImap(sandbox);
  await imap.command(`LOGIN ${user} wrong-password`);
  await imap.command(`LOGIN "${user}" secret`);
  imap.send('lone-word-that-may-be-a-token\r\n');
  await imap.next();
  await imap.command('SELECT Nope');
  expect((await kept()).toReversed()).toMatchObject([
    { service: 'IMAP', title: `A1 LOGIN ${user} ***`, outcome: 'NO LOGIN failed.', isFailure: true },
    { title: `A2 LOGIN "${user}" ***`, outcome: 'OK LOGIN completed.', isFailure: false },
    { outcome: expect.stringMatching(/^BAD/) },
    { title: 'A3 SELECT Nope', outcome: expect.stringMatching(/^NO/), isFailure: true },
  ]);
  expect((await sides()).join('\n')).not.toMatch(/wrong-password|secret/);
});

test('what is sent before anybody signed in may be a credential', async () => {
  await using imap = await connectImap(sandbox);
  imap.send('bG9uZSB0b2tlbg==\r\n');
  await imap.next();
  await imap.command('AUTHENTICATE PLAIN AHFhQGNvbnRvc28uY29tAHNlY3JldA==');
  expect(await kept()).toMatchObject([{ title: 'A1 AUTHENTICATE PLAIN ***', isFailure: false }, { title: '***' }]);
});

test('commands of SMTP are kept with their answers, without what signs in', async () => {
  const transport = createTransport({ ...sandbox.smtp, ignoreTLS: true, auth: { user, pass: 'secret' } });
  await transport.sendMail({ from: user, to: 'to+tag@contoso.com', subject: 'x', text: 'x' });
  await expect
    .poll(async () => (await kept()).map(({ title, outcome }) => [title, outcome]).toReversed())
    .toEqual(
      expect.arrayContaining([
        [expect.stringMatching(/^AUTH PLAIN /), expect.stringMatching(/^235/)],
        ['RCPT TO:<to+tag@contoso.com>', expect.stringMatching(/^250/)],
        ['DATA', expect.stringMatching(/^250/)],
      ]),
    );
  const all = (await sides()).join('\n');
  expect(all).not.toContain(Buffer.from(`\0${user}\0secret`).toString('base64'));
});

test('a hundred of every door are kept, and they can be forgotten', async () => {
  await fetch(`${sandbox.url}/v0/first`);
  for (let index = 0; index < 101; index++) await fetch(`${sandbox.url}/v1.0/me?n=${index}`);
  const titles = (await kept()).map(({ title }) => title);
  expect(titles).toHaveLength(101);
  expect([titles[0], titles[99], titles[100]]).toEqual(['GET /v1.0/me?n=100', 'GET /v1.0/me?n=1', 'GET /v0/first']);
  await fetch(`${sandbox.url}/sandbox/requests`, { method: 'DELETE' });
  expect(await kept()).toEqual([]);
});

test('of a large request and a large answer the beginning is kept', async () => {
  await fetch(`${sandbox.url}/v1.0/me`, { method: 'POST', body: 'x'.repeat(100_000) });
  const [both = ''] = await sides();
  expect(both).toMatch(/x\n\.\.\. \(100\d\d\d octets in all\)/);
  expect(both.length).toBeLessThan(20_000);
});

const secrets = [
  'grant_type=authorization_code&code=S3CRET&client_secret=S3CRET',
  'GET /oauth/callback?code=S3CRET&state=S3CRET',
  'location: http://localhost/cb?state=S3CRET&code=S3CRET&session_state=1',
  '{"access_token": "S3CRET", "refresh_token":"S3CRET"}',
  '{"access_token":"S3CRET',
  '<input type="hidden" name="code" value="S3CRET" />',
  'passwd=S3CRET&loginfmt=qa%40contoso.com',
  'Authorization: Bearer S3CRET',
  'authorization: Basic UzNDUkVU',
  'proxy-authorization: Negotiate S3CRET',
  'cookie: a=S3CRET; b=S3CRET',
  'SAML eyJhbGciOiJSUzI1NiJ9.S3CRET.S3CRET',
];
for (const text of secrets) {
  test(`a secret is masked in ${text}`, () => {
    expect(maskSecrets(text)).not.toMatch(/S3CRET|UzNDUkVU/);
  });
}

test('what is no secret stays', () => {
  const text = '{"error":{"code":"ErrorItemNotFound"}} grant_type=password&client_id=sandbox scope=openid';
  expect(maskSecrets(text)).toBe(text);
});
