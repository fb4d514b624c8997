import { percentile, ratioRow } from '../figures.mjs';
import { measureLatency } from '../latency.mjs';
import { openReceiver } from '../receiver.mjs';
import { withScope } from '../scope.mjs';
import { ewsOnSandbox, graphOnSandbox, imapOnDovecot, imapOnSandbox } from '../servers.mjs';

const warmUp = 20;
/** Milliseconds, as far as a server of Microsoft's is away: round trips count there, and computing does not. */
const delay = 25;
const countFar = 30;

export const ewsLatency = () => compare('EWS on the sandbox', ewsOnSandbox, 200);
export const imapLatency = () => compare('IMAP on the sandbox', imapOnSandbox, 200);
export const graphLatency = () => compare('Graph on the sandbox, looked at every 20 ms', graphOnSandbox, 200);
/** Fewer: each takes half a second by hand, because Dovecot's IDLE gathers news for so long. */
export const dovecotLatency = () => compare('IMAP on Dovecot', imapOnDovecot, 50);

/**
 * @param {string} where
 * @param {() => Promise<import('../servers.mjs').MailServer>} start
 * @param {number} count
 * @returns {Promise<import('../table.mjs').Table>}
 */
async function compare(where, start, count) {
  const { near, far } = await measure(await start(), count);
  const milliseconds = { unit: ' ms', digits: 2 };
  return {
    title: `${where}: from delivered to handed out, ${count} messages each by turns`,
    head: ['this package', 'by hand', 'ratio'],
    rows: [
      ratioRow('p50', at(near, 0.5), { ...milliseconds, atMost: 1.3 }),
      ratioRow('p95', at(near, 0.95), milliseconds),
      ...(far ? [ratioRow(`p50, answers ${delay} ms away`, at(far, 0.5), { ...milliseconds, atMost: 1.3 })] : []),
    ],
  };
}

/**
 * @param {import('../servers.mjs').MailServer} server
 * @param {number} count
 */
async function measure(server, count) {
  return await withScope(async (own) => {
    own(server);
    const receivers = [
      own(await openReceiver(server.definition('package@contoso.com'))),
      own(await server.openByHand('by-hand@contoso.com')),
    ];
    const { deliver, delayAnswers } = server;
    const near = await measureLatency(receivers, { deliver, warmUp, count });
    if (!delayAnswers) return { near };
    await delayAnswers(delay);
    const far = await measureLatency(receivers, { deliver, warmUp: 1, count: countFar, delay });
    await delayAnswers(0);
    return { near, far };
  });
}

/**
 * @param {readonly number[][]} times
 * @param {number} share
 */
function at(times, share) {
  return /** @type {[number, number]} */ (times.map((each) => percentile(each, share)));
}
