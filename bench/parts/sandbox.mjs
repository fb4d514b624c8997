import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sandboxServer, startSandbox } from '../../dist/sandbox/index.js';
import { median, ratioRow, verdict } from '../figures.mjs';
import { openIdle } from '../idle.mjs';
import { mail } from '../mail.mjs';
import { questions } from '../questions.mjs';
import { withScope } from '../scope.mjs';

const user = 'qa@contoso.com';
const sizes = [100_000, 10];
const connections = 200;
const rounds = 15;
/** Rounds that don't count. */
const warmUps = 3;
const starts = 7;

/** What a full mailbox and many connections cost the sandbox's answers, and how long it takes to start. @returns {Promise<import('../table.mjs').Table>} */
export async function sandboxSize() {
  return await withScope(async (own) => {
    const sandboxes = [own(await startSandbox()), own(await startSandbox())];
    for (const [index, sandbox] of sandboxes.entries()) fill(sandbox, sizes[index] ?? 0);
    const [large, small] = await timeAnswers(sandboxes);
    const [, emptier] = sandboxes;
    const idle = own(
      await openIdle(/** @type {import('playwright-exchange/sandbox').Sandbox} */ (emptier), connections),
    );
    const [crowded] = await timeAnswers(sandboxes.slice(1));
    await idle.close();
    const start = median(await timeStarts());
    const names = [...(small?.keys() ?? [])];
    return {
      title: `The sandbox with 100,000 messages in a mailbox against 10, and with ${connections} connections that wait against none`,
      head: ['', '10, none', 'ratio'],
      rows: [
        ...names.map((name) => ratioRow(`100,000: ${name}`, pairOf(name, large, small), shown)),
        ...names.map((name) => ratioRow(`${connections}: ${name}`, pairOf(name, crowded, small), shown)),
        ['to start, as a command', `${start.toFixed(0)} ms`, '', '', ...verdict(start, 500)],
      ],
    };
  });
}

const shown = { unit: ' ms', digits: 1, atMost: 2 };

/** @typedef {ReadonlyMap<string, number> | undefined} Times */

/** @param {string} name @param {Times} one @param {Times} other @returns {[number, number]} */
function pairOf(name, one, other) {
  return [one?.get(name) ?? Number.NaN, other?.get(name) ?? Number.NaN];
}

/**
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {number} size
 */
function fill(sandbox, size) {
  const inbox = sandbox.store.account(user).folder('inbox');
  for (let age = size; age > 0; age--) {
    const source = mail(user, `An old one ${age}`);
    inbox.add({ source, receivedAt: new Date(Date.now() - age * 60_000) });
  }
}

/**
 * The median of each question's times, by turns.
 * @param {readonly import('playwright-exchange/sandbox').Sandbox[]} sandboxes
 * @returns {Promise<Map<string, number>[]>}
 */
async function timeAnswers(sandboxes) {
  const asked = await Promise.all(
    sandboxes.map(async (sandbox) =>
      Object.entries(await questions(sandbox, user)).map(([name, ask]) => ({
        name,
        ask,
        times: /** @type {number[]} */ ([]),
      })),
    ),
  );
  for (let round = 0; round < rounds; round++) for (const { ask, times } of asked.flat()) times.push(await timeOf(ask));
  return asked.map((list) => new Map(list.map(({ name, times }) => [name, median(times.slice(warmUps))])));
}

/** Milliseconds. @param {() => Promise<unknown>} ask @returns {Promise<number>} */
async function timeOf(ask) {
  const begin = performance.now();
  await ask();
  return performance.now() - begin;
}

/** Milliseconds from the command to its last line. @returns {Promise<number[]>} */
async function timeStarts() {
  const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  const times = [];
  for (let count = 0; count < starts; count++) {
    const begin = performance.now();
    const child = spawn(process.execPath, [main, 'sandbox'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += String(chunk);
      if (sandboxServer().wait.stdout.test(output)) break;
    }
    times.push(performance.now() - begin);
    child.kill();
    await once(child, 'exit');
  }
  return times;
}
