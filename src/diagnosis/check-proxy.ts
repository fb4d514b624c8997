import type { ResolvedConnection } from '../config/resolved.js';
import { ExchangeError } from '../errors.js';
import { proxyFor } from '../network/agents.js';
import { dial } from '../network/dial.js';
import { publicProxy } from '../network/network-errors.js';
import type { Finding } from './leg.js';
import { addressOf, serversOf, type Server } from './servers.js';

/** Which proxy is on the way to each server, and whether it can be reached. @throws PROXY */
export async function checkProxy(connection: ResolvedConnection, signal: AbortSignal): Promise<Finding<void>> {
  const servers = await Promise.all(
    serversOf(connection).map(async (server) => ({
      server: addressOf(server),
      proxy: await proxyOnTheWay(connection, server),
    })),
  );
  const proxies = [...new Set(servers.flatMap(({ proxy }) => proxy ?? []))];
  for (const proxy of proxies) await reach(proxy, signal);
  const facts = {
    servers: servers.map(({ server, proxy }) => ({ server, proxy: proxy === undefined ? null : publicProxy(proxy) })),
  };
  return { detail: describe(facts.servers), facts, value: undefined };
}

/** The proxy on the way to a server, with its credentials; nothing where there is none. */
export function proxyOnTheWay({ proxy }: ResolvedConnection, server: Server): Promise<string | undefined> {
  return proxyFor(proxy, new URL(`https://${addressOf(server)}`));
}

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const socksPort = 1080;

async function reach(proxy: string, signal: AbortSignal): Promise<void> {
  // A PAC file may be on this machine's disk.
  const address = proxy.replace(/^pac\+/, '');
  if (!URL.canParse(address) || new URL(address).hostname === '') return;
  const { protocol, hostname, port } = new URL(address);
  try {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = await dial({ host, port: Number(port || (ports[protocol] ?? socksPort)), proxy: 'none', signal });
    socket.destroy();
  } catch (cause) {
    const said = (cause as Error).message.split('\n')[0];
    throw new ExchangeError('PROXY', `The proxy ${publicProxy(proxy)} can't be reached: ${said}`, {
      cause,
      advice: [
        'correct the proxy of the connection, or the variables HTTPS_PROXY, HTTP_PROXY and ALL_PROXY',
        `proxy: 'none', or the server's name in NO_PROXY, goes without one`,
      ],
    });
  }
}

function describe(servers: readonly { readonly server: string; readonly proxy: string | null }[]): string {
  const proxies = new Set(servers.map(({ proxy }) => proxy));
  if (proxies.size > 1) return servers.map(({ server, proxy }) => `${server}: ${proxy ?? 'none'}`).join('; ');
  return [...proxies][0] ?? 'none';
}
