import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that talks without end. */
export interface HostileServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** How many connections were made to it. */
  readonly connections: number;
  /** How many octets the clients have taken off it, or their systems for them. */
  readonly sent: number;
  /** Resolves when every connection is closed. */
  abandoned(): Promise<void>;
}

/** What to send: once, or what comes next each time it is asked, for ever. */
export type Speech = { readonly first?: string; readonly next: () => string | Buffer };

/**
 * Begins to speak when the client has, or at once; goes on as long as the client takes it, and takes no notice of
 * what it says.
 */
export async function serveSpeech(
  speech: Speech,
  { when = 'asked', pause = 0 }: { readonly when?: 'asked' | 'connected'; readonly pause?: number } = {},
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const closings: Promise<void>[] = [];
  let sent = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    closings.push(
      new Promise((resolve) =>
        socket.once('close', () => {
          sent += socket.bytesWritten - socket.writableLength;
          resolve();
        }),
      ),
    );
    socket.on('error', () => {});
    socket.resume();
    if (when === 'connected') speak(socket, speech, pause);
    else socket.once('data', () => speak(socket, speech, pause));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return closings.length;
    },
    get sent() {
      return sent;
    },
    abandoned: async () => void (await Promise.all(closings)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function speak(socket: Socket, { first = '', next }: Speech, pause: number): void {
  socket.write(first);
  (function more(): void {
    if (socket.destroyed) return;
    const again = (): void => void (pause > 0 ? setTimeout(more, pause) : setImmediate(more));
    if (socket.write(next())) again();
    else socket.once('drain', again);
  })();
}

/** The head of an answer, and its body without end. */
export function endless(chunk: string | Buffer, head: readonly string[] = []): Speech {
  const lines = ['HTTP/1.1 200 OK', 'Connection: close', ...head];
  return { first: `${lines.join('\r\n')}\r\n\r\n`, next: () => chunk };
}

export const megabyte = 1024 * 1024;
