// npm run bench: ratios of one run; they are no tests. Arguments name the parts to run:
//   npm run bench -- ews-latency first-use
import { availableParallelism, cpus } from 'node:os';
import { run } from './command.mjs';

const build = await run(process.execPath, ['scripts/build.mjs'], { quiet: true });
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}

const { parts } = await import('../bench/parts.mjs');
const { formatTable } = await import('../bench/table.mjs');
const { NotAvailable } = await import('../bench/not-available.mjs');

// A name stands for itself, or for all protocols' parts of that name: latency.
const asked = process.argv.slice(2);
const names = [...parts.keys()].filter(
  (part) => asked.length === 0 || asked.some((name) => `-${part}`.endsWith(`-${name}`)),
);
const unknown = asked.filter((name) => ![...parts.keys()].some((part) => `-${part}`.endsWith(`-${name}`)));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', no ')}. The parts: ${[...parts.keys()].join(', ')}.`);
  process.exit(1);
}

const cores = availableParallelism();
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cores} cores, Node ${process.version}, ${process.platform}\n`,
);
for (const name of names) console.log(`${await figures(name)}\n`);

/** @param {string} name */
async function figures(name) {
  try {
    const table = await parts.get(name)?.();
    return table && formatTable(table);
  } catch (error) {
    if (error instanceof NotAvailable) return `${name}: not available. ${error.message}`;
    throw error;
  }
}
