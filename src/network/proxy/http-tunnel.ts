import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Endpoint } from '../connection-error.js';
import { basicAuthorization, type Proxy } from './proxy.js';
import { brokenProxyError, refusedTunnelError } from './proxy-errors.js';

/**
 * Has an HTTP proxy open a tunnel over a connection to it: CONNECT, RFC 9110 section 9.3.6.
 * @throws PROXY
 */
export async function openHttpTunnel(socket: Socket, target: Endpoint, proxy: Proxy): Promise<void> {
  const authorization = basicAuthorization(proxy);
  const address = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const asked = request({
    method: 'CONNECT',
    path: address,
    headers: { host: address, ...(authorization && { 'proxy-authorization': authorization }) },
    createConnection: () => socket,
  });
  const answer = new Promise<[answer: IncomingMessage, early: Buffer]>((resolve, reject) => {
    asked.once('connect', (head, _, early) => resolve([head, early]));
    asked.on('error', (error) => reject(brokenProxyError(target, proxy, error)));
  });
  asked.end();
  const [head, early] = await answer;
  const { statusCode = 0 } = head;
  if (statusCode < 200 || statusCode > 299) throw refusedTunnelError(target, proxy, head);
  if (early.length > 0) socket.unshift(early);
}
