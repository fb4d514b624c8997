import { Resolver } from 'node:dns/promises';

export interface CandidateOptions {
  /** Looks up a domain's SRV records; nothing where DNS is not to be asked. */
  readonly resolveSrv: SrvResolver | undefined;
  readonly note: (remark: string) => void;
}

export type SrvResolver = (name: string) => Promise<readonly SrvTarget[]>;

/** What an SRV record (RFC 2782) names. */
export interface SrvTarget {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
}

/**
 * The servers of a mail domain that may have Autodiscover, by Microsoft's rules, but for two: the host
 * `autodiscover` comes before the domain's web site, which has no use for a password, and nothing is
 * asked over plain http.
 * https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-generate-a-list-of-autodiscover-endpoints
 */
export async function* candidateHosts(
  address: string,
  { resolveSrv, note }: CandidateOptions,
): AsyncGenerator<string, void, undefined> {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  yield `https://autodiscover.${domain}`;
  yield `https://${domain}`;
  const targets = (await resolveSrv?.(`_autodiscover._tcp.${domain}`).catch(() => [])) ?? [];
  for (const { name, port } of targets.toSorted((a, b) => a.priority - b.priority)) {
    // DNS proves nothing: whoever forges an answer would be given the password.
    if (isWithin(name.toLowerCase(), domain)) yield `https://${name}:${port}`;
    else note(`the SRV record _autodiscover._tcp.${domain} names ${name}, which is not of that domain: not asked`);
  }
}

/** Asks the system's name servers, not for long. */
export const resolveSrv: SrvResolver = (name) => new Resolver({ timeout: 2000, tries: 2 }).resolveSrv(name);

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
