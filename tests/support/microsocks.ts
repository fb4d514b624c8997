import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { freePorts } from './free-ports.js';

/** A real SOCKS5 proxy (RFC 1928, RFC 1929). */
export interface Microsocks extends AsyncDisposable {
  readonly port: number;
  /** What it writes: a line for each connection, with where it went. */
  readonly log: () => string;
}

export interface MicrosocksOptions {
  readonly username: string;
  readonly password: string;
}

/** Whether it is installed. */
export function hasMicrosocks(): boolean {
  return spawnSync('microsocks', ['-h']).error === undefined;
}

export const microsocksMissing = 'microsocks is not installed: apt-get install --no-install-recommends microsocks';

/** Starts one that lets in whom `options` names, or everybody. */
export async function startMicrosocks(options?: MicrosocksOptions): Promise<Microsocks> {
  const [port = 0] = await freePorts(1);
  const credentials = options ? ['-u', options.username, '-P', options.password] : [];
  const proxy = spawn('microsocks', ['-i', '127.0.0.1', '-p', `${port}`, ...credentials], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  proxy.stderr.on('data', (chunk) => (log += String(chunk)));
  await expect(() => canConnect(port)).toPass({ timeout: 30_000 });
  return {
    port,
    log: () => log,
    async [Symbol.asyncDispose]() {
      const ended = once(proxy, 'exit');
      proxy.kill();
      await ended;
    },
  };
}

async function canConnect(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
