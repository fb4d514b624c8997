import { connectSandbox } from '../../dist/sandbox/index.js';
import { sandboxConnection } from '../../dist/config/index.js';
import { openConnection } from '../../dist/mail/open-connection.js';
import { forkSandbox } from '../chaos/remote-deeds.mjs';
import { verdict } from '../figures.mjs';
import { heapInUse } from '../heap.mjs';

const measuredAt = /** @type {const} */ ([100, 1000]);
const protocols = /** @type {const} */ (['ews', 'imap', 'graph']);
/** Megabytes that nine hundred tests may leave behind. */
const mayGrow = 5;
/** A timer may be about to end. */
const timersMore = 2;

/** @typedef {{ heap: number, handles: number }} Held */

/**
 * What a worker holds after a hundred tests' worth of views, each with a message of 20 KB, and after a thousand.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function memory() {
  /** @type {string[][]} */
  const rows = [];
  for (const protocol of protocols) {
    const [early, late] = await measure(protocol);
    const grown = late.heap - early.heap;
    rows.push(
      [
        `${protocol}, heap`,
        ...[early.heap, late.heap, grown].map((value) => `${value.toFixed(1)} MB`),
        ...verdict(grown, mayGrow, ' MB'),
      ],
      [
        `${protocol}, handles`,
        `${early.handles}`,
        `${late.handles}`,
        `${late.handles - early.handles}`,
        ...verdict(late.handles - early.handles, timersMore),
      ],
    );
  }
  return {
    title: 'What a worker holds, after the garbage was collected',
    head: [...measuredAt.map((tests) => `${tests} tests`), 'growth'],
    rows,
  };
}

/**
 * @param {typeof protocols[number]} protocol
 * @returns {Promise<[Held, Held]>}
 */
async function measure(protocol) {
  // In a process of its own, which keeps the mail.
  const sandbox = await forkSandbox({});
  const remote = connectSandbox(sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX']);
  const connection = await openConnection('bench', sandboxConnection({ protocol, env: sandbox.env }), sandbox.env);
  /** @type {Held[]} */
  const held = [];
  for (let tests = 1; tests <= measuredAt[1]; tests++) {
    const mailbox = await connection.mailbox(undefined, { timeout: 30_000 });
    await remote.deliver({ to: mailbox.address, subject: 'Verify', text: 'x'.repeat(20_000) });
    await mailbox.waitForMessage({ subject: 'Verify' });
    await mailbox[Symbol.asyncDispose]();
    if (measuredAt.some((count) => count === tests)) held.push(await whatIsHeld());
  }
  await connection[Symbol.asyncDispose]();
  await sandbox.close();
  return /** @type {[Held, Held]} */ (held);
}

/** @returns {Promise<Held>} */
async function whatIsHeld() {
  return { heap: await heapInUse(), handles: process.getActiveResourcesInfo().length };
}
