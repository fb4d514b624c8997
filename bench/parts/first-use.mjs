import { fork } from 'node:child_process';
import { connectSandbox } from '../../dist/sandbox/index.js';
import { forkSandbox } from '../chaos/remote-deeds.mjs';
import { median, ratioRow, verdict } from '../figures.mjs';
import { withScope } from '../scope.mjs';

/** @typedef {import('../first-use/worker.mjs').Spent} Spent */
/** @typedef {{ first: Spent, sent: Spent }} Report */
/** @typedef {'ews' | 'imap' | 'graph'} Protocol */

const program = new URL('../first-use/worker.mjs', import.meta.url);
const ways = /** @type {const} */ (['package', 'by-hand']);
const runs = 3;
const names = {
  ews: 'EWS, by hand on ews-javascript-api',
  imap: 'IMAP, by hand on imapflow, mailparser and nodemailer',
  graph: 'Graph, by hand on msal-node and fetch',
};

/**
 * What mail costs a fresh worker up to its first message, and its first send after it, each in a process of its own, by
 * turns. What a worker without mail pays, for Node and Playwright Test, does not count.
 * @param {Protocol} protocol
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function firstUse(protocol) {
  const reports = await measure(protocol);
  /** @param {(report: Report) => number} figure */
  const pair = (figure) => /** @type {[number, number]} */ (reports.map((each) => median(each.map(figure))));
  const milliseconds = { unit: ' ms' };
  const clock = pair(({ first }) => first.wall);
  return {
    title: `${names[protocol]}: in a fresh worker, beyond what one without mail takes, median of ${runs}`,
    head: ['this package', 'by hand', 'ratio'],
    rows: [
      ratioRow(
        'first message, processor',
        pair(({ first }) => first.cpu),
        { ...milliseconds, atMost: 0.5 },
      ),
      ratioRow('first message, clock', clock, milliseconds),
      ['first message, at most', `${clock[0].toFixed(0)} ms`, '', '', ...verdict(clock[0], 350, ' ms')],
      ratioRow(
        'first send after it, processor',
        pair(({ first, sent }) => sent.cpu - first.cpu),
        milliseconds,
      ),
    ],
  };
}

/**
 * @param {Protocol} protocol
 * @returns {Promise<Report[][]>} of each way
 */
async function measure(protocol) {
  return await withScope(async (own) => {
    const { env } = own(await forkSandbox({}));
    /** @type {Report[][]} */
    const reports = ways.map(() => []);
    for (let run = -1; run < runs; run++) {
      for (const [index, way] of ways.entries()) {
        const report = await runWorker([way, protocol], env);
        // The first reads the files from the disk.
        if (run >= 0) reports[index]?.push(report);
      }
    }
    return reports;
  });
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<Report>}
 */
function runWorker(args, env) {
  const remote = connectSandbox(env['PLAYWRIGHT_EXCHANGE_SANDBOX']);
  const worker = fork(program, [...args, JSON.stringify(env)]);
  return new Promise((resolve, reject) => {
    worker.on('message', (/** @type {Report & { address?: string, subject: string }} */ { address, ...rest }) => {
      if (address === undefined) resolve(rest);
      else remote.deliver({ to: address, subject: rest.subject, ...body }).catch(reject);
    });
    worker.on('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
}

const body = {
  text: 'Verify your address: https://www.contoso.com/verify?code=481516',
  html: '<p>Please <a href="https://www.contoso.com/verify?code=481516">verify your address</a>.</p>',
};
