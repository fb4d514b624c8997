import type { ImapFlowOptions } from 'imapflow';
import type { Socket } from 'node:net';
import { connect as secure, type SecureContext } from 'node:tls';

type Transport = NonNullable<ImapFlowOptions['transport']>;

/** Has the library speak over a connection that stands already; TLS is put on top of it here. */
export function socketTransport(socket: Socket, context: SecureContext | undefined): Transport {
  // Said, so that NODE_TLS_REJECT_UNAUTHORIZED does not say otherwise.
  const trust = { rejectUnauthorized: true, ...(context && { secureContext: context }) };
  return {
    connect({ secure: isSecure, host, servername }, onConnect) {
      if (isSecure) return secure({ socket, host, ...(servername && { servername }), ...trust }, onConnect);
      setImmediate(onConnect);
      return socket;
    },
    upgrade: (plain, { host, servername }, onSecure) =>
      secure({ socket: plain, host, ...(servername && { servername }), ...trust }, onSecure),
  };
}
