import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('node:net').Socket} Socket */
/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ readonly client: Socket, readonly server: Socket, blackHole: boolean }} Pair */

/** Milliseconds that a black hole lasts before its connections are reset: nobody comes out of one. */
const blackHole = 1500;
/** Octets that a throttled connection carries at once. */
const dribble = 700;

/**
 * A wire on loopback that is no friend of the connections on it. What it does is drawn by {@link Wire.strike}; between,
 * it carries octets.
 * @typedef {object} Wire
 * @property {number} port
 * @property {() => string} strike does something to the connections that stand, or to the next ones; resolves to its name
 * @property {() => void} calm carries octets, and no more, from now on
 * @property {() => Promise<void>} close
 */

/**
 * @param {number} target
 * @param {Random} random
 * @returns {Promise<Wire>}
 */
export async function startChaosWire(target, random) {
  /** @type {Set<Pair>} */
  const pairs = new Set();
  const mood = { delay: 0, throttled: false, cutNext: 0, twins: 0 };

  /** @param {Pair} pair */
  const reset = ({ client, server }) => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };

  /**
   * @param {Pair} pair
   * @param {Socket} to
   * @param {Buffer} data
   */
  const carry = async (pair, to, data) => {
    if (mood.delay > 0) await sleep(random.next() * mood.delay);
    if (pair.blackHole) return;
    if (mood.cutNext > 0) {
      mood.cutNext--;
      to.write(data.subarray(0, random.whole(data.length)), () => reset(pair));
      return;
    }
    const piece = mood.throttled ? dribble : data.length;
    for (let at = 0; at < data.length && !to.destroyed; at += piece) {
      to.write(data.subarray(at, at + piece));
      if (mood.throttled) await sleep(1);
    }
  };

  /** @param {Socket} client */
  const open = (client) => {
    const server = connect(target, '127.0.0.1');
    const pair = { client, server, blackHole: false };
    pairs.add(pair);
    // A second connection that says the same, and whose answers nobody hears: so do balancers that ask twice.
    const twin = mood.twins > 0 ? connect(target, '127.0.0.1') : undefined;
    if (twin) mood.twins--;
    twin?.on('error', () => {}).resume();
    for (const socket of [client, server]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        server.destroy();
        twin?.destroy();
      });
    }
    client.on('data', (data) => twin?.write(data));
    pass(client, server, (data) => carry(pair, server, data));
    pass(server, client, (data) => carry(pair, client, data));
  };

  const strikes = {
    reset: () => [...pairs].filter(() => random.chance(0.5)).forEach(reset),
    'half-close': () => [...pairs].filter(() => random.chance(0.5)).forEach(({ client }) => client.end()),
    'cut in the middle': () => void (mood.cutNext += 1 + random.whole(3)),
    'black hole': () => {
      const lost = [...pairs].filter(() => random.chance(0.5));
      for (const pair of lost) pair.blackHole = true;
      setTimeout(() => lost.forEach(reset), blackHole).unref();
    },
    slow: () => void (mood.delay = random.whole(60)),
    throttled: () => void (mood.throttled = !mood.throttled),
    twins: () => void (mood.twins += 2),
    calm: () => void Object.assign(mood, { delay: 0, throttled: false }),
  };

  const listener = createServer({ allowHalfOpen: true }, open);
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', () => resolve(undefined)));
  return {
    port: /** @type {import('node:net').AddressInfo} */ (listener.address()).port,
    strike() {
      const name = random.pick(/** @type {(keyof typeof strikes)[]} */ (Object.keys(strikes)));
      strikes[name]();
      return name;
    },
    calm() {
      Object.assign(mood, { delay: 0, throttled: false, cutNext: 0, twins: 0 });
    },
    async close() {
      pairs.forEach(reset);
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/**
 * Hands on what one side says, in order, however long that takes, and its end.
 * @param {Socket} from
 * @param {Socket} to
 * @param {(data: Buffer) => Promise<void>} carry
 */
function pass(from, to, carry) {
  let last = Promise.resolve();
  from.on('data', (data) => {
    last = last.then(() => carry(data));
  });
  from.on('end', () => {
    last = last.then(() => void to.end());
  });
}
