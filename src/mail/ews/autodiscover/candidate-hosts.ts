import { Resolver } from 'node:dns/promises';
import { domainOf, type Trust } from './trust.js';

export interface CandidateOptions extends Pick<Trust, 'mayBeAsked'> {
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
  { resolveSrv, mayBeAsked, note }: CandidateOptions,
): AsyncGenerator<string, void, undefined> {
  const domain = domainOf(address);
  const usual = [`https://autodiscover.${domain}`, `https://${domain}`];
  if (!usual.every((url) => URL.canParse(url) && mayBeAsked(new URL(url)))) {
    return note(`${address} is of another domain, whose servers are not asked`);
  }
  yield* usual;
  const targets = (await resolveSrv?.(`_autodiscover._tcp.${domain}`).catch(() => [])) ?? [];
  for (const { name, port } of targets.toSorted((a, b) => a.priority - b.priority).slice(0, maxTargets)) {
    const url = `https://${name}:${port}`;
    // DNS proves nothing: whoever forges an answer would be given the password.
    if (URL.canParse(url) && mayBeAsked(new URL(url))) yield url;
    else note(`the SRV record _autodiscover._tcp.${domain} names ${name}, which is not of that domain: not asked`);
  }
}

/** Of its SRV records, the first. */
const maxTargets = 5;

/** Asks the system's name servers, not for long. */
export const resolveSrv: SrvResolver = (name) => new Resolver({ timeout: 2000, tries: 2 }).resolveSrv(name);
