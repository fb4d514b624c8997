import { fork } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {ReturnType<typeof import('./deeds.mjs').createDeeds>} Deeds */

const program = new URL('sandbox-process.mjs', import.meta.url);

/**
 * Starts a sandbox in a process of its own.
 * @param {object} options the sandbox's
 */
export async function forkSandbox(options) {
  const child = fork(program, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ env }] = await once(child, 'message');
  /** @type {Map<number, { resolve: (begun: number) => void, reject: (error: Error) => void }>} */
  const orders = new Map();
  let last = 0;
  child.on('message', (/** @type {{ id: number, begun: [number, number], error?: string }} */ { id, begun, error }) => {
    const order = orders.get(id);
    orders.delete(id);
    if (error === undefined) order?.resolve(ownTime(begun));
    else order?.reject(new Error(error));
  });
  return {
    env: /** @type {Record<string, string>} */ (env),
    /**
     * Has it do something; resolves when it is done, with the time by `performance.now()` at which it began.
     * @template {keyof Deeds} Name
     * @param {Name} name
     * @param {Parameters<Deeds[Name]>} args
     * @returns {Promise<number>}
     */
    order(name, ...[argument]) {
      return new Promise((resolve, reject) => {
        orders.set(++last, { resolve, reject });
        child.send({ id: last, name, argument });
      });
    },
    async close() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

/**
 * What another process of this machine reads off its clock.
 * @param {[seconds: number, nanoseconds: number]} time
 */
function ownTime(time) {
  const [seconds, nanoseconds] = process.hrtime(time);
  return performance.now() - seconds * 1000 - nanoseconds / 1e6;
}

/** @typedef {Awaited<ReturnType<typeof forkSandbox>>} RemoteDeeds */
