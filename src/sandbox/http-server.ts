import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpDoor } from './door.js';
import { listen, loopback, type Listener } from './listen.js';

/** One HTTP server on loopback with doors in it. */
export function openHttpServer(doors: readonly HttpDoor[], port: number): Promise<Listener> {
  const server = createServer((request, response) => {
    route(doors, request, response).catch((error: unknown) => fail(response, error));
  });
  // An idle connection is the client's to close: closing it here races with its next request.
  server.keepAliveTimeout = 0;
  return listen(server, port, 'HTTP');
}

async function route(doors: readonly HttpDoor[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const origin = `http://${loopback}:${request.socket.localPort}`;
  const { pathname, search } = new URL(request.url ?? '/', origin);
  const door = doors.find((each) => each.owns(pathname));
  if (door) return door.handle(request, response, new URL(pathname + search, origin));
  response.writeHead(404, { 'Content-Type': 'text/plain' });
  response.end(`The sandbox has nothing at ${pathname}\n`);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(500, { 'Content-Type': 'text/plain' });
  response.end(`${error instanceof Error ? error.message : 'failed'}\n`);
}
