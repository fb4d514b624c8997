import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Secret } from './find-secrets.js';

/** Stands before a sandbox, and notes the secrets of all sign-ins. */
export interface RecordingProxy extends AsyncDisposable {
  /** As the sandbox's own; it is a proxy that wants a password, too. */
  readonly url: string;
  readonly port: number;
  readonly secrets: readonly Secret[];
}

/** `credentials`: `user:password` */
export async function startRecordingProxy(target: string, credentials: string): Promise<RecordingProxy> {
  const secrets: Secret[] = [];
  const sockets = new Set<Socket>();
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const isAllowed = ({ url, headers }: IncomingMessage): boolean =>
    url?.startsWith('/') === true || headers['proxy-authorization'] === authorization;
  const server = createServer((request, response) => {
    if (isAllowed(request)) void forward(request, response, { target, secrets });
    else response.writeHead(407, challenge).end();
  });
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  server.on('connect', (request, socket: Socket) => {
    if (isAllowed(request)) tunnel(socket, connect(Number(request.url?.split(':').at(-1)), '127.0.0.1'));
    else socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    secrets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const challenge = { 'Proxy-Authenticate': 'Basic realm="proxy"' };

interface Recording {
  readonly target: string;
  readonly secrets: Secret[];
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, secrets }: Recording,
): Promise<void> {
  const url = new URL(request.url ?? '', target);
  const sent = send(url, { method: request.method, headers: request.headers, agent: false });
  sent.on('error', () => response.destroy());
  const isSignIn = url.pathname.includes('/oauth2/');
  if (isSignIn) void bodyOf(request).then((body) => note(`${url.search}&${body}`, secrets));
  request.pipe(sent);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  if (isSignIn) void bodyOf(answer).then((body) => note(body, secrets));
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response).on('close', () => answer.destroy());
}

function tunnel(client: Socket, server: Socket): void {
  server.on('connect', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  client.pipe(server).pipe(client);
  client.on('close', () => server.destroy());
  server.on('close', () => client.destroy()).on('error', () => {});
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(message, 'end');
  return Buffer.concat(chunks).toString();
}

/** The names that RFC 6749, RFC 7636, RFC 8628, OpenID Connect and Microsoft's pages have for their secrets. */
const names =
  'client_secret|client_assertion|code|code_verifier|access_token|refresh_token|id_token|device_code|state|nonce|passwd';

/** In addresses and forms, in JSON, and in pages; none is short. */
const places = [
  `(?<!\\w)(${names})=([^&"\\s]{16,})`,
  `"(${names})"\\s*:\\s*"([^"]{16,})"`,
  `name="(${names})"\\s+value="([^"]{16,})"`,
];

function note(said: string, secrets: Secret[]): void {
  const [form, ...others] = places.map((place) => [...said.matchAll(new RegExp(place, 'g'))]);
  for (const [, name = '', value = ''] of form!) secrets.push([name, decodeURIComponent(value.replaceAll('+', ' '))]);
  for (const [, name = '', value = ''] of others.flat()) secrets.push([name, value]);
}
