import type { ResolvedCloud } from './clouds.js';
import type { ResolvedImap, ResolvedServer, ResolvedSmtp } from './resolved.js';
import type { CheckedImap } from './schema.js';
import { splitHost } from './server-address.js';
import type { Security } from './types.js';

/** The well-known ports: RFC 8314 section 3 and, for STARTTLS, RFC 9051 and RFC 6409. */
const imapPorts: Readonly<Record<Security, number>> = { tls: 993, starttls: 143, none: 143 };
const smtpPorts: Readonly<Record<Security, number>> = { tls: 465, starttls: 587, none: 587 };

/** Where an IMAP connection reads and sends. */
export function resolveImap(definition: CheckedImap, cloud: ResolvedCloud): Pick<ResolvedImap, 'imap' | 'smtp'> {
  const imap = server(definition, imapHost(cloud), imapPorts);
  return { imap, smtp: resolveSmtp(definition, imap, cloud) };
}

/** Exchange Online's own IMAP host. */
export function imapHost(cloud: ResolvedCloud): string {
  return new URL(cloud.exchange).hostname;
}

function resolveSmtp(
  { smtp }: CheckedImap,
  imap: ResolvedServer,
  { smtpHost, isStandIn, exchange }: ResolvedCloud,
): ResolvedSmtp | undefined {
  const isMicrosoft = imap.host === new URL(exchange).hostname;
  const own = isMicrosoft ? smtpHost : undefined;
  if (!smtp && own === undefined) return undefined;
  const resolved = server(smtp ?? { security: 'starttls' }, own ?? imap.host, smtpPorts);
  return { ...resolved, keepsCopy: smtp?.keepsCopy ?? (isStandIn || resolved.host === smtpHost) };
}

function server(
  { host: written, port, security }: Pick<CheckedImap, 'host' | 'port' | 'security'>,
  defaultHost: string,
  ports: Readonly<Record<Security, number>>,
): ResolvedServer {
  const address = splitHost(written ?? defaultHost);
  return { host: address.host.toLowerCase(), port: port ?? address.port ?? ports[security], security };
}
