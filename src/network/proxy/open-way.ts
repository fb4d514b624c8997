import { once } from 'node:events';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { secureContext } from '../certificates.js';
import { connectionError, type Endpoint } from '../connection-error.js';
import type { Limit } from '../../async/limit.js';
import type { Way } from './way.js';
import { openHttpTunnel } from './http-tunnel.js';
import type { Proxy } from './proxy.js';
import { unreachableProxyError } from './proxy-errors.js';
import { openSocksTunnel } from './socks-tunnel.js';

export interface Journey {
  readonly target: Endpoint;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
  /** Finds the addresses of a target that is gone to directly. @default the system's */
  readonly lookup?: LookupFunction | undefined;
  readonly limit: Limit;
  /** Told what is being waited for. */
  readonly onStep: (step: string) => void;
}

/** Connects to a place by one way. @throws NETWORK, PROXY, the limit's reason */
export async function openWay(way: Way, journey: Journey): Promise<Socket> {
  const { target, limit, onStep, lookup } = journey;
  onStep(way === 'direct' ? 'the server to take it' : 'the proxy to take a connection');
  const { host, port } = way === 'direct' ? target : way;
  const socket = survivor(connect({ host, port, noDelay: true, ...(way === 'direct' && lookup && { lookup }) }));
  try {
    await limit.race(once(socket, 'connect'));
    return way === 'direct' ? socket : await openTunnel(socket, way, journey);
  } catch (error) {
    socket.destroy();
    if (limit.signal.aborted) throw limit.signal.reason;
    throw way === 'direct' ? connectionError(error, target) : unreachableProxyError(target, way, error);
  }
}

async function openTunnel(socket: Socket, proxy: Proxy, journey: Journey): Promise<Socket> {
  const { target, limit, onStep } = journey;
  const inner = proxy.scheme === 'https' ? await limit.race(secure(socket, proxy, journey)) : socket;
  onStep(`the proxy's answer`);
  const open = proxy.scheme.startsWith('socks') ? openSocksTunnel : openHttpTunnel;
  await limit.race(open(inner, target, proxy));
  return inner;
}

/** TLS with the proxy itself, as browsers do where a PAC file says HTTPS. */
async function secure(socket: Socket, { host }: Proxy, { ca, onStep }: Journey): Promise<Socket> {
  onStep('TLS with the proxy');
  const context = secureContext(ca);
  const secured = survivor(
    connectTls({
      socket,
      host,
      ...(!isIP(host) && { servername: host }),
      ALPNProtocols: ['http/1.1'],
      ...(context && { secureContext: context }),
      rejectUnauthorized: true,
    }),
  );
  await once(secured, 'secureConnect');
  return secured;
}

/** An error that comes while nobody listens, between two steps, would end the process. Who reads or writes is told. */
function survivor(socket: Socket): Socket {
  return socket.on('error', () => {});
}
