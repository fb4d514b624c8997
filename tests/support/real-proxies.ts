import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { test as base } from '@playwright/test';
import { danteMissing, hasDante, startDante, type Dante } from './dante.js';
import { hasMicrosocks, microsocksMissing, startMicrosocks, type Microsocks } from './microsocks.js';
import { hasSquid, squidMissing, startSquid, type Squid } from './squid.js';

export const socksUser = { username: 'ada', password: 'p@ss:word' };

/** Real proxies on this machine. */
export interface Proxies {
  readonly squid: Squid;
  readonly socks: Microsocks;
  readonly guardedSocks: Microsocks;
  readonly dante: Dante;
}

/** With real proxies for all tests of a worker. */
export const testWithProxies = base.extend<object, { proxies: Proxies }>({
  proxies: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    async ({}, use) => {
      base.skip(!hasSquid() && !process.env['CI'], squidMissing);
      base.skip(!hasMicrosocks() && !process.env['CI'], microsocksMissing);
      base.skip(!hasDante() && !process.env['CI'], danteMissing);
      await using squid = await startSquid();
      await using socks = await startMicrosocks();
      await using guardedSocks = await startMicrosocks(socksUser);
      await using dante = await startDante();
      await use({ squid, socks, guardedSocks, dante });
    },
    { scope: 'worker' },
  ],
});

/** The ports that this process connects to meanwhile: no look at what a proxy says can be wrong about that. */
export async function portsDuring(act: () => Promise<void>): Promise<number[]> {
  const ports: number[] = [];
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => ports.push(socket.remotePort ?? 0));
  };
  subscribe('net.client.socket', note);
  try {
    await act();
  } finally {
    unsubscribe('net.client.socket', note);
  }
  return ports;
}
