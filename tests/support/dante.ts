import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { isInstalled, startListening } from './listening-program.js';
import { proxyAddress } from './proxy-address.js';

/** A real SOCKS proxy of all versions, which lets everybody in; it connects from {@link proxyAddress}. */
export interface Dante extends AsyncDisposable {
  readonly port: number;
}

/** Whether it is installed. */
export function hasDante(): boolean {
  return isInstalled('danted', '-v');
}

export const danteMissing = 'Dante is not installed: apt-get install --no-install-recommends dante-server';

export async function startDante(): Promise<Dante> {
  const folder = await mkdtemp(join(tmpdir(), 'dante-'));
  const [port = 0] = await freePorts(1);
  const file = join(folder, 'danted.conf');
  await writeFile(file, settings(port));
  const program = await startListening('danted', ['-f', file, '-p', join(folder, 'pid')], port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

function settings(port: number): string {
  const user = userInfo().username;
  return `
logoutput: stderr
internal: 127.0.0.1 port = ${port}
external.protocol: ipv4
external: ${proxyAddress}
clientmethod: none
socksmethod: none
user.privileged: ${user}
user.unprivileged: ${user}
client pass {
  from: 127.0.0.0/8 to: 0.0.0.0/0
}
socks pass {
  from: 127.0.0.0/8 to: 0.0.0.0/0
  protocol: tcp
  command: connect
}
`;
}
