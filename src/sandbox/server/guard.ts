import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { HttpRefusal } from './http-refusal.js';

/**
 * Refuses a request that names a host which this machine is not known by: a page of somebody else's whose name was
 * made to lead here (DNS rebinding) would otherwise read all that is here as its own.
 * @param hosts names it is known by besides `localhost` and addresses
 * @throws HttpRefusal 403
 */
export function checkHost({ headers: { host } }: IncomingMessage, hosts: readonly string[]): void {
  // Browsers never leave it out.
  if (host === undefined) return;
  const name = nameOf(host);
  if (name !== undefined && isKnown(name, hosts)) return;
  throw new HttpRefusal(403, `The sandbox is not known as ${host}: name it with the option 'hosts', or --host.`);
}

/** Whether the sandbox goes by a name. @param hosts names it is known by besides `localhost` and addresses */
export function isKnown(name: string, hosts: readonly string[]): boolean {
  return isOfThisMachine(name) || hosts.includes(name);
}

/**
 * Refuses what a web page has a browser send that is not one of the sandbox's own. Programs are served, and so is
 * who follows a link to here. https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site
 * @throws HttpRefusal 403
 */
export function refuseOtherPages(request: IncomingMessage): void {
  if (isOfOwnPage(request) || isFollowedLink(request)) return;
  throw new HttpRefusal(403, 'A web page that is not one of the sandbox asked for this.');
}

function isOfOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Into a window of its own, never into a frame. */
function isFollowedLink({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** An address can't be made to lead elsewhere, and browsers look these names up nowhere: RFC 6761 section 6.3. */
function isOfThisMachine(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || name === 'localhost' || name.endsWith('.localhost');
}

function nameOf(host: string): string | undefined {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
