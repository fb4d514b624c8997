import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, verdict } from '../figures.mjs';

const runs = 21;
const loader = fileURLToPath(new URL('../load.mjs', import.meta.url));

/**
 * What importing the package adds to a process that has imported Playwright Test, as every worker has. Both are
 * measured in the same processes: from one process to the next, times differ by more than what is looked for.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function importTime() {
  // The first reads the files from the disk.
  await load();
  /** @type {number[]} */
  const alone = [];
  /** @type {number[]} */
  const added = [];
  for (let run = 0; run < runs; run++) {
    const [playwright, both] = await load();
    alone.push(playwright);
    added.push(both - playwright);
  }
  return {
    title: `Importing in a fresh process, median of ${runs}`,
    head: ['Playwright', 'this package adds'],
    rows: [
      [
        'import',
        ...[alone, added].map((times) => `${median(times).toFixed(1)} ms`),
        ...verdict(median(added), 30, ' ms'),
      ],
    ],
  };
}

/** @returns {Promise<[playwright: number, both: number]>} milliseconds from the start of a process */
async function load() {
  const { stdout } = await promisify(execFile)(process.execPath, [loader, '@playwright/test', 'playwright-exchange']);
  return JSON.parse(stdout);
}
