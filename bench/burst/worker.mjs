// Somebody who waits for the last mail of many, in a process of its own. Arguments: whose way, the protocol, the
// sandbox's variables as JSON, the subject of the last. Tells its parent the address to send to, and then what it took.
import { sandboxConnection } from '../../dist/config/index.js';
import { openEwsLoop } from '../by-hand/ews-loop.mjs';
import { openGraphLoop } from '../by-hand/graph-loop.mjs';
import { openImapLoop } from '../by-hand/imap-loop.mjs';
import { timeout } from '../receiver.mjs';
import { openConnection } from '../../dist/mail/open-connection.js';

/** @typedef {{ processor: number, memory: number }} Taken milliseconds, and the most megabytes that the process took up */

const address = 'by-hand@contoso.com';
const password = 'secret';
const interval = 20;

const [way, protocol = '', variables = '', last = ''] = process.argv.slice(2);
/** @type {Record<string, string>} */
const env = JSON.parse(variables);
const waiter = way === 'package' ? await openPackage() : await openByHand();
const before = process.cpuUsage();
const waiting = waiter.waitForLast();
process.send?.({ to: waiter.to });
await waiting;
const { user, system } = process.cpuUsage(before);
process.send?.({ processor: (user + system) / 1000, memory: memory() }, () => process.exit());

async function openPackage() {
  const definition = sandboxConnection({
    protocol: /** @type {import('../wire.mjs').Protocol} */ (protocol),
    user: 'package@contoso.com',
    env,
  });
  const polled = definition.protocol === 'graph' ? { ...definition, pollIntervals: [interval] } : definition;
  const connection = await openConnection('bench', polled, {});
  const mailbox = await connection.mailbox(undefined, { timeout });
  return { to: mailbox.address, waitForLast: () => mailbox.waitForMessage({ subject: last }) };
}

async function openByHand() {
  const loop = await openLoop();
  return {
    to: address,
    async waitForLast() {
      for (let subject = ''; subject !== last;) subject = await loop.next();
    },
  };
}

function openLoop() {
  const url = env['PLAYWRIGHT_EXCHANGE_SANDBOX'] ?? '';
  if (protocol === 'ews') return openEwsLoop({ url: `${url}/EWS/Exchange.asmx`, address, password });
  if (protocol === 'graph') return openGraphLoop({ url, address, interval });
  const { hostname: host, port } = new URL(`tcp://${env['PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP']}`);
  return openImapLoop({ host, port: Number(port), address, password });
}

/** The most that it took up so far. */
function memory() {
  return process.resourceUsage().maxRSS / 1000;
}
