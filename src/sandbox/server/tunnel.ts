import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { RequestLog } from '../requests/request-log.js';
import { loopback } from './listen.js';
import { standingFor, type LedTo } from './microsoft-hosts.js';

export interface TunnelOptions {
  /** Whether it is a proxy at all. */
  readonly isProxy: boolean;
  /** Where requests are kept. */
  readonly requests: RequestLog | undefined;
  /** Takes a connection that leads to the port for HTTP. */
  readonly serve: (socket: Socket) => void;
  /** Where the other services listen. */
  readonly portOf: (service: Exclude<LedTo, 'http'>) => number;
}

/** Leads a tunnel (RFC 9110 section 9.3.6) that is meant for Microsoft to the sandbox itself; all others are refused. */
export function openTunnel(request: IncomingMessage, socket: Socket, head: Buffer, options: TunnelOptions): void {
  const { isProxy, requests, serve, portOf } = options;
  const authority = request.url ?? '';
  const exchange = requests?.begin({ service: 'other', title: `CONNECT ${authority}` });
  const service = isProxy ? standingFor(authority) : undefined;
  socket.on('error', () => socket.destroy());
  if (!service) {
    const reason = isProxy
      ? passesNothingOn(authority)
      : "The sandbox is no proxy: start it with the option 'proxy', or --proxy.";
    exchange?.end({ outcome: '403 Forbidden', isFailure: true });
    return void socket.end(refusal(reason));
  }
  exchange?.end({ outcome: '200 Connection established', isFailure: false });
  if (head.length > 0) socket.unshift(head);
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (service === 'http') return serve(socket);
  const inner = connect(portOf(service), loopback);
  inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  socket.on('close', () => inner.destroy());
  socket.pipe(inner).pipe(socket);
}

/** Why a proxy does not do what it is asked for. @param name of a host, with its port or without */
export function passesNothingOn(name: string): string {
  return `The sandbox stands for Microsoft's hosts alone, and passes nothing on: name ${name} in NO_PROXY.`;
}

function refusal(reason: string): string {
  const head = ['HTTP/1.1 403 Forbidden', 'Content-Type: text/plain', `Content-Length: ${Buffer.byteLength(reason)}`];
  return `${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${reason}`;
}
