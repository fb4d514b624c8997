import { isIPv4 } from 'node:net';

/** Whether a URL's host can only be this machine, so that plain text to it is seen by nobody else. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (host.startsWith('127.') && isIPv4(host));
}
