import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A display that nobody looks at. */
export interface Display extends AsyncDisposable {
  /** For the variable DISPLAY: `:99`. */
  readonly name: string;
}

/** Whether it is installed. */
export function hasXvfb(): boolean {
  return spawnSync('Xvfb', ['-help']).status === 0;
}

export const xvfbMissing = 'Xvfb is not installed: apt-get install --no-install-recommends xvfb';

/** Starts an X server on a free display. */
export async function startDisplay(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x960x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const failed = ended.then(([code]) => Promise.reject(new Error(`Xvfb ended with ${code}`)));
  const number = once(server.stdio[3] as Readable, 'data');
  const [line] = (await Promise.race([number, failed])) as [Buffer];
  return {
    name: `:${line.toString().trim()}`,
    async [Symbol.asyncDispose]() {
      server.kill();
      await ended;
    },
  };
}
