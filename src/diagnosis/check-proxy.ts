import type { ResolvedConnection } from '../config/resolved.js';
import { ExchangeError } from '../errors.js';
import { dial } from '../network/dial.js';
import { findWays } from '../network/proxy/find-ways.js';
import type { Way } from '../network/proxy/way.js';
import { nameOf, type Proxy } from '../network/proxy/proxy.js';
import type { Finding } from './leg.js';
import { addressOf, serversOf, type Server } from './servers.js';

/** Which proxy is on the way to each server, and whether it can be reached. @throws PROXY */
export async function checkProxy(connection: ResolvedConnection, signal: AbortSignal): Promise<Finding<void>> {
  const servers = await Promise.all(
    serversOf(connection).map(async (server) => ({
      server: addressOf(server),
      ways: await findWays(urlOf(server), { ...connection, signal }),
    })),
  );
  for (const { ways } of servers) await reachOne(ways, signal);
  const facts = { servers: servers.map(({ server, ways }) => ({ server, proxy: namesOf(ways) })) };
  return { detail: describe(facts.servers), facts, value: undefined };
}

/** Whether a server is reached through a proxy, or may be. */
export async function isProxied(connection: ResolvedConnection, server: Server): Promise<boolean> {
  return (await findWays(urlOf(server), connection)).some((way) => way !== 'direct');
}

function urlOf(server: Server): URL {
  return new URL(`https://${addressOf(server)}`);
}

/** The first that can be reached is the one that will be used. */
async function reachOne(ways: readonly Way[], signal: AbortSignal): Promise<void> {
  let failure: unknown;
  for (const way of ways) {
    try {
      if (way !== 'direct') await reach(way, signal);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function reach(proxy: Proxy, signal: AbortSignal): Promise<void> {
  try {
    const { socket } = await dial({ host: proxy.host, port: proxy.port, proxy: 'none', ca: [], signal });
    socket.destroy();
  } catch (cause) {
    const said = (cause as Error).message.split('\n')[0];
    throw new ExchangeError('PROXY', `The proxy ${nameOf(proxy)} can't be reached: ${said}`, {
      cause,
      advice: [
        'correct the proxy of the connection, or the variables HTTPS_PROXY, HTTP_PROXY and ALL_PROXY',
        `proxy: 'none', or the server's name in NO_PROXY, goes without one`,
      ],
    });
  }
}

/** Of several, as a PAC file may name them, all in their order. */
function namesOf(ways: readonly Way[]): string | null {
  if (ways.every((way) => way === 'direct')) return null;
  return ways.map((way) => (way === 'direct' ? 'none' : nameOf(way))).join(', else ');
}

function describe(servers: readonly { readonly server: string; readonly proxy: string | null }[]): string {
  const proxies = new Set(servers.map(({ proxy }) => proxy));
  if (proxies.size > 1) return servers.map(({ server, proxy }) => `${server}: ${proxy ?? 'none'}`).join('; ');
  return [...proxies][0] ?? 'none';
}
