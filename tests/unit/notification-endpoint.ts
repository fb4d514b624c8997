import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface NotificationEndpoint extends AsyncDisposable {
  readonly url: string;
  /** All notifications, in the order in which they came. */
  readonly told: readonly Readonly<Record<string, unknown>>[];
  /** How many requests told them. */
  readonly requests: number;
}

/** What an endpoint answers, where it is not as it should be. */
export interface EndpointBehaviour {
  readonly validate?: (response: ServerResponse, token: string) => void;
  /** Answers the request of a number from 1. */
  readonly answer?: (response: ServerResponse, number: number) => void;
}

/** An application that subscribes to Graph's change notifications. */
export async function openNotificationEndpoint({
  validate = (response, token) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).end(token),
  answer = (response) => void response.writeHead(202).end(),
}: EndpointBehaviour = {}): Promise<NotificationEndpoint> {
  const told: Record<string, unknown>[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('validationToken');
    const body = await text(request);
    if (token !== null) return validate(response, token);
    requests++;
    answer(response, requests);
    if (response.statusCode < 300) told.push(...(JSON.parse(body) as { value: Record<string, unknown>[] }).value);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notifications?app=1`,
    told,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
