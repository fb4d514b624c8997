import type { AddressInfo, Server, Socket } from 'node:net';
import { ExchangeError } from '../../errors.js';

/** The sandbox talks to this machine only. */
export const loopback = '127.0.0.1';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Cuts every open connection, and goes on listening. */
  drop(): void;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
}

/**
 * Listens on loopback; port 0 takes a free one.
 * @throws NETWORK where the port is taken or not allowed
 */
export async function listen(server: Server, port: number, service: string): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, service)));
    server.listen(port, loopback, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    drop,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

function listenError(cause: NodeJS.ErrnoException, port: number, service: string): ExchangeError {
  const happened = cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message;
  return new ExchangeError('NETWORK', `The sandbox cannot listen on ${loopback}:${port} for ${service}: ${happened}.`, {
    cause,
    advice: ['Stop what listens there, or choose another port; 0 takes a free one.'],
  });
}
