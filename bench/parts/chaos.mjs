import { runChaos } from '../chaos/run-chaos.mjs';
import { verdict } from '../figures.mjs';

/** The runs' seeds begin with `CHAOS_SEED`, or 1. */
const firstSeed = Number(process.env['CHAOS_SEED'] ?? 1);
const count = Number(process.env['CHAOS_MESSAGES'] ?? 10_000);
const protocols = /** @type {const} */ (['ews', 'imap', 'graph']);

/** Some minutes for each protocol. @returns {Promise<import('../table.mjs').Table>} */
export async function chaos() {
  /** @type {string[][]} */
  const rows = [];
  for (const [index, protocol] of protocols.entries()) {
    const seed = firstSeed + index;
    const { lost, twice, seconds, troubles } = await runChaos({ protocol, seed, count, troubleEvery: 50 });
    const made = Object.values(troubles).reduce((sum, times) => sum + times, 0);
    const rate = (count / seconds).toFixed(0);
    rows.push([`${protocol}, seed ${seed}`, `${lost}`, `${twice}`, `${made}`, rate, ...verdict(lost + twice, 0)]);
  }
  return {
    title: `${count} messages each, while the network and the server do what they can against it`,
    head: ['lost', 'twice', 'troubles', 'a second'],
    rows,
  };
}
