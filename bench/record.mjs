import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/command.mjs';

/**
 * What a part's runs came to.
 * @typedef {object} Recorded
 * @property {string} machine its kind, and Node's version
 * @property {string} date
 * @property {import('./table.mjs').Table} table of the last run
 * @property {Record<string, [lowest: number, highest: number]>} ratios of all runs, by the row's label
 */

const file = join(root, 'bench/figures.json');

/** @returns {Record<string, Recorded>} the committed figures, by the part's name */
export function readRecord() {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {Readonly<Record<string, Recorded>>} parts those that were run; the others stay */
export function writeRecord(parts) {
  const all = { ...readRecord(), ...parts };
  const sorted = Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => one.localeCompare(other)));
  writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/**
 * @param {readonly import('./table.mjs').Table[]} tables one part's, one a run
 * @returns {Recorded['ratios']}
 */
export function ratiosOf(tables) {
  /** @type {Recorded['ratios']} */
  const ratios = {};
  for (const [label = '', ...cells] of tables.flatMap(({ rows }) => rows)) {
    const ratio = Number(cells.find((cell) => cell.startsWith('× '))?.slice(2) ?? Number.NaN);
    if (Number.isNaN(ratio)) continue;
    const [lowest, highest] = ratios[label] ?? [ratio, ratio];
    ratios[label] = [Math.min(lowest, ratio), Math.max(highest, ratio)];
  }
  return ratios;
}

/** Ratios of a few runs are closer together than those of many. */
const leastSpread = 0.1;

/**
 * The ratios that have become worse by more than their spread, in words.
 * @param {import('./table.mjs').Table} table a new run's
 * @param {Recorded | undefined} recorded
 */
export function regressions(table, recorded) {
  return Object.entries(ratiosOf([table])).flatMap(([label, [ratio]]) => {
    const [lowest, highest] = recorded?.ratios[label] ?? [Infinity, Infinity];
    const limit = highest + Math.max(highest - lowest, highest * leastSpread);
    return ratio > limit ? [`WORSE  ${label}: × ${ratio}; it was × ${lowest} to ${highest}`] : [];
  });
}
