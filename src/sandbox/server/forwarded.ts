import type { IncomingMessage } from 'node:http';
import { isKnown } from './guard.js';
import { HttpRefusal } from './http-refusal.js';
import type { RequestLog } from '../requests/request-log.js';
import { passesNothingOn } from './tunnel.js';

/**
 * Refuses a request in the clear that a proxy is to pass on, known by the whole URL in it (RFC 9112 section 3.2.2): to
 * another host or port than those of the sandbox itself.
 * @param hosts names that the sandbox is known by besides `localhost` and addresses
 * @throws HttpRefusal 403
 */
export function refuseToForward(
  { method, url: target = '', socket }: IncomingMessage,
  hosts: readonly string[],
  requests: RequestLog | undefined,
): void {
  if (!/^[a-z]+:/i.test(target) || !URL.canParse(target)) return;
  const { hostname, host, port } = new URL(target);
  if (isKnown(hostname, hosts) && Number(port || 80) === socket.localPort) return;
  requests
    ?.begin({ service: 'other', title: `${method} ${target}` })
    .end({ outcome: '403 Forbidden', isFailure: true });
  throw new HttpRefusal(403, passesNothingOn(host));
}
