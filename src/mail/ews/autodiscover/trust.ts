import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import type { ResolvedCloud } from '../../../config/clouds.js';
import type { ResolvedEws, ResolvedOAuth2 } from '../../../config/resolved.js';

/**
 * Whom Autodiscover trusts: hosts of the mail's own domain, of Microsoft's cloud, and those that the definition names.
 * Whatever leads elsewhere, be it an answer, a redirect or DNS, leads nowhere.
 */
export interface Trust {
  /** Whether a server may be asked about the address, and told it. */
  readonly mayBeAsked: (url: URL) => boolean;
  /** Whether it may be given the credentials, now or as the server of EWS. */
  readonly mayReceive: (url: URL) => boolean;
}

/** @param address - whose domain is the mail's own */
export function trustOf(connection: ResolvedEws, address: string): Trust {
  const { auth, cloud } = connection;
  const ofCloud = ({ hostname }: URL): boolean => isHostOf(cloud, hostname);
  const ownDomain = domainOf(address);
  const own = ({ hostname }: URL): boolean => isWithin(ownDomain, hostname);
  // A password is the mail domain's own.
  if (auth.type === 'basic') return same((url) => own(url) || ofCloud(url));
  // A token is for the hosts that its scopes are named after.
  const named = scopeHosts(auth);
  const isNamed = ({ hostname }: URL): boolean => named.includes(hostname);
  const isCloud = isForCloud(connection);
  return {
    mayBeAsked: (url) => own(url) || ofCloud(url) || isNamed(url),
    mayReceive: (url) => isNamed(url) || (isCloud && ofCloud(url)),
  };
}

/** Whether a connection's token is for Microsoft's cloud. It takes no passwords. */
export function isForCloud({ auth, cloud }: ResolvedEws): boolean {
  if (auth.type === 'basic') return false;
  const resources = [cloud.exchangeResource, cloud.mailResource].map((resource) => new URL(resource).hostname);
  return cloud.isStandIn || scopeHosts(auth).some((host) => resources.includes(host));
}

/** The domain of an address as URLs have it. */
export function domainOf(address: string): string {
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1));
}

/**
 * Whether a host belongs to whoever has a mail domain: both are under the same name that somebody registered, as the
 * Public Suffix List knows it. What nobody could register has its two hosts of Autodiscover, and no more.
 */
function isWithin(domain: string, hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  const registered = getDomain(domain, registrable);
  if (registered) return getDomain(host, registrable) === registered;
  return domain !== '' && [domain, `autodiscover.${domain}`].includes(host);
}

/** Customers of a hoster (`github.io`) are strangers to each other. */
const registrable = { allowPrivateDomains: true };

/** Microsoft alone has hosts in the domains of its clouds: `office365.com`. */
function isHostOf({ exchange, isStandIn }: ResolvedCloud, hostname: string): boolean {
  const own = new URL(exchange).hostname;
  return hostname === own || (!isStandIn && hostname.endsWith(own.slice(own.indexOf('.'))));
}

function scopeHosts({ scopes }: ResolvedOAuth2): string[] {
  return scopes.flatMap((scope) => (URL.canParse(scope) ? new URL(scope).hostname : []));
}

function same(test: (url: URL) => boolean): Trust {
  return { mayBeAsked: test, mayReceive: test };
}
