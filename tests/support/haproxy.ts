import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { isInstalled, startListening } from './listening-program.js';
import type { ReverseProxy } from './reverse-proxy.js';

/** Whether it is installed. */
export function hasHaproxy(): boolean {
  return isInstalled('haproxy', '-v');
}

export const haproxyMissing = 'HAProxy is not installed: apt-get install --no-install-recommends haproxy';

/**
 * A real HAProxy in front of a port of this machine; it hangs up on whoever is silent for a second.
 * @param settings further ones: `compression algo gzip`
 */
export async function startHaproxy(
  upstream: number,
  mode: 'http' | 'tcp',
  settings: readonly string[] = [],
): Promise<ReverseProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'haproxy-'));
  const [port = 0] = await freePorts(1);
  const file = join(folder, 'haproxy.cfg');
  const config = `
defaults
  mode ${mode}
  timeout connect 5s
  timeout client 1s
  timeout server 1s
  ${settings.join('\n  ')}
listen front
  bind 127.0.0.1:${port}
  server upstream 127.0.0.1:${upstream}
`;
  await writeFile(file, config);
  const program = await startListening('haproxy', ['-db', '-f', file], port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
