import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import type { ResolvedConnection } from '../config/resolved.js';
import { secureContext } from '../network/certificates.js';
import { connectionError } from '../network/connection-error.js';
import { dial } from '../network/dial.js';
import type { Finding } from './leg.js';
import { addressOf, serversOf, type Server } from './servers.js';
import { startTls } from './start-tls.js';

interface Certificate {
  readonly server: string;
  /** Nothing where the connection is plain text, on this machine. */
  readonly issuer: string | null;
  /** ISO 8601. */
  readonly validUntil: string | null;
}

/** Connects to each server, by the proxy where there is one, and verifies its certificate. @throws NETWORK, PROXY */
export async function checkCertificates(connection: ResolvedConnection, signal: AbortSignal): Promise<Finding<void>> {
  const servers = await Promise.all(serversOf(connection).map((server) => certificateOf(connection, server, signal)));
  return { detail: servers.map(describe).join('; '), facts: { servers }, value: undefined };
}

async function certificateOf(
  { proxy, ca }: ResolvedConnection,
  server: Server,
  signal: AbortSignal,
): Promise<Certificate> {
  const { socket } = await dial({ host: server.host, port: server.port, proxy, ca, signal });
  try {
    if (server.security === 'none') return { server: addressOf(server), issuer: null, validUntil: null };
    if (server.security === 'starttls') await startTls(socket, server.protocol, signal);
    return await handshake(socket, server, { ca, signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : connectionError(error, server);
  } finally {
    socket.destroy();
  }
}

async function handshake(
  socket: Socket,
  server: Server,
  { ca, signal }: { readonly ca: readonly string[]; readonly signal: AbortSignal },
): Promise<Certificate> {
  const context = secureContext(ca);
  const trust = { rejectUnauthorized: true, ...(context && { secureContext: context }) };
  const secured = connect({ socket, ...serverName(server), ...trust });
  secured.on('error', () => {});
  await once(secured, 'secureConnect', { signal });
  const { issuer, valid_to: validTo } = secured.getPeerCertificate();
  secured.destroy();
  return {
    server: addressOf(server),
    issuer: [issuer.CN ?? issuer.O].flat()[0] ?? '',
    validUntil: new Date(validTo).toISOString(),
  };
}

/** Without a name of its own, it is the address that the certificate has to stand for. */
function serverName({ host }: Server): { readonly host: string; readonly servername?: string } {
  return isIP(host) ? { host } : { host, servername: host };
}

function describe({ server, issuer, validUntil }: Certificate): string {
  if (validUntil === null) return `${server}: plain text, on this machine`;
  return `${server}: by ${issuer}, until ${validUntil.slice(0, 10)}`;
}
