import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server on a free port of this machine that does as it is told. */
export interface TcpServer extends AsyncDisposable {
  readonly port: number;
  /** All that have connected. */
  readonly sockets: readonly Socket[];
}

export async function serveTcp(onConnection: (socket: Socket) => void): Promise<TcpServer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port of this machine on which nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, ...server } = await serveTcp(() => {});
  await server[Symbol.asyncDispose]();
  return port;
}
