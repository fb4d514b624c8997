import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { RequestLog } from '../../src/sandbox/requests/request-log.js';
import { MailStore } from '../../src/sandbox/store/store.js';
import { Webhook } from '../../src/sandbox/webhook/webhook.js';

interface Told {
  readonly event: string;
  readonly message: Readonly<Record<string, unknown>>;
}

interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly told: readonly Told[];
}

/** An application that is told; `answer` says what it answers to the request of a number from 1. */
async function openEndpoint(
  answer = (response: ServerResponse, _number: number) => void response.end(),
): Promise<Endpoint> {
  const told: Told[] = [];
  const server: Server = createServer(async (request, response) => {
    told.push((await json(request)) as Told);
    answer(response, told.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mail`,
    told,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('every delivery is told of, in order, with what the message is', async () => {
  await using endpoint = await openEndpoint();
  await using sandbox = await startSandbox({ webhook: endpoint.url });
  await sandbox.deliver({ to: 'qa+tag@contoso.com', subject: 'One', text: 'x' });
  await sandbox.deliver({ to: ['qa@contoso.com', 'b@contoso.com'], subject: 'Two', text: 'x' });
  await expect.poll(() => endpoint.told.length).toBe(3);
  const messages = JSON.parse(JSON.stringify(await sandbox.messages())) as unknown[];
  expect(endpoint.told).toEqual(messages.toReversed().map((message) => ({ event: 'delivered', message })));
  expect(endpoint.told[0]?.message).toMatchObject({ recipient: 'qa+tag@contoso.com', subject: 'One', folder: 'Inbox' });
});

test('what a client puts into a folder, copies or moves is no delivery', async () => {
  await using endpoint = await openEndpoint();
  await using sandbox = await startSandbox({ webhook: endpoint.url });
  const account = sandbox.store.account('qa@contoso.com');
  const [inbox, archive] = [account.folder('inbox'), account.folder('archive')];
  inbox.move(inbox.copy(inbox.add({ source: Buffer.from('Subject: Draft\r\n\r\n') }), inbox), archive);
  await sandbox.deliver({ to: 'qa@contoso.com', subject: 'Delivered', text: 'x' });
  await expect.poll(() => endpoint.told.map(({ message }) => message['subject'])).toEqual(['Delivered']);
});

test('an endpoint that fails is asked three times, and the next delivery is told of all the same', async () => {
  await using endpoint = await openEndpoint(
    (response, number) => void response.writeHead(number <= 3 ? 500 : 200).end(),
  );
  const [store, requests] = [new MailStore(), new RequestLog()];
  const webhook = new Webhook(store, { endpoint: endpoint.url, origin: () => '', requests, intervals: [1, 1] });
  for (const subject of ['One', 'Two'])
    store.deliver({ to: ['qa@contoso.com'], source: Buffer.from(`Subject: ${subject}\r\n\r\n`) });
  await expect.poll(() => endpoint.told.map(({ message }) => message['subject'])).toEqual(['One', 'One', 'One', 'Two']);
  await expect
    .poll(() => requests.list().map((exchange) => exchange.summary().outcome))
    .toEqual(['200 OK', ...Array<string>(3).fill('500 Internal Server Error')]);
  webhook.close();
});

test('no delivery waits for an endpoint that does not answer, and closing does not either', async () => {
  await using endpoint = await openEndpoint(() => {});
  const sandbox = await startSandbox({ webhook: endpoint.url });
  for (let index = 0; index < 3; index++) await sandbox.deliver({ to: 'qa@contoso.com', subject: 'Hi', text: 'x' });
  expect(await sandbox.messages()).toHaveLength(3);
  await expect.poll(() => endpoint.told).toHaveLength(1);
  await sandbox.close();
});

test('a URL that is not on this machine is refused', async () => {
  await expect(startSandbox({ webhook: 'https://app.contoso.com/mail' })).rejects.toThrow(
    "The option 'webhook' has to be a URL of this machine, such as http://127.0.0.1:3000/mail.",
  );
});
