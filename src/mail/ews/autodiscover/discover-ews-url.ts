import type { ResolvedEws } from '../../../config/resolved.js';
import type { HttpClient } from '../../../network/http.js';
import { findWays } from '../../../network/proxy/find-ways.js';
import type { Credentials } from '../../credentials.js';
import type { CallOptions } from '../../transport.js';
import { autodiscoverEws } from './autodiscover-ews.js';
import { candidateHosts, resolveSrv, type CandidateOptions, type SrvResolver } from './candidate-hosts.js';
import { isForCloud, trustOf } from './trust.js';

export interface DiscoveryOptions extends CallOptions {
  readonly address: string;
  readonly credentials: Credentials;
  readonly http: HttpClient;
  /** Looks up SRV records. @default the system's name servers are asked */
  readonly resolveSrv?: SrvResolver;
}

/** Finds out where EWS is for a connection with the host `'autodiscover'`. @throws AUTODISCOVER, AUTH_REFUSED */
export function discoverEwsUrl(connection: ResolvedEws, options: DiscoveryOptions): Promise<string> {
  const trust = trustOf(connection, options.address);
  const look = { mayBeAsked: trust.mayBeAsked, resolveSrv: options.resolveSrv ?? resolveSrv };
  return autodiscoverEws({
    ...options,
    ...trust,
    hosts: (address, note) => hosts(connection, address, { ...look, note }),
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
