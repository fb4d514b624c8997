import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { expect, test } from '@playwright/test';
import type { ConnectionDefinition } from '../../src/config/types.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { guidOf } from '../../src/sandbox/identity/tenant-id.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { linesOf } from '../support/lines-of.js';
import { trusting } from '../support/trusting.js';
import { user } from '../unit/sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox({ proxy: true });
});
test.afterAll(() => sandbox.close());

/** What leads a program here that honours the environment. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  return { ...(await trusting(sandbox)), HTTPS_PROXY: sandbox.url };
}

const issuer = `https://login.microsoftonline.com/${guidOf('contoso.com')}/v2.0`;

test('@azure/identity signs in without any setting of its own', async () => {
  const env = await environment();
  expect(await linesOf(process.execPath, ['tests/interop/azure-unmodified.mjs'], { env })).toEqual([{ issuer }]);
});

const python = '/usr/bin/python3';

test('MSAL for Python, and a program that asks Graph, need no setting of their own', async () => {
  const isInstalled = spawnSync(python, ['-c', 'import msal']).status === 0;
  test.skip(!isInstalled && !process.env['CI'], 'msal is missing: apt-get install python3-msal');
  await sandbox.deliver({ to: 'python@contoso.com', subject: 'Hello' });
  const script = `
import json, msal, requests
app = msal.ConfidentialClientApplication("sandbox", client_credential="sandbox", authority="https://login.microsoftonline.com/contoso.com")
token = app.acquire_token_for_client(["https://graph.microsoft.com/.default"])["access_token"]
answer = requests.get("https://graph.microsoft.com/v1.0/users/python@contoso.com/messages", headers={"Authorization": f"Bearer {token}"})
print(json.dumps([message["subject"] for message in answer.json()["value"]]))`;
  expect(await linesOf(python, ['-c', script], { env: await environment() })).toEqual([['Hello']]);
});

for (const protocol of ['graph', 'imap', 'ews'] as const)
  test(`a connection over ${protocol} as for Microsoft 365 meets the sandbox by its proxy alone`, async () => {
    const definition: ConnectionDefinition = {
      protocol,
      user,
      auth: {
        type: 'oauth2',
        grant: 'client_credentials',
        tenantId: 'contoso.com',
        clientId: 'sandbox',
        clientSecret: 'sandbox',
      },
      proxy: sandbox.url,
      tls: { ca: sandbox.ca },
    };
    await using connection = await openConnection('MSOAuthHost', definition, {});
    await using mailbox = await connection.mailbox(undefined, { timeout: 20_000 });
    await mailbox.send({ to: mailbox.address, subject: `Over ${protocol}`, text: 'x' });
    expect((await mailbox.waitForMessage({ subject: `Over ${protocol}` })).text).toBe('x\n');
  });

async function openTunnel(authority: string, to: Sandbox): Promise<{ status: number | undefined; said: string }> {
  const asked = request(to.url, { method: 'CONNECT', path: authority }).end();
  const [response, socket, head] = (await once(asked, 'connect')) as [IncomingMessage, Socket, Buffer];
  if (response.statusCode === 200) socket.destroy();
  return { status: response.statusCode, said: String(head) + (await text(socket)) };
}

test('a tunnel to anywhere else is refused, and is among the requests', async () => {
  for (const authority of ['api.contoso.com:443', 'graph.microsoft.com:80', 'graph.microsoft.com', '127.0.0.1:22', ''])
    expect(await openTunnel(authority, sandbox)).toMatchObject({
      status: 403,
      said: expect.stringContaining('passes nothing on'),
    });
  const { requests } = (await (await fetch(`${sandbox.url}/sandbox/requests`)).json()) as { requests: object[] };
  expect(requests).toContainEqual(
    expect.objectContaining({ title: 'CONNECT api.contoso.com:443', outcome: '403 Forbidden', isFailure: true }),
  );
});

test('a request in the clear to anywhere else is refused, and is among the requests', async () => {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const asked = request(sandbox.url, { path, headers: { Host: new URL(path).host, ...headers } });
    const [response] = (await once(asked.end(), 'response')) as [IncomingMessage];
    return { status: response.statusCode, said: await text(response) };
  };
  const refused = { status: 403, said: expect.stringContaining('passes nothing on') };
  for (const url of ['http://api.contoso.com/', 'http://localhost:3000/', 'http://graph.microsoft.com/v1.0/me'])
    expect(await ask(url)).toEqual(refused);
  expect(await ask('http://api.contoso.com/sandbox/messages', { Host: new URL(sandbox.url).host })).toEqual(refused);
  expect((await ask(`${sandbox.url}/sandbox/messages`)).status).toBe(200);
  const { requests } = (await (await fetch(`${sandbox.url}/sandbox/requests`)).json()) as { requests: object[] };
  for (const title of ['GET http://api.contoso.com/', 'GET http://localhost:3000/'])
    expect(requests).toContainEqual(expect.objectContaining({ title, outcome: '403 Forbidden', isFailure: true }));
});

test('a sandbox is no proxy, and has no certificate of Microsoft, unless it is asked for', async () => {
  await using other = await startSandbox();
  expect(await openTunnel('graph.microsoft.com:443', other)).toMatchObject({
    status: 403,
    said: "The sandbox is no proxy: start it with the option 'proxy', or --proxy.",
  });
  const names = async ({ url, ca }: Sandbox): Promise<string | undefined> => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', ca });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    return certificate?.subjectAltName;
  };
  expect(await names(other)).toBe('DNS:localhost, IP Address:127.0.0.1');
  expect(await names(sandbox)).toContain('DNS:graph.microsoft.com');
});

test('what is asked of Microsoft by name is refused where the sandbox is no proxy', async () => {
  await using other = await startSandbox();
  const asked = request(`${other.url}/common/discovery/instance`, { headers: { Host: 'login.microsoftonline.com' } });
  const [response] = (await once(asked.end(), 'response')) as [IncomingMessage];
  expect(response.resume().statusCode).toBe(403);
});
