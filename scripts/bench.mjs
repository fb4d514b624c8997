// npm run bench: ratios of one run; they are no tests. Arguments name the parts to run, or all protocols' parts of a name:
//   npm run bench -- ews-latency first-use
//   npm run bench -- compare latency    says what has become worse than the committed figures
//   npm run bench -- --write latency    commits new ones to bench/figures.json and docs/speed.md
import { availableParallelism, cpus } from 'node:os';
import { run, runTool } from './command.mjs';

const build = await run(process.execPath, ['scripts/build.mjs'], { quiet: true });
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}

const { parts } = await import('../bench/parts.mjs');
const { formatTable } = await import('../bench/table.mjs');
const { NotAvailable } = await import('../bench/not-available.mjs');
const { ratiosOf, readRecord, regressions, writeRecord } = await import('../bench/record.mjs');
const { writeSpeedPage } = await import('../bench/speed-page.mjs');

/** How often a part with ratios is run for its figures to be committed: they have a spread. */
const runsToWrite = 3;

const args = process.argv.slice(2);
const writes = args.includes('--write');
const compares = args.includes('compare');
const asked = args.filter((arg) => arg !== '--write' && arg !== 'compare');
const unknown = asked.filter((name) => ![...parts.keys()].some((part) => isNamed(part, name)));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', no ')}. The parts: ${[...parts.keys()].join(', ')}.`);
  process.exit(1);
}

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}, ${process.platform}`;
console.log(`${machine}\n`);
const names = [...parts.keys()].filter((part) => asked.length === 0 || asked.some((name) => isNamed(part, name)));
for (const name of names) {
  const tables = await figures(name);
  const table = tables.at(-1);
  if (table && compares) for (const line of regressions(table, readRecord()[name])) console.log(line);
  if (table && writes) {
    const date = new Date().toISOString().slice(0, 10);
    writeRecord({ [name]: { machine, date, table, ratios: ratiosOf(tables) } });
    writeSpeedPage();
  }
}

if (writes) await runTool('oxfmt/bin/oxfmt', ['bench/figures.json'], { quiet: true });

/**
 * @param {string} part
 * @param {string} name
 */
function isNamed(part, name) {
  return `-${part}`.endsWith(`-${name}`);
}

/** @param {string} name */
async function figures(name) {
  const tables = [];
  try {
    for (let turn = 0; turn < (writes ? runsToWrite : 1); turn++) {
      const table = await parts.get(name)?.();
      if (table) tables.push(table);
      if (Object.keys(ratiosOf(tables)).length === 0) break;
    }
    console.log(tables.map((table) => `${formatTable(table)}\n`).join('\n'));
  } catch (error) {
    if (!(error instanceof NotAvailable)) throw error;
    console.log(`${name}: not available. ${error.message}\n`);
  }
  return tables;
}
