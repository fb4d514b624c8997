import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { codeFolder } from '../../errors/code-folder.js';
import type { BrowserEnd, BrowserTask } from './browser-message.js';

const program = fileURLToPath(new URL('auth/authorise/browser.js', codeFolder));

/** Opens the sign-in page in a process of its own, and waits for how it ends; nothing where that takes too long. */
export async function signInWithBrowser(task: BrowserTask, timeout: number): Promise<BrowserEnd | undefined> {
  // Nothing of it is printed, and it is given no switch that makes Playwright log what is typed.
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: quietEnvironment() });
  const timer = new AbortController();
  try {
    const end = endOf(child);
    child.send(task);
    return await Promise.race([end, timeUp(timeout, timer.signal)]);
  } finally {
    timer.abort();
    await stop(child);
  }
}

function endOf(child: ChildProcess): Promise<BrowserEnd> {
  return new Promise((resolve) => {
    child.once('message', (end: BrowserEnd) => resolve(end));
    child.on('error', ({ message }) => resolve({ kind: 'failed', message }));
    child.once('exit', (code, signal) =>
      resolve({ kind: 'failed', message: `the browser's process ended with ${signal ?? code}` }),
    );
  });
}

function timeUp(timeout: number, signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeout);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}

/** Ends the channel, on which the process closes its browser. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  await closed;
}

function quietEnvironment(): NodeJS.ProcessEnv {
  const loud = /^(DEBUG|DEBUG_FILE|PWDEBUG|NODE_DEBUG|SSLKEYLOGFILE)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !loud.test(name)));
}
