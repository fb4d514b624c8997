import type { LookupFunction, Socket } from 'node:net';
import { ExchangeError } from '../errors.js';
import type { Endpoint } from './connection-error.js';
import { Limit } from '../async/limit.js';
import { findWays } from './proxy/find-ways.js';
import type { Way } from './proxy/way.js';
import { openWay } from './proxy/open-way.js';
import { nameOf } from './proxy/proxy.js';
import { waysError } from './proxy/proxy-errors.js';

/** How to reach other hosts: a connection's proxy and certificate authorities. */
export interface NetworkSettings {
  /** `'system'` (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), `'none'`, or a URL: a proxy's, or a PAC file's. */
  readonly proxy: string;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
  /** Finds a host's addresses, where no proxy does. @default the system's */
  readonly lookup?: LookupFunction;
}

export interface DialOptions extends Endpoint, NetworkSettings {
  /** Which of the environment's proxies counts. @default 'https:' */
  readonly protocol?: 'http:' | 'https:';
  readonly signal?: AbortSignal;
  /** Milliseconds until the connection stands. @default 30000 */
  readonly timeout?: number;
  /** Is kept up to date. */
  readonly trail?: Trail;
}

/** How far a connection has come, for the error of whoever gives up on it. */
export interface Trail {
  /** The proxy on the way, without its credentials. */
  proxy?: string | undefined;
  /** What is being waited for; nothing once the connection stands. */
  step?: string | undefined;
  /** A whole request has been handed over, and may have been heard. */
  hasLeft?: boolean;
}

export interface Dialled {
  /** Nothing has been read yet of what the server says. */
  readonly socket: Socket;
  /** The proxy on the way, without its credentials. */
  readonly proxy: string | undefined;
}

const defaultTimeout = 30_000;

/**
 * Opens a connection to a host and port, by the way that a connection's settings decide on. Where a PAC file
 * names several, they are tried in their order, and each has an equal part of the time.
 * @throws NETWORK, DEADLINE (both transient), PROXY, CONFIGURATION where the setting is no proxy
 */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { signal, trail = {} } = options;
  using limit = limitOf({ ...options, trail }, signal);
  limit.signal.throwIfAborted();
  trail.step = 'the PAC file';
  const ways = await limit.race(findWays(urlOf(options), { ...options, signal: limit.signal }));
  const dialled = await tryWays(ways, { ...options, trail }, limit.signal);
  trail.step = undefined;
  return dialled;
}

type Attempt = DialOptions & { readonly trail: Trail };

async function tryWays(ways: readonly Way[], attempt: Attempt, signal: AbortSignal): Promise<Dialled> {
  const { timeout = defaultTimeout, trail, ca, lookup } = attempt;
  const failures: ExchangeError[] = [];
  for (const way of ways) {
    trail.proxy = way === 'direct' ? undefined : nameOf(way);
    using limit = limitOf({ ...attempt, timeout: timeout / ways.length }, signal);
    const onStep = (step: string): void => void (trail.step = step);
    try {
      return { socket: await openWay(way, { target: attempt, ca, lookup, limit, onStep }), proxy: trail.proxy };
    } catch (error) {
      signal.throwIfAborted();
      failures.push(error as ExchangeError);
    }
  }
  throw waysError(attempt, failures);
}

function limitOf({ host, port, timeout = defaultTimeout, trail }: Attempt, signal: AbortSignal | undefined): Limit {
  return new Limit({ signal, timeout, error: () => tooSlow(`${host}:${port}`, timeout, trail) });
}

function tooSlow(target: string, timeout: number, { proxy, step }: Trail): ExchangeError {
  const what = `the connection to ${target}${proxy ? ` through the proxy ${proxy}` : ''}`;
  return new ExchangeError('DEADLINE', `${what} was not made within ${timeout / 1000} s: waiting for ${step}`, {
    transient: true,
    advice: [proxy ? 'see whether the proxy itself answers' : 'see whether a firewall is in the way'],
  });
}

/** What proxies are decided by. */
function urlOf({ protocol = 'https:', host, port }: DialOptions): URL {
  return new URL(`${protocol}//${host.includes(':') ? `[${host}]` : host}:${port}`);
}
