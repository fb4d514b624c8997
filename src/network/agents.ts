import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ProxyAgent, ProxyAgentOptions } from 'proxy-agent';
import { ExchangeError } from '../errors.js';
import { secureContext } from './certificates.js';

/** How to reach other hosts: a connection's proxy and certificate authorities. */
export interface NetworkSettings {
  /** `'system'` (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), `'none'`, or the proxy's URL. */
  readonly proxy: string;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
}

/** The way to one URL. */
export interface Route {
  readonly agent: HttpAgent;
  /** The proxy on the way, with its credentials; nothing where there is none. */
  readonly proxy: string | undefined;
}

export interface Agents {
  route(url: URL): Promise<Route>;
  /** Cuts all connections, those that still hang in a proxy's greeting too. */
  close(): void;
}

/** Decides on the proxy for each URL, and makes the agents; `proxy-agent` is loaded when one is needed. */
export function createAgents(settings: NetworkSettings): Agents {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const context = secureContext(settings.ca);
  const options = { keepAlive: true, signal: closing.signal, ...(context && { secureContext: context }) };
  const direct = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  const proxied = new Map<string, Promise<ProxyAgent>>();

  function through(proxy: string, protocol: string): Promise<ProxyAgent> {
    const key = `${protocol} ${proxy}`;
    // Kept alive, an http: target would be sent relative paths, which no proxy can forward.
    const agent = proxied.get(key) ?? proxyAgent(proxy, { ...options, keepAlive: protocol === 'https:' });
    proxied.set(key, agent);
    return agent;
  }

  return {
    async route(url) {
      const proxy = await proxyFor(settings.proxy, url);
      if (proxy) return { agent: await through(assertProxy(proxy), url.protocol), proxy };
      return { agent: url.protocol === 'https:' ? direct['https:'] : direct['http:'], proxy };
    },
    close() {
      closing.abort();
      direct['http:'].destroy();
      direct['https:'].destroy();
    },
  };
}

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** The proxy on the way to a URL; nothing where there is none. */
export async function proxyFor(setting: string, url: URL): Promise<string | undefined> {
  if (setting === 'none') return undefined;
  if (setting !== 'system') return setting;
  if (!proxyVariables.some((name) => process.env[name])) return undefined;
  const { ProxyAgent: Agent } = await import('proxy-agent');
  const fromEnvironment = new Agent().getProxyForUrl;
  // The environment's reading looks at the URL alone.
  return (await fromEnvironment(url.href, undefined as unknown as ClientRequest)) || undefined;
}

/** Said here, in words without the URL: it may hold a password. */
function assertProxy(proxy: string): string {
  if (URL.canParse(proxy) && /^(https?|socks[45]?[ah]?|pac\+(https?|file|data)):$/.test(new URL(proxy).protocol))
    return proxy;
  throw new ExchangeError('CONFIGURATION', 'the proxy is not a URL that can be used', {
    advice: ['write it as http://host:port, https://, socks5://, socks5h:// or pac+http(s)://'],
  });
}

async function proxyAgent(proxy: string, options: ProxyAgentOptions): Promise<ProxyAgent> {
  const { ProxyAgent: Agent } = await import('proxy-agent');
  return new Agent({ ...options, getProxyForUrl: () => proxy });
}
