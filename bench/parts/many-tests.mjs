import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../dist/sandbox/index.js';
import { verdict } from '../figures.mjs';

const protocols = /** @type {const} */ (['ews', 'imap', 'graph']);
const tests = Number(process.env['MANY_TESTS'] ?? 40);

/**
 * Many tests in one mailbox of a sandbox that keeps to Microsoft's limits: in 8 workers, and in 4 shards at once with 2
 * workers each. A mail that crosses fails the test that gets it.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function manyTests() {
  /** @type {string[][]} */
  const rows = [];
  for (const protocol of protocols) {
    rows.push(await row(protocol, '8 workers', [['--workers', '8']]));
    const shards = [1, 2, 3, 4].map((shard) => ['--workers', '2', '--shard', `${shard}/4`]);
    rows.push(await row(protocol, '4 shards of 2 workers', shards));
  }
  return {
    title: `${tests} tests that send two mails each, in one mailbox within the limits of Exchange Online`,
    head: ['passed', 'failed', 'refused', 'seconds'],
    rows,
  };
}

/**
 * @param {typeof protocols[number]} protocol
 * @param {string} how
 * @param {string[][]} runs
 */
async function row(protocol, how, runs) {
  const sandbox = await startSandbox();
  Object.assign(sandbox.faults, { maxImapConnections: 16, graphRequestsPerTenMinutes: 10_000, delay: 20 });
  if (protocol === 'imap') Object.assign(sandbox.faults, { sendsPerMinute: 30, maxSmtpConnections: 3 });
  const began = performance.now();
  try {
    const outcomes = await Promise.all(runs.map((args) => run(['--project', protocol, ...args], sandbox.env)));
    const seconds = (performance.now() - began) / 1000;
    /** @param {keyof typeof outcomes[number]} figure */
    const sum = (figure) => outcomes.reduce((total, outcome) => total + outcome[figure], 0);
    const figures = [sum('passed'), sum('failed'), sum('refused')].map(String);
    return [`${protocol}, ${how}`, ...figures, seconds.toFixed(0), ...verdict(sum('failed'), 0)];
  } finally {
    await sandbox.close();
  }
}

/**
 * @param {string[]} args
 * @param {Readonly<Record<string, string>>} env
 */
async function run(args, env) {
  const folder = await mkdtemp(join(tmpdir(), 'many-tests-'));
  try {
    const report = join(folder, 'report.json');
    const config = ['test', '-c', 'bench/many-tests', '--output', join(folder, 'results'), ...args];
    const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', ...config], {
      env: { ...process.env, ...env, MANY_REPORT: report, MANY_TESTS: String(tests) },
      stdio: 'ignore',
    });
    await once(child, 'close');
    const text = await readFile(report, 'utf8');
    const { stats } = JSON.parse(text);
    const refused = [...text.matchAll(/The server asked for less, and was asked again \((?:once|(\d+) times)\)/g)];
    return {
      passed: Number(stats.expected),
      failed: Number(stats.unexpected) + Number(stats.flaky) + Number(stats.skipped),
      refused: refused.reduce((total, [, times = '1']) => total + Number(times), 0),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
