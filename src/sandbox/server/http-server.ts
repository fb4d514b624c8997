import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { sendAnswer, textAnswer } from './answer.js';
import type { Certificate } from './certificate.js';
import type { HttpDoor } from './door.js';
import { refuseToForward } from './forwarded.js';
import { checkHost, refuseOtherPages } from './guard.js';
import { HttpRefusal, nothingAt } from './http-refusal.js';
import { recordHttp } from '../requests/record-http.js';
import type { RequestLog } from '../requests/request-log.js';
import { listen, loopback, type Listener } from './listen.js';
import { microsoftHosts } from './microsoft-hosts.js';
import { openTunnel, type TunnelOptions } from './tunnel.js';

export interface HttpServerOptions extends Partial<Pick<TunnelOptions, 'isProxy' | 'portOf'>> {
  readonly port: number;
  readonly certificate: Certificate;
  /** Names it is known by besides `localhost` and addresses. @default none */
  readonly hosts?: readonly string[];
  /** Where requests and answers are kept. @default nowhere */
  readonly requests?: RequestLog;
}

/** The first octet of a TLS connection: a handshake record (RFC 8446 section 5.1). */
const handshake = 0x16;

/** One port on loopback that takes HTTP, and HTTP over TLS, with doors behind it. */
export function openHttpServer(
  doors: readonly HttpDoor[],
  { port, certificate: { cert, key }, hosts = [], requests, isProxy = false, portOf = () => 0 }: HttpServerOptions,
): Promise<Listener> {
  const proxied = isProxy ? microsoftHosts : [];
  const known = [...hosts, ...proxied];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isProxy && !('encrypted' in request.socket)) refuseToForward(request, hosts, requests);
    const url = urlOf(request, proxied);
    const door = doors.find((each) => each.owns(url.pathname));
    const service = door ? door.serviceAt(url.pathname) : 'other';
    if (requests && service) recordHttp(requests, service, request, response);
    checkHost(request, known);
    if (!door) throw nothingAt(url.pathname);
    if (!door.isOpenToPages) refuseOtherPages(request);
    await door.handle(request, response, url);
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => fail(response, error));
  };
  const plain = withoutTimeout(createHttpServer(answer));
  // Made when it is needed: preparing for TLS takes longer than all else of a start.
  let encrypted: HttpsServer | undefined;
  const lead = (socket: Socket): void => {
    encrypted ??= withoutTimeout(createHttpsServer({ cert, key }, answer));
    encrypted.emit('connection', socket);
  };
  plain.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) =>
    openTunnel(request, socket, head, { isProxy, requests, serve: lead, portOf }),
  );
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = readFirst(socket);
      if (first === handshake) lead(socket);
      else if (first !== undefined) plain.emit('connection', socket);
    });
  });
  return listen(server, port, 'HTTP');
}

/** An idle connection is the client's to close: closing it here races with its next request. */
function withoutTimeout<S extends HttpServer | HttpsServer>(server: S): S {
  server.keepAliveTimeout = 0;
  return server;
}

/** The first octet that came, left where it is; nothing where the client has gone without a word. */
function readFirst(socket: Socket): number | undefined {
  const first = socket.read(1) as Buffer | null;
  if (first) socket.unshift(first);
  else socket.destroy();
  return first?.[0];
}

function urlOf(request: IncomingMessage, proxied: readonly string[]): URL {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const { host = '' } = request.headers;
  const origin = `${scheme}://${proxied.includes(host) ? host : `${loopback}:${request.socket.localPort}`}`;
  const target = request.url ?? '/';
  if (!URL.canParse(target, origin)) throw new HttpRefusal(400, `${target} is no address`);
  const { pathname, search } = new URL(target, origin);
  return new URL(pathname + search, origin);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const status = error instanceof HttpRefusal ? error.status : 500;
  sendAnswer(response, textAnswer(error instanceof Error ? error.message : 'failed', status));
}
