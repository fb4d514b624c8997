import type { ResolvedCloud } from '../../../config/clouds.js';
import type { ResolvedEws, ResolvedOAuth2 } from '../../../config/resolved.js';
import type { HttpClient } from '../../../network/http.js';
import { findWays } from '../../../network/proxy/find-ways.js';
import type { Credentials } from '../../credentials.js';
import type { CallOptions } from '../../transport.js';
import { autodiscoverEws } from './autodiscover-ews.js';
import { candidateHosts, resolveSrv, type CandidateOptions, type SrvResolver } from './candidate-hosts.js';

export interface DiscoveryOptions extends CallOptions {
  readonly address: string;
  readonly credentials: Credentials;
  readonly http: HttpClient;
  /** Looks up SRV records. @default the system's name servers are asked */
  readonly resolveSrv?: SrvResolver;
}

/** Finds out where EWS is for a connection with the host `'autodiscover'`. @throws AUTODISCOVER, AUTH_REFUSED */
export function discoverEwsUrl(connection: ResolvedEws, options: DiscoveryOptions): Promise<string> {
  return autodiscoverEws({
    ...options,
    hosts: (address, note) => hosts(connection, address, { note, resolveSrv: options.resolveSrv ?? resolveSrv }),
    mayReceive: receiverOf(connection),
  });
}

/** Microsoft's cloud comes first where it is what the token is for. It takes no passwords. */
async function* hosts(
  connection: ResolvedEws,
  address: string,
  options: CandidateOptions,
): AsyncGenerator<string, void, undefined> {
  const { cloud } = connection;
  if (isForCloud(connection)) yield cloud.exchange;
  if (cloud.isStandIn) return;
  const ways = await findWays(new URL(cloud.exchange), connection);
  const isProxied = ways.some((way) => way !== 'direct');
  // A look-up would go past the proxy.
  yield* candidateHosts(address, isProxied ? { ...options, resolveSrv: undefined } : options);
}

/** Where the credentials may go: a token to the hosts that its scopes are named after, `https://host/permission`. */
function receiverOf(connection: ResolvedEws): (url: URL) => boolean {
  const { auth, cloud } = connection;
  // A password is the mail domain's own, and so are the servers that it leads to.
  if (auth.type === 'basic') return () => true;
  const named = scopeHosts(auth);
  const isCloud = isForCloud(connection);
  return ({ hostname }) => named.includes(hostname) || (isCloud && isHostOf(cloud, hostname));
}

function isForCloud({ auth, cloud }: ResolvedEws): boolean {
  if (auth.type === 'basic') return false;
  const resources = [cloud.exchangeResource, cloud.mailResource].map((resource) => new URL(resource).hostname);
  return cloud.isStandIn || scopeHosts(auth).some((host) => resources.includes(host));
}

/** Microsoft alone has hosts in the domains of its clouds: `office365.com`. */
function isHostOf({ exchange, isStandIn }: ResolvedCloud, hostname: string): boolean {
  const own = new URL(exchange).hostname;
  return hostname === own || (!isStandIn && hostname.endsWith(own.slice(own.indexOf('.'))));
}

function scopeHosts({ scopes }: ResolvedOAuth2): string[] {
  return scopes.flatMap((scope) => (URL.canParse(scope) ? new URL(scope).hostname : []));
}
