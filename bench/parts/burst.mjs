import { fork } from 'node:child_process';
import { startSandbox } from '../../dist/sandbox/index.js';
import { deliverTo } from '../deliver.mjs';
import { ratioRow } from '../figures.mjs';
import { withScope } from '../scope.mjs';

/** @typedef {import('../burst/worker.mjs').Taken & { time: number }} Taken */

const total = Number(process.env['BURST_MESSAGES'] ?? 5000);
const ways = /** @type {const} */ (['package', 'by-hand']);
const program = new URL('../burst/worker.mjs', import.meta.url);
const last = 'The last one';

/**
 * A burst of mails for one that waits, for the last of them: how long it takes, and what it takes up.
 * @param {import('../wire.mjs').Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function burst(protocol) {
  /** @type {Taken[]} */
  const taken = [];
  for (const way of ways) taken.push(await measure(protocol, way));
  /** @param {keyof Taken} figure */
  const pair = (figure) => /** @type {[number, number]} */ (taken.map((one) => one[figure]));
  return {
    title: `${protocol.toUpperCase()}, ${total} messages at once, for a wait that the last one matches`,
    head: ['this package', 'by hand', 'ratio'],
    rows: [
      ratioRow('until the last is handed out', pair('time'), { unit: ' ms' }),
      ratioRow('processor time', pair('processor'), { unit: ' ms' }),
      ratioRow('memory, at the most', pair('memory'), { unit: ' MB' }),
    ],
  };
}

/**
 * @param {import('../wire.mjs').Protocol} protocol
 * @param {typeof ways[number]} way
 * @returns {Promise<Taken>}
 */
async function measure(protocol, way) {
  return await withScope(async (own) => {
    const sandbox = own(await startSandbox());
    const deliver = deliverTo(sandbox);
    const worker = fork(program, [way, protocol, JSON.stringify(sandbox.env), last]);
    return await new Promise((resolve, reject) => {
      let began = 0;
      worker.on('message', async (/** @type {{ to?: string } & Omit<Taken, 'time'>} */ { to, ...rest }) => {
        if (to === undefined) return resolve({ ...rest, time: performance.now() - began });
        began = performance.now();
        for (let number = 1; number < total; number++) await deliver(to, `Message ${number}`);
        await deliver(to, last);
      });
      worker.on('exit', (code) => reject(new Error(`${way}, ${protocol}: ended with ${code}`)));
    });
  });
}
