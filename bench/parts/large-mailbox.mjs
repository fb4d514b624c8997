import { sandboxConnection } from '../../dist/config/index.js';
import { startSandbox } from '../../dist/sandbox/index.js';
import { deliverTo } from '../deliver.mjs';
import { median, percentile, ratioRow } from '../figures.mjs';
import { heapInUse } from '../heap.mjs';
import { measureLatency } from '../latency.mjs';
import { mail } from '../mail.mjs';
import { openReceiver } from '../receiver.mjs';
import { withScope } from '../scope.mjs';
import { countedConnection } from '../wire.mjs';

const users = ['large@contoso.com', 'small@contoso.com'];
const sizes = [50_000, 10];
/** Milliseconds; one came in each. */
const hour = 3_600_000;
const openings = 7;
const countedMails = 10;
const timed = { warmUp: 20, count: 100 };

/**
 * What it costs that a mailbox is full.
 * @param {import('../wire.mjs').Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function largeMailbox(protocol) {
  return await withScope(async (own) => {
    const sandbox = own(await startSandbox());
    for (const [index, user] of users.entries()) fill(sandbox, user, sizes[index] ?? 0);
    const { opening, latency } = await time(sandbox, protocol);
    const requests = [];
    const heaps = [];
    for (const user of users) {
      const { counted, heap } = await countRequests(sandbox, protocol, user);
      requests.push(counted);
      heaps.push(heap);
    }
    const pair = (/** @type {number[]} */ values) => /** @type {[number, number]} */ (values);
    return {
      title: `${protocol.toUpperCase()}, a mailbox with 50,000 messages against one with 10`,
      head: ['50,000', '10', 'ratio'],
      rows: [
        ratioRow('opening it', pair(opening), { unit: ' ms', digits: 1, atMost: 1.2 }),
        ratioRow('handed out, p50', pair(latency), { unit: ' ms', digits: 2, atMost: 1.2 }),
        ratioRow(`requests for ${countedMails} messages`, pair(requests), { atMost: 1.2 }),
        ['heap that following it holds', ...heaps.map((heap) => `${Math.max(0, heap).toFixed(1)} MB`)],
      ],
    };
  });
}

/**
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {string} user
 * @param {number} size
 */
function fill(sandbox, user, size) {
  const inbox = sandbox.store.account(user).folder('inbox');
  const source = mail(user, 'An old one');
  for (let age = size; age > 0; age--) inbox.add({ source, receivedAt: new Date(Date.now() - age * hour) });
}

/**
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {import('../wire.mjs').Protocol} protocol
 */
async function time(sandbox, protocol) {
  const definitions = users.map((user) => sandboxConnection({ protocol, user, env: sandbox.env }));
  /** @type {number[][]} */
  const opening = users.map(() => []);
  for (let round = 0; round < openings; round++) {
    for (const [index, definition] of definitions.entries()) {
      const begin = performance.now();
      const receiver = await openReceiver(definition);
      opening[index]?.push(performance.now() - begin);
      await receiver.close();
    }
  }
  const latency = await withScope(async (own) => {
    const receivers = [];
    for (const definition of definitions) receivers.push(own(await openReceiver(definition)));
    return await measureLatency(receivers, { deliver: deliverTo(sandbox), ...timed });
  });
  return { opening: opening.map(median), latency: latency.map((times) => percentile(times, 0.5)) };
}

/**
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {import('../wire.mjs').Protocol} protocol
 * @param {string} user
 */
async function countRequests(sandbox, protocol, user) {
  return await withScope(async (own) => {
    const counted = own(await countedConnection(sandbox, protocol, user));
    const heap = await heapInUse();
    const receiver = own(await openReceiver(counted.definition));
    await measureLatency([receiver], { deliver: deliverTo(sandbox), warmUp: 0, count: countedMails });
    return { counted: counted.counts().requests, heap: (await heapInUse()) - heap };
  });
}
