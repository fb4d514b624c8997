import type { ResolvedConnection } from '../config/resolved.js';
import type { Security } from '../config/types.js';

/** A server that a connection talks to. */
export interface Server {
  readonly protocol: 'https' | 'imap' | 'smtp';
  readonly host: string;
  readonly port: number;
  /** `none`: plain text, on this machine only. */
  readonly security: Security;
}

/** The servers of a connection, each once, sign-in first, as far as they are known before Autodiscover. */
export function serversOf(connection: ResolvedConnection): Server[] {
  const { auth, cloud } = connection;
  const login = auth.type === 'oauth2' ? [httpServer(cloud.login)] : [];
  const servers = [...login, ...mailServers(connection)].map((server) => [addressOf(server), server] as const);
  return [...new Map(servers).values()];
}

function mailServers(connection: ResolvedConnection): Server[] {
  if (connection.protocol === 'imap') {
    const { imap, smtp } = connection;
    return [{ protocol: 'imap', ...imap }, ...(smtp ? [{ protocol: 'smtp', ...smtp } as const] : [])];
  }
  if (connection.protocol === 'graph') return [httpServer(connection.url)];
  return connection.host === 'autodiscover' ? [] : [httpServer(connection.host)];
}

function httpServer(address: string): Server {
  const { protocol, hostname, port } = new URL(address);
  const isPlain = protocol === 'http:';
  return {
    protocol: 'https',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (isPlain ? 80 : 443)),
    security: isPlain ? 'none' : 'tls',
  };
}

/** `outlook.office365.com:993` */
export function addressOf({ host, port }: Pick<Server, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
