import { percentile, ratioRow } from '../figures.mjs';
import { measureLatency } from '../latency.mjs';
import { openReceiver } from '../receiver.mjs';
import { withScope } from '../scope.mjs';
import { ewsOnSandbox, imapOnDovecot, imapOnSandbox } from '../servers.mjs';

const warmUp = 20;

export const ewsLatency = () => compare('EWS on the sandbox', ewsOnSandbox, 200);
export const imapLatency = () => compare('IMAP on the sandbox', imapOnSandbox, 200);
/** Fewer: each takes half a second by hand, because Dovecot's IDLE gathers news for so long. */
export const dovecotLatency = () => compare('IMAP on Dovecot', imapOnDovecot, 50);

/**
 * @param {string} where
 * @param {() => Promise<import('../servers.mjs').MailServer>} start
 * @param {number} count
 * @returns {Promise<import('../table.mjs').Table>}
 */
async function compare(where, start, count) {
  const times = await withScope(async (own) => {
    const server = own(await start());
    const receivers = [
      own(await openReceiver(server.definition('package@contoso.com'))),
      own(await server.openByHand('by-hand@contoso.com')),
    ];
    return await measureLatency(receivers, { deliver: server.deliver, warmUp, count });
  });
  /** @param {number} share */
  const at = (share) => /** @type {[number, number]} */ (times.map((each) => percentile(each, share)));
  return {
    title: `${where}: from delivered to handed out, ${count} messages each by turns`,
    head: ['this package', 'by hand', 'ratio'],
    rows: [
      ratioRow('p50', at(0.5), { unit: ' ms', digits: 2, atMost: 1.3 }),
      ratioRow('p95', at(0.95), { unit: ' ms', digits: 2 }),
    ],
  };
}
