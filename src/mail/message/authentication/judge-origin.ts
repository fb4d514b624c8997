import { getDomain } from 'tldts';
import type { Authentication } from './authentication.js';

export interface OriginVerdict {
  readonly isAuthentic: boolean;
  /** What was recorded, or why nothing is known. */
  readonly recorded: string;
}

/**
 * Whether the receiver found that a message comes from the domain of its author: by DMARC, or, where the domain has
 * no policy, by SPF or a signature of the same organisation (RFC 9989 section 4.4, relaxed alignment).
 */
export function judgeOrigin(authentication: Authentication, author: string): OriginVerdict {
  const { dmarc, results, absence, server } = authentication;
  if (absence) return { isAuthentic: false, recorded: `nothing: ${absence}` };
  const domain = domainOf(author);
  const about = results.find(({ method }) => method === 'dmarc')?.properties['header.from'];
  const isByPolicy = dmarc === 'pass' && (about === undefined || domainOf(about) === domain);
  const hasNoPolicy = dmarc === undefined || dmarc === 'none' || dmarc === 'bestguesspass';
  const isAligned = results.some(({ method, result, properties }) => {
    const names = proving[method] ?? [];
    return result === 'pass' && names.some((name) => domain !== '' && domainOf(properties[name] ?? '') === domain);
  });
  const list = results.map(({ method, result, properties }) => describe(method, result, properties)).join(', ');
  return {
    isAuthentic: isByPolicy || (hasNoPolicy && isAligned),
    recorded: `${list || 'nothing'} (by ${server || 'Exchange Online'})`,
  };
}

/** Where a result says whose mail it is. */
const proving: Readonly<Record<string, readonly string[] | undefined>> = {
  __proto__: null as never,
  spf: ['smtp.mailfrom'],
  dkim: ['header.d', 'header.i'],
};

/** The organisation's domain, of a host or an address. */
function domainOf(address: string): string {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

function describe(method: string, result: string, properties: Readonly<Record<string, string>>): string {
  const about = Object.entries(properties)
    .filter(([name]) => /^(?:smtp|header)\./.test(name))
    .map(([name, value]) => `${name}=${value}`);
  return `${method}=${result}${about.length > 0 ? ` ${about.join(' ')}` : ''}`.slice(0, 200);
}
