import type { OutgoingHttpHeaders } from 'node:http';
import { inspect } from 'node:util';
import type { PacProxyAgent } from 'pac-proxy-agent';
import { ExchangeError } from '../../errors.js';
import { certificateFault } from '../certificate-faults.js';
import { secureContext } from '../certificates.js';
import type { Way, WayOptions } from './way.js';
import { basicAuthorization, decode, notAProxy, parseProxy } from './proxy.js';

/** The address of a PAC file. */
interface PacFile {
  /** Without credentials and query. */
  readonly name: string;
  readonly url: URL;
  /** For its server, and for the proxies that it names. */
  readonly username: string;
  readonly password: string;
}

/**
 * Loads a PAC file (`pac+http:`, `pac+https:`, `pac+file:`, `pac+data:`) and asks it for the ways to a URL.
 * @throws PROXY where it can't be loaded (transient) or gives no answer
 */
export async function askPac(setting: string, target: URL, options: WayOptions): Promise<readonly Way[]> {
  const file = parsePac(setting);
  const agent = await pacAgent(file, options);
  try {
    const find = await agent.getResolver().catch((cause: unknown) => Promise.reject(loadError(file, cause)));
    const answer = await find(target).catch((cause: unknown) => Promise.reject(scriptError(file, target, cause)));
    return readAnswer(answer ?? '', file);
  } finally {
    agent.qjs?.dispose();
    agent.destroy();
  }
}

function parsePac(setting: string): PacFile {
  const text = setting.slice('pac+'.length);
  if (!URL.canParse(text)) throw notAProxy();
  const url = new URL(text);
  if (!/^(https?|file|data):$/.test(url.protocol)) throw notAProxy();
  const [username, password] = [decode(url.username), decode(url.password)];
  [url.username, url.password] = ['', ''];
  const name = url.protocol === 'data:' ? 'pac+data:' : `pac+${url.protocol}//${url.host}${url.pathname}`;
  return { name, url, username, password };
}

async function pacAgent(file: PacFile, { ca, signal }: WayOptions): Promise<PacProxyAgent<string>> {
  const { PacProxyAgent: Agent } = await import('pac-proxy-agent');
  const context = secureContext(ca);
  const authorization = basicAuthorization(file);
  return new Agent<string>(file.url, {
    ...(signal && { signal }),
    // Node's shared one would hand on connections that were trusted by another `ca`.
    agent: false,
    ...(context && { secureContext: context }),
    // Whoever it redirects to is not meant to have them.
    ...(authorization && { headers: unprinted({ authorization }), maxRedirects: 0 }),
    sandbox: { alert: () => {} },
  });
}

/** Keeps headers out of what NODE_DEBUG=http prints. */
function unprinted(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.assign(headers, { [inspect.custom]: () => '{ ... }' });
}

const schemes: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks5h',
  SOCKS4: 'socks4a',
  SOCKS5: 'socks5h',
};

/** https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file */
function readAnswer(answer: string, file: PacFile): readonly Way[] {
  const entries = answer.split(';').map((entry) => entry.trim());
  const ways = entries.filter(Boolean).map((entry) => readEntry(entry, file));
  return ways.length > 0 ? ways : ['direct'];
}

function readEntry(entry: string, file: PacFile): Way {
  const [kind = '', address = ''] = entry.split(/\s+/);
  if (kind.toUpperCase() === 'DIRECT') return 'direct';
  const scheme = schemes[kind.toUpperCase()];
  if (!scheme || !URL.canParse(`${scheme}://${address}`)) {
    throw new ExchangeError('PROXY', `the PAC file ${file.name} gave an answer that can't be used: ${kind} ...`, {
      advice: [`a PAC file answers with DIRECT, ${Object.keys(schemes).join(', ')} and host:port`],
    });
  }
  const { username, password } = file;
  const proxy = parseProxy(`${scheme}://${address}`);
  return proxy.username ? proxy : { ...proxy, username, password };
}

function loadError({ name }: PacFile, cause: unknown): ExchangeError {
  const { message, code = '' } = cause as NodeJS.ErrnoException;
  const fault = certificateFault(cause as Error, code);
  return new ExchangeError('PROXY', `the PAC file ${name} could not be loaded: ${fault?.problem ?? message}`, {
    cause,
    transient: !fault,
    advice: fault?.advice ?? [`see whether the address in proxy is right`],
  });
}

function scriptError({ name }: PacFile, target: URL, cause: unknown): ExchangeError {
  const { message } = cause as Error;
  return new ExchangeError('PROXY', `the PAC file ${name} failed when asked for ${target.host}: ${message}`, {
    cause,
    advice: ['correct its FindProxyForURL function'],
  });
}
