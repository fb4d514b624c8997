import { resolveCloud, type ResolvedCloud } from './clouds.js';
import type { Fault } from './fault.js';
import { isAutodiscover } from './server-address.js';

type Fields = Readonly<Record<string, unknown>>;

/** What of a definition for EWS or IMAP can't stay when it is turned into one for Graph. */
export function graphFaults({ host, auth }: Fields): Fault[] {
  const { cloud: name = 'global', scopes } = (auth ?? {}) as Fields;
  const cloud = typeof name === 'string' ? resolveCloud(name) : undefined;
  if (!cloud) return [];
  return [...hostFaults(host, cloud), ...scopesFaults(scopes, cloud)];
}

function hostFaults(host: unknown, { exchange, graph }: ResolvedCloud): Fault[] {
  if (typeof host !== 'string' || isAutodiscover(host)) return [];
  const url = host.includes('://') ? host : `https://${host}`;
  if (URL.canParse(url) && [exchange, graph].includes(new URL(url).origin)) return [];
  // A URL may hold a password.
  const shown = URL.canParse(url) ? new URL(url).host : 'that';
  return [
    { field: 'host', problem: `can't be ${shown}: Graph serves Exchange Online only, at ${graph}; leave it out` },
  ];
}

/** A scope that names no resource is Graph's. */
function scopesFaults(scopes: unknown, { graphResource }: ResolvedCloud): Fault[] {
  const texts = [scopes].flat().filter((scope) => typeof scope === 'string');
  const foreign = texts.filter((scope) => scope.includes('://') && !scope.startsWith(`${graphResource}/`));
  if (foreign.length === 0) return [];
  const problem = `${foreign.join(', ')}: not of Graph (${graphResource}); leave scopes out to ask for what is needed`;
  return [{ field: 'auth.scopes', problem }];
}
