import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire between a client and a server, which can be cut. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections have been made through it. */
  readonly connections: number;
  /** How many stand now. */
  readonly open: number;
  /** Ends all connections as a server does that closes them. */
  close(): void;
  /** Breaks all connections off (RST). */
  cut(): void;
  /** Lets nothing through any more on the connections there are, without a word to either side. */
  silence(): void;
  /** How many octets servers have sent. */
  readonly received: number;
  /**
   * Called with what the server says, and decides on it: `'cut'` passes a half on and breaks the connection
   * off, `'close'` passes it on and ends the connection; octets are passed on instead.
   */
  onAnswer: ((text: string, said: Buffer) => 'cut' | 'close' | Buffer | undefined) | undefined;
}

/** Listens on loopback, and passes everything on to a port there. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [client: Socket, server: Socket]>();
  let connections = 0;
  let received = 0;
  const listener = createServer((client) => {
    connections++;
    const server = connect(target, '127.0.0.1');
    const pair = [client, server] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const end of pair) end.destroy();
      });
    }
    client.on('data', (data) => server.write(data));
    server.on('data', (data) => {
      received += data.length;
      const fate = proxy.onAnswer?.(data.toString('latin1'), data);
      if (fate === 'cut') client.write(data.subarray(0, data.length / 2), () => client.resetAndDestroy());
      else client.write(Buffer.isBuffer(fate) ? fate : data);
      if (fate === 'close') client.end();
    });
    server.on('end', () => client.end());
    client.on('end', () => server.end());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const proxy: TcpProxy = {
    port: (listener.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get open() {
      return pairs.size;
    },
    get received() {
      return received;
    },
    close() {
      for (const [client] of pairs) client.end();
    },
    cut() {
      for (const [client] of pairs) client.resetAndDestroy();
    },
    silence() {
      for (const socket of [...pairs].flat()) socket.removeAllListeners('data').removeAllListeners('end').resume();
    },
    onAnswer: undefined,
    async [Symbol.asyncDispose]() {
      for (const socket of [...pairs].flat()) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return proxy;
}
