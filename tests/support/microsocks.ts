import { freePorts } from './free-ports.js';
import { isInstalled, startListening } from './listening-program.js';
import { proxyAddress } from './proxy-address.js';

/** A real SOCKS5 proxy (RFC 1928, RFC 1929); it connects from {@link proxyAddress}. */
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
  return isInstalled('microsocks', '-h');
}

export const microsocksMissing = 'microsocks is not installed: apt-get install --no-install-recommends microsocks';

/** Starts one that lets in whom `options` names, or everybody. */
export async function startMicrosocks(options?: MicrosocksOptions): Promise<Microsocks> {
  const [port = 0] = await freePorts(1);
  const credentials = options ? ['-u', options.username, '-P', options.password] : [];
  const args = ['-i', '127.0.0.1', '-b', proxyAddress, '-p', `${port}`, ...credentials];
  const program = await startListening('microsocks', args, port);
  return { port, log: program.output, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}
