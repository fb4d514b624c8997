import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ExchangeError } from '../errors.js';
import { proxyFor } from './agents.js';
import { connectionError, type Endpoint } from './connection-error.js';
import { Limit } from './limit.js';

export interface DialOptions extends Endpoint {
  /** `'system'` (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), `'none'`, or the proxy's URL. */
  readonly proxy: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until the connection stands. @default 30000 */
  readonly timeout?: number;
}

const defaultTimeout = 30_000;

/**
 * Opens a TCP connection by way of a connection's proxy setting.
 * @throws NETWORK, DEADLINE (both transient), CONFIGURATION where there is a proxy on the way
 */
export async function dial({ host, port, proxy, signal, timeout = defaultTimeout }: DialOptions): Promise<Socket> {
  const target = `${host}:${port}`;
  if (await proxyFor(proxy, new URL(`https://${target}`))) throw proxyUnsupported(target);
  using limit = new Limit({ signal, timeout, error: () => tooSlow(target, timeout) });
  limit.signal.throwIfAborted();
  const socket = connect({ host, port, noDelay: true });
  try {
    await limit.race(once(socket, 'connect'));
    return socket;
  } catch (error) {
    socket.destroy();
    throw limit.signal.aborted ? limit.signal.reason : connectionError(error, { host, port });
  }
}

function tooSlow(target: string, timeout: number): ExchangeError {
  return new ExchangeError('DEADLINE', `connecting to ${target} took longer than ${timeout / 1000} s`, {
    transient: true,
    advice: ['see whether a firewall is in the way'],
  });
}

function proxyUnsupported(target: string): ExchangeError {
  return new ExchangeError('CONFIGURATION', `there is a proxy on the way to ${target}, and it can't be used for mail`, {
    advice: [`set proxy: 'none' for this connection, or add the host to NO_PROXY`],
  });
}
