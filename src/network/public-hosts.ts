import { lookup as lookUp, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ExchangeError } from '../errors.js';

/** Names of networks of one's own (RFC 6761, RFC 6762, RFC 8375, and what ICANN keeps free for them). */
const privateName = /^[^.]*$|\.(?:localhost|local|internal|home\.arpa|invalid|test|onion)$/i;

/** @throws NETWORK where a URL's host can be seen to be this machine, or in a network of one's own */
export function checkPublicHost(hostname: string): void {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  if (isIP(host) ? !isPublic(host) : privateName.test(host)) throw notPublic(host);
}

/** Looks a host up, and refuses it where any of its addresses is no public one. */
export const lookupPublicHost: LookupFunction = (hostname, options, done) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (!addresses.every(({ address }) => isPublic(address))) return done(notPublic(hostname), []);
    if (options.all) return done(null, addresses);
    const [{ address, family }] = addresses as [LookupAddress];
    done(null, address, family);
  });
};

function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

function notPublic(host: string): ExchangeError {
  return new ExchangeError('NETWORK', `${host} is this machine, or in a network of its own`);
}
