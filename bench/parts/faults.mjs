import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxConnection } from '../../dist/config/index.js';
import { openConnection } from '../../dist/mail/open-connection.js';
import { startSandbox } from '../../dist/sandbox/index.js';
import { deliverTo } from '../deliver.mjs';
import { verdict } from '../figures.mjs';
import { timeout } from '../receiver.mjs';
import { withScope } from '../scope.mjs';

const total = 10_000;
const readers = 4;
/** So many messages from one trouble to the next. */
const troubleEvery = 100;
/** Milliseconds without a message, after which what has not come counts as lost. */
const patience = 60_000;

/** @typedef {import('playwright-exchange/sandbox').Sandbox} Sandbox */

/**
 * Hands messages out while the server makes trouble.
 * @param {import('../wire.mjs').Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function faults(protocol) {
  return await withScope(async (own) => {
    const sandbox = own(await startSandbox({ heartbeatInterval: 1000 }));
    const connection = await openConnection('bench', sandboxConnection({ protocol, env: sandbox.env }), {});
    own({ close: () => connection[Symbol.asyncDispose]() });
    const mailbox = await connection.mailbox(undefined, { timeout });

    const begin = performance.now();
    const received = receive(mailbox);
    const made = await storm(sandbox, mailbox.address, troubles[protocol](sandbox));
    const { subjects, lastAt } = await received;
    const seconds = (lastAt - begin) / 1000;
    const distinct = new Set(subjects).size;
    return {
      title: `${protocol.toUpperCase()}, ${total} messages while ${made} times something goes wrong`,
      head: ['messages'],
      rows: [
        ['lost', String(total - distinct), ...verdict(total - distinct, 0)],
        ['handed out twice', String(subjects.length - distinct), ...verdict(subjects.length - distinct, 0)],
        ['a second', (distinct / seconds).toFixed(0)],
      ],
    };
  });
}

/**
 * Takes messages until all are there, and a little longer, for those that come twice.
 * @param {import('playwright-exchange').Mailbox} mailbox
 */
async function receive(mailbox) {
  const end = new AbortController();
  /** @type {string[]} */
  const subjects = [];
  let lastAt = performance.now();
  const reading = Array.from({ length: readers }, async () => {
    while (!end.signal.aborted) {
      const { subject } = await mailbox.waitForMessage({}, { signal: end.signal });
      subjects.push(subject);
      lastAt = performance.now();
    }
  });
  const done = Promise.allSettled(reading);
  while (new Set(subjects).size < total && performance.now() < lastAt + patience) await sleep(500);
  await sleep(1000);
  end.abort();
  await done;
  return { subjects, lastAt };
}

/**
 * @param {Sandbox} sandbox
 * @param {string} address
 * @param {readonly (() => unknown)[]} troubles
 */
async function storm(sandbox, address, troubles) {
  const deliver = deliverTo(sandbox);
  let made = 0;
  for (let number = 0; number < total; number++) {
    await deliver(address, `Message ${number}`);
    if (number % troubleEvery === 0) await troubles[made++ % troubles.length]?.();
    // A pause of random length puts arrivals into every gap between reading, push and reconnecting.
    if (Math.random() < 0.2) await sleep(Math.random() * 5);
  }
  sandbox.faults.losePushes = 0;
  // A push that was lost is made up for by the next one.
  sandbox.dropConnections();
  return made;
}

/** @type {Readonly<Record<import('../wire.mjs').Protocol, (sandbox: Sandbox) => (() => unknown)[]>>} */
const troubles = {
  ews: (sandbox) => [
    () => sandbox.dropStreams(),
    () => (sandbox.faults.losePushes = 0.5),
    () => (sandbox.faults.dropRequests = 2),
    () => (sandbox.faults.busy = { times: 1, backOffMilliseconds: 50 }),
    () => sandbox.forgetSubscriptions(),
    () => (sandbox.faults.unauthorized = 1),
    () => sandbox.restart(),
    () => (sandbox.faults.losePushes = 0),
  ],
  graph: (sandbox) => [
    () => sandbox.dropConnections(),
    () => (sandbox.faults.dropDuringDelta = 1),
    () => (sandbox.faults.lostSyncStates = 1),
    () => (sandbox.faults.dropRequests = 2),
    () => (sandbox.faults.throttleGraph = { times: 3, retryAfterSeconds: 0 }),
    () => (sandbox.faults.unauthorized = 1),
    () => sandbox.restart(),
  ],
  imap: (sandbox) => [
    () => sandbox.dropConnections(),
    () => (sandbox.faults.losePushes = 0.5),
    () => (sandbox.faults.dropDuringFetch = 2),
    () => (sandbox.faults.throttleImap = { times: 1, backOffMilliseconds: 50 }),
    () => sandbox.restart(),
    () => (sandbox.faults.losePushes = 0),
  ],
};
