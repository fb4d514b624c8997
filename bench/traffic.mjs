import { connect, createServer } from 'node:net';

/**
 * What passes between clients and a server.
 * @typedef {object} Traffic
 * @property {number} port where to connect instead
 * @property {() => number} connections how many were opened so far
 * @property {() => string} sent what the clients sent so far
 * @property {() => string} received what they were answered so far
 * @property {() => Promise<void>} close
 */

/**
 * Stands between clients and a server, and writes down what passes.
 * @param {number} target the server's port
 * @returns {Promise<Traffic>}
 */
export async function recordTraffic(target) {
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  /** @type {Buffer[]} */
  const sent = [];
  /** @type {Buffer[]} */
  const received = [];
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    client.on('data', (chunk) => sent.push(chunk)).pipe(upstream);
    upstream.on('data', (chunk) => received.push(chunk)).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    sockets.push(client, upstream);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    connections: () => sockets.length / 2,
    sent: () => Buffer.concat(sent).toString('latin1'),
    received: () => Buffer.concat(received).toString('latin1'),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
