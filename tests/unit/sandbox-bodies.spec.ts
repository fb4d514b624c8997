import { once } from 'node:events';
import { createServer, request as requestHttp, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { readBody } from '../../src/sandbox/server/read-body.js';
import { startGraphServer } from './sandbox-graph-server.js';
import { user } from './sandbox-sign-in.js';

let sandbox: Sandbox;
test.beforeAll(async () => {
  sandbox = await startSandbox();
});
test.afterAll(() => sandbox.close());

const megabyte = Buffer.alloc(1024 * 1024, ' ');

/** Posts so many megabytes without saying beforehand how many; the status and the answer. */
async function post(path: string, megabytes: number, type: string): Promise<[status: number, body: string]> {
  const request = requestHttp(new URL(path, sandbox.url), { method: 'POST', headers: { 'Content-Type': type } });
  const response = once(request, 'response') as Promise<[IncomingMessage]>;
  for (let sent = 0; sent < megabytes; sent++) if (!request.write(megabyte)) await once(request, 'drain');
  request.end();
  const [answer] = await response;
  return [answer.statusCode ?? 0, await text(answer)];
}

const doors = [
  { path: '/sandbox/deliver', megabytes: 65, type: 'application/json', says: /larger than 67108864 octets/ },
  { path: '/EWS/Exchange.asmx', megabytes: 65, type: 'text/xml', says: /larger than 67108864 octets/ },
  { path: '/v1.0/me/sendMail', megabytes: 5, type: 'application/json', says: /"code":"BadRequest".*4MB/ },
  { path: '/contoso.com/oauth2/v2.0/token', megabytes: 2, type: 'text/plain', says: /larger than 1048576 octets/ },
];
for (const { path, megabytes, type, says } of doors) {
  test(`${path} refuses ${megabytes} MB once they have come, and goes on`, async () => {
    expect(await post(path, megabytes, type)).toEqual([413, expect.stringMatching(says)]);
    expect((await fetch(sandbox.url)).status).toBe(200);
  });
}

test('JSON nested without end is refused by the controls and by Graph', async () => {
  const body = `{"subject":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const headers = { 'Content-Type': 'application/json' };
  const control = await fetch(`${sandbox.url}/sandbox/deliver`, { method: 'POST', headers, body });
  expect([control.status, await control.json()]).toEqual([400, { error: 'The JSON is nested more than 100 deep' }]);
  await using graph = await startGraphServer();
  expect(await graph.ask('POST /me/messages', { headers, body })).toMatchObject({ status: 400, code: 'BadRequest' });
});

const attributes = Array.from({ length: 101 }, (_, index) => `a${index}=""`).join(' ');
const documents = { deep: '<a>'.repeat(200_000), 'with many attributes': `<a ${attributes}/>` };
for (const [kind, body] of Object.entries(documents)) {
  test(`XML ${kind} is a violation of the schema`, async () => {
    const authorization = `Basic ${Buffer.from(`${user}:secret`).toString('base64')}`;
    const headers = { authorization, 'Content-Type': 'text/xml' };
    const answer = await fetch(`${sandbox.url}/EWS/Exchange.asmx`, { method: 'POST', headers, body });
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('ErrorSchemaValidation')]);
  });
}

test('a body that stops coming is given up', async () => {
  let read: Promise<Buffer | undefined> | undefined;
  const server = createServer((request) => void (read = readBody(request, 10, 20)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const request = requestHttp({ port, method: 'POST' });
  request.write('a');
  await once(request, 'error');
  expect(await read).toBeUndefined();
  server.close();
});
