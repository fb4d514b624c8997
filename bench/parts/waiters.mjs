import { openConnection } from '../../dist/mail/open-connection.js';
import { startSandbox } from '../../dist/sandbox/index.js';
import { deliverTo } from '../deliver.mjs';
import { median, ratioRow } from '../figures.mjs';
import { heapInUse } from '../heap.mjs';
import { timeout } from '../receiver.mjs';
import { withScope } from '../scope.mjs';
import { countedConnection } from '../wire.mjs';

const total = 200;
const rounds = 5;
const user = 'qa@contoso.com';

/** @typedef {import('playwright-exchange').Mailbox} Mailbox */

/**
 * Hands 200 messages out to 200 that wait, each for its own, and to one that waits again and again.
 * @param {import('../wire.mjs').Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function waiters(protocol) {
  /** @type {Record<'many' | 'one', Awaited<ReturnType<typeof measure>>[]>} */
  const runs = { many: [], one: [] };
  for (let round = -1; round < rounds; round++) {
    const [many, one] = [await measure(protocol, manyWaiters), await measure(protocol, oneWaiter)];
    // The first round warms up.
    if (round < 0) continue;
    runs.many.push(many);
    runs.one.push(one);
  }
  /** @param {'time' | 'connections' | 'fetched' | 'heap'} figure */
  const pair = (figure) =>
    /** @type {[number, number]} */ ([runs.many, runs.one].map((each) => median(each.map((run) => run[figure]))));
  return {
    title: `${protocol.toUpperCase()}, ${total} messages for ${total} that wait in one mailbox against one that does, median of ${rounds}`,
    head: [`${total} wait`, '1 waits', 'ratio'],
    rows: [
      ratioRow('connections opened', pair('connections'), { atMost: 1 }),
      ratioRow('messages fetched', pair('fetched'), { atMost: 1 }),
      ratioRow('until all are handed out', pair('time'), { unit: ' ms' }),
      ratioRow('heap held for them after it', pair('heap'), { unit: ' MB', digits: 1 }),
    ],
  };
}

/**
 * @param {import('../wire.mjs').Protocol} protocol
 * @param {(mailbox: Mailbox) => Promise<unknown>} wait
 */
async function measure(protocol, wait) {
  return await withScope(async (own) => {
    const sandbox = own(await startSandbox());
    const counted = own(await countedConnection(sandbox, protocol, user));
    const connection = await openConnection('bench', counted.definition, {});
    own({ close: () => connection[Symbol.asyncDispose]() });
    const mailbox = await connection.mailbox(undefined, { timeout });
    const deliver = deliverTo(sandbox);

    // One more, so that the mailbox is being watched when the clock starts.
    const watched = mailbox.waitForMessage({ subject: 'First of all' });
    await deliver(mailbox.address, 'First of all');
    await watched;
    const before = counted.counts();

    const heap = await heapInUse();
    const waiting = wait(mailbox);
    const begin = performance.now();
    for (let number = 0; number < total; number++) await deliver(mailbox.address, subject(number));
    await waiting;
    const time = performance.now() - begin;
    const { connections, fetched } = counted.counts();
    return { heap: (await heapInUse()) - heap, time, connections, fetched: fetched - before.fetched };
  });
}

/** @param {Mailbox} mailbox */
async function manyWaiters(mailbox) {
  await Promise.all(Array.from({ length: total }, (_, number) => mailbox.waitForMessage({ subject: subject(number) })));
}

/** @param {Mailbox} mailbox */
async function oneWaiter(mailbox) {
  for (let number = 0; number < total; number++) await mailbox.waitForMessage({ subject: subject(number) });
}

/** @param {number} number */
function subject(number) {
  return `Message ${String(number).padStart(3, '0')}`;
}
