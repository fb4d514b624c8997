import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, verdict } from '../figures.mjs';

const runs = 15;
const loader = fileURLToPath(new URL('../load.mjs', import.meta.url));

/**
 * What importing the package adds to a process that imports Playwright Test anyway, as every worker does.
 * @returns {Promise<import('../table.mjs').Table>}
 */
export async function importTime() {
  /** @type {number[]} */
  const alone = [];
  /** @type {number[]} */
  const both = [];
  for (let run = -1; run < runs; run++) {
    const times = [await load('@playwright/test'), await load('@playwright/test', 'playwright-exchange')];
    // The first run reads the files from the disk.
    if (run < 0) continue;
    alone.push(times[0] ?? 0);
    both.push(times[1] ?? 0);
  }
  const [with_, without] = [median(both), median(alone)];
  const difference = with_ - without;
  return {
    title: `Start of a process with its imports, median of ${runs} runs each by turns`,
    head: ['with this package', 'Playwright alone', 'difference'],
    rows: [
      [
        'import',
        `${with_.toFixed(0)} ms`,
        `${without.toFixed(0)} ms`,
        `${difference.toFixed(1)} ms`,
        ...verdict(difference, 30, ' ms'),
      ],
    ],
  };
}

/**
 * Milliseconds from the start of a process until it has imported some packages.
 * @param {readonly string[]} packages
 */
async function load(...packages) {
  const { stdout } = await promisify(execFile)(process.execPath, [loader, ...packages]);
  return Number(stdout);
}
