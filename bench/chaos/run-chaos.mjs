import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxConnection } from '../../dist/config/index.js';
import { openConnection } from '../../dist/mail/open-connection.js';
import { withScope } from '../scope.mjs';
import { forkSandbox } from './remote-deeds.mjs';
import { seededRandom } from './random.mjs';
import { calmServer, deliverSomehow, serverTrouble } from './weather.mjs';
import { startChaosWire } from './wire.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {import('./wire.mjs').Wire} Wire */

const readers = 4;
/** Milliseconds without a message, after which what has not come counts as lost. */
const patience = 60_000;
/** Milliseconds of calm at the end, in which a message could still come a second time. */
const afterwards = 3000;

/**
 * Sends mail to a mailbox in all ways in which mail comes, while the network and the server do what they can against
 * it, and counts what is handed out.
 * @param {object} options
 * @param {'ews' | 'imap' | 'graph'} options.protocol
 * @param {number} options.seed what is drawn follows from it; what meets what depends on the machine too
 * @param {number} options.count messages
 * @param {number} [options.troubleEvery] messages from one trouble to the next, on the average
 */
export async function runChaos({ protocol, seed, count, troubleEvery = 20 }) {
  return await withScope(async (own) => {
    const random = seededRandom(seed);
    const sandbox = own(await forkSandbox({ heartbeatInterval: 1000 }));
    const wires = await wiresTo(sandbox.env, used[protocol], random);
    for (const wire of wires.list) own(wire);
    const connection = await openConnection('chaos', sandboxConnection({ protocol, env: wires.env }), {});
    own({ close: () => connection[Symbol.asyncDispose]() });
    const mailbox = await connection.mailbox(undefined, { timeout: 0 });

    const begin = performance.now();
    const reading = read(mailbox, count);
    /** @type {Map<string, number>} */
    const troubles = new Map();
    for (let number = 0; number < count && !reading.ended; number++) {
      await deliverSomehow(sandbox, random, { to: mailbox.address, subject: `Message ${number}` });
      if (random.chance(0.2)) await sleep(random.next() * 5);
      if (!random.chance(1 / troubleEvery)) continue;
      const name = random.chance(0.5)
        ? random.pick(wires.list).strike()
        : await serverTrouble(protocol, sandbox, random);
      troubles.set(name, (troubles.get(name) ?? 0) + 1);
    }
    for (const wire of wires.list) wire.calm();
    await calmServer(sandbox);
    const { subjects, seconds } = await reading.done(begin);
    const distinct = new Set(subjects).size;
    const found = await mailbox.find({}, { timeout: 30_000 });
    return {
      lost: count - distinct,
      twice: subjects.length - distinct,
      /** What `find` does not show of what was handed out. */
      unseen: count - new Set(found.map(({ subject }) => subject)).size,
      seconds,
      troubles: Object.fromEntries(troubles),
    };
  });
}

const http = 'PLAYWRIGHT_EXCHANGE_SANDBOX';
/** The variables that name the ports which a protocol uses while it waits. */
const used = { ews: [http], graph: [http], imap: [http, `${http}_IMAP`] };

/**
 * @param {Readonly<Record<string, string>>} env
 * @param {readonly string[]} names which of them are led through a wire
 * @param {Random} random
 */
async function wiresTo(env, names, random) {
  /** @type {Wire[]} */
  const list = [];
  /** @type {Record<string, string>} */
  const through = { ...env };
  for (const name of names) {
    const value = env[name] ?? '';
    const wire = await startChaosWire(Number(/:(\d+)$/.exec(value)?.[1]), random);
    list.push(wire);
    through[name] = value.replace(/:\d+$/, `:${wire.port}`);
  }
  return { list, env: through };
}

/**
 * Takes messages until all are there and it has been calm for a while.
 * @param {import('playwright-exchange').Mailbox} mailbox
 * @param {number} count
 */
function read(mailbox, count) {
  const end = new AbortController();
  /** @type {string[]} */
  const subjects = [];
  /** @type {Error[]} */
  const failures = [];
  let lastAt = performance.now();
  const reading = Array.from({ length: readers }, async () => {
    while (!end.signal.aborted) {
      const { subject } = await mailbox.waitForMessage({}, { signal: end.signal });
      subjects.push(subject);
      lastAt = performance.now();
    }
  });
  for (const each of reading) {
    each.catch((error) => {
      if (!end.signal.aborted) failures.push(error);
    });
  }
  return {
    /** A wait ended with an error. */
    get ended() {
      return failures.length > 0;
    },
    /** @param {number} begin */
    async done(begin) {
      lastAt = Math.max(lastAt, performance.now());
      while (failures.length === 0 && new Set(subjects).size < count && performance.now() < lastAt + patience)
        await sleep(200);
      const seconds = (lastAt - begin) / 1000;
      if (failures.length === 0) await sleep(afterwards);
      end.abort();
      await Promise.allSettled(reading);
      if (failures[0]) throw failures[0];
      return { subjects, seconds };
    },
  };
}
