import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's top folder, where every command runs. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd] the repository's top folder by default
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {boolean} [quiet] collect the output instead of showing it
 * @property {number} [timeout] milliseconds, after which the command and all that it started are killed
 */

/**
 * Runs a command to its end. Never rejects: a command that cannot be started is one that failed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} the output is empty unless `quiet`
 */
export async function run(command, args, { cwd = root, env, quiet = false, timeout } = {}) {
  // A process group of its own, so that the time limit reaches what the command started.
  const detached = timeout !== undefined && process.platform !== 'win32';
  const stdio = quiet ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdio, stdio],
    detached,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const timer =
    timeout && setTimeout(() => (detached && child.pid ? process.kill(-child.pid, 'SIGKILL') : child.kill()), timeout);
  const ok = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`;
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
  clearTimeout(timer);
  return { ok, output };
}

/**
 * Runs a program of an installed package.
 * @param {string} path the program's path below node_modules
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function runTool(path, args, options) {
  return run(process.execPath, [`node_modules/${path}`, ...args], options);
}

/**
 * Runs the npm that this script was started with.
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function npm(args, options) {
  const program = process.env['npm_execpath'];
  return program ? run(process.execPath, [program, ...args], options) : run('npm', args, options);
}
