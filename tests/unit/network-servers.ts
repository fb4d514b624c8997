import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A server on a free port of this machine, and the sockets that were opened to it. */
export interface LocalServer extends AsyncDisposable {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  readonly sockets: Set<Socket>;
}

export function serveHttp(listener: RequestListener): Promise<LocalServer> {
  return listen(createHttpServer({ keepAliveTimeout: 60_000 }, listener), 'http://127.0.0.1');
}

/** With a certificate for `localhost` that signed itself. */
export function serveHttps(listener: RequestListener): Promise<LocalServer> {
  return listen(createHttpsServer({ cert: certificate, key }, listener), 'https://localhost');
}

export interface TestProxy extends LocalServer {
  /** What it was asked for: `CONNECT host:port`, or `GET http://...`. */
  readonly asked: string[];
}

/** A forwarding proxy; with `authorization` it wants exactly that, and answers 407 without. */
export async function serveProxy(authorization?: string): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('forwarded');
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (authorization !== undefined && request.headers['proxy-authorization'] !== authorization) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  return Object.assign(await listen(server, 'http://127.0.0.1'), { asked });
}

async function listen(server: Server, origin: string): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    sockets,
    url: `${origin}:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** For tests on this machine only. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUToFj+vOUcpPCdAz8C9oHfE+URLwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxMDIxMloYDzIxMjYxMDMw
MjEwMjEyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASF0Se2Rm7sSBKSdjEfHC5/Fa841tkDqmgu17kTJeHw0PJruF6MqqJJ
mcuGb6N+we7pPcVECnh3SED0EsMuH5wro2kwZzAdBgNVHQ4EFgQU7LZRA716iKjf
K33BlUHZSp6FXhUwHwYDVR0jBBgwFoAU7LZRA716iKjfK33BlUHZSp6FXhUwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgWNTv9U1CNBQpSbjyn4Zwd1yDZQbGhzIASXQuapb6Q5ACIQC8e4PmP5Sg
NcPBK++cAA9MPcFV1vHBXtDkjQHyy5Cs4A==
-----END CERTIFICATE-----`;

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgi/ZJS+e+xSAMeO2E
Jd+O9CGMhaHnD789uWN/OTC8asChRANCAASF0Se2Rm7sSBKSdjEfHC5/Fa841tkD
qmgu17kTJeHw0PJruF6MqqJJmcuGb6N+we7pPcVECnh3SED0EsMuH5wr
-----END PRIVATE KEY-----`;
