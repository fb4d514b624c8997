/**
 * The program of the thread in which a PAC file runs. JavaScript, since a thread is given a file that Node itself
 * understands, and tests run the sources as they are.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createPacResolver } from 'pac-resolver';
import { QuickJS } from 'quickjs-wasi';

/** What a script may take up, in octets. */
const memoryLimit = 64 * 1024 * 1024;

const loaded = load();
// Whoever asks is told.
loaded.catch(() => {});

async function load() {
  const wasm = await readFile(new URL(import.meta.resolve('quickjs-wasi/quickjs.wasm')));
  const machine = await QuickJS.create({ wasm, memoryLimit });
  return createPacResolver(machine, workerData.script, { sandbox: { alert: () => {} } });
}

/** @param {string} url */
async function answer(url) {
  const find = await loaded;
  const found = (await find(url)) ?? '';
  if (typeof found !== 'string') throw new Error(`it answered with something else than a text (${typeof found})`);
  return found;
}

/** @param {unknown} error */
function problemOf(error) {
  if (error instanceof WebAssembly.RuntimeError) return 'it ran out of memory';
  return String(error instanceof Error ? error.message : error)
    .slice(0, 500)
    .replace(/\s+/g, ' ');
}

parentPort?.on('message', async ({ id, url }) => {
  const reply = await answer(url).then(
    (found) => ({ id, answer: found }),
    (error) => ({ id, problem: problemOf(error) }),
  );
  parentPort?.postMessage(reply);
});
