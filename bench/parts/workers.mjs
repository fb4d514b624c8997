import { sandboxConnection } from '../../dist/config/index.js';
import { openConnection } from '../../dist/mail/open-connection.js';
import { connectSandbox } from '../../dist/sandbox/index.js';
import { forkSandbox } from '../chaos/remote-deeds.mjs';
import { median, ratioRow } from '../figures.mjs';
import { heapInUse } from '../heap.mjs';
import { timeout } from '../receiver.mjs';
import { withScope } from '../scope.mjs';

const counts = /** @type {const} */ ([50, 5]);
const rounds = 5;
/** An IMAP server takes no more at once for one mailbox. */
const perMailbox = 10;

/**
 * As many connections to one sandbox as 50 workers have, against those of 5.
 * @param {import('../wire.mjs').Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function workers(protocol) {
  const few = await measure(protocol, counts[1]);
  const figures = [await measure(protocol, counts[0]), few];
  /** @param {(figure: typeof figures[number]) => number} of */
  const pair = (of) => /** @type {[number, number]} */ (figures.map(of));
  return {
    title: `${protocol.toUpperCase()}, the connections of ${counts[0]} workers to one sandbox against those of ${counts[1]}`,
    head: [...counts.map(String), 'ratio'],
    rows: [
      ratioRow(
        'opening one of them',
        pair(({ opening }) => opening),
        { unit: ' ms', digits: 1 },
      ),
      ratioRow(
        'a message for each, one of them',
        pair(({ handing }) => handing),
        { unit: ' ms', digits: 1 },
      ),
      ['heap, for all of them', ...figures.map(({ heap }) => `${Math.max(0, heap).toFixed(1)} MB`)],
    ],
  };
}

/**
 * @param {import('../wire.mjs').Protocol} protocol
 * @param {number} count
 */
async function measure(protocol, count) {
  return await withScope(async (own) => {
    const sandbox = own(await forkSandbox({}));
    const remote = connectSandbox(sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX']);
    /** @param {number} number */
    const open = (number) => {
      const user = `qa${Math.floor(number / perMailbox)}@contoso.com`;
      return openConnection('bench', sandboxConnection({ protocol, user, env: sandbox.env }), sandbox.env);
    };
    // What is loaded once does not count.
    await (await open(0))[Symbol.asyncDispose]();
    const heap = await heapInUse();
    const began = performance.now();
    const mailboxes = await Promise.all(
      Array.from({ length: count }, async (_, number) => {
        const connection = await open(number);
        own({ close: () => connection[Symbol.asyncDispose]() });
        return await connection.mailbox(undefined, { timeout });
      }),
    );
    const opening = (performance.now() - began) / count;
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const waiting = mailboxes.map((mailbox) => mailbox.waitForMessage({ subject: `Message ${round}` }));
      const begin = performance.now();
      for (const { address } of mailboxes)
        await remote.deliver({ to: address, subject: `Message ${round}`, text: 'x' });
      await Promise.all(waiting);
      times.push((performance.now() - begin) / count);
    }
    return { opening, handing: median(times), heap: (await heapInUse()) - heap };
  });
}
