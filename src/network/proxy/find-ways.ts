import type { ClientRequest } from 'node:http';
import { askPac } from './ask-pac.js';
import { parseProxy } from './proxy.js';
import type { Way, WayOptions } from './way.js';

/**
 * Decides on the ways to a URL's host and port, in the order in which they are to be tried. Of the environment
 * HTTP_PROXY counts for an `http:` URL only.
 * @throws CONFIGURATION where the setting is no proxy, PROXY where a PAC file gives no answer
 */
export async function findWays(target: URL, options: WayOptions): Promise<readonly Way[]> {
  const setting = options.proxy === 'system' ? await fromEnvironment(target) : options.proxy;
  if (setting === 'none') return ['direct'];
  return /^pac\+/i.test(setting) ? await askPac(setting, target, options) : [parseProxy(setting)];
}

const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** Whether the environment is to decide, and says nothing. */
export function isLeftToTheSystem(proxy: string): boolean {
  return proxy === 'system' && !variables.some((name) => process.env[name]);
}

/** As proxy-agent reads it, and most of what runs on Node: it looks at the URL alone, not at the request. */
async function fromEnvironment(target: URL): Promise<string> {
  if (isLeftToTheSystem('system')) return 'none';
  const { ProxyAgent } = await import('proxy-agent');
  return (await new ProxyAgent().getProxyForUrl(target.href, undefined as unknown as ClientRequest)) || 'none';
}
