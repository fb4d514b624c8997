import { Limit } from '../../async/limit.js';
import { ExchangeError } from '../../errors.js';
import { certificateFault } from '../certificate-faults.js';
import { loadPac } from './load-pac.js';
import { runPac } from './run-pac.js';
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
  return readAnswer(await run(file, await load(file, options), { target, ...options }), file);
}

async function load(file: PacFile, { ca, signal }: WayOptions): Promise<string> {
  try {
    return await loadPac({ url: file.url, authorization: basicAuthorization(file), ca, signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw loadError(file, cause);
  }
}

/** Milliseconds that a script may take at most, its look-ups of names included. */
const patience = 10_000;

type Question = WayOptions & { readonly target: URL };

async function run(file: PacFile, script: string, { target, signal, timeout = 30_000 }: Question): Promise<string> {
  // Its failure is to be told, and not that of the connection that waits for it.
  const time = Math.min(patience, timeout / 2);
  using limit = new Limit({
    signal,
    timeout: time,
    error: () => new Error(`it gave no answer within ${time / 1000} s`),
  });
  try {
    return await runPac(script, target, limit.signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw scriptError(file, target, cause, limit.signal.aborted);
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

/** In characters: some hundred proxies. */
const maxAnswer = 10_000;

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
  if (answer.length > maxAnswer) throw badAnswer(file, `${answer.length} characters`);
  const entries = answer.split(';').map((entry) => entry.trim());
  const ways = entries.filter(Boolean).map((entry) => readEntry(entry, file));
  return ways.length > 0 ? ways : ['direct'];
}

function readEntry(entry: string, file: PacFile): Way {
  const [kind = '', address = ''] = entry.split(/\s+/);
  if (kind.toUpperCase() === 'DIRECT') return 'direct';
  const scheme = schemes[kind.toUpperCase()];
  if (!scheme || !URL.canParse(`${scheme}://${address}`)) {
    throw badAnswer(file, `${kind.slice(0, 20)} ...`);
  }
  const { username, password } = file;
  const proxy = parseProxy(`${scheme}://${address}`);
  return proxy.username ? proxy : { ...proxy, username, password };
}

function badAnswer({ name }: PacFile, answer: string): ExchangeError {
  return new ExchangeError('PROXY', `the PAC file ${name} gave an answer that can't be used: ${answer}`, {
    advice: [`a PAC file answers with DIRECT, ${Object.keys(schemes).join(', ')} and host:port`],
  });
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

function scriptError({ name }: PacFile, target: URL, cause: unknown, isSlow: boolean): ExchangeError {
  const { message } = cause as Error;
  return new ExchangeError('PROXY', `the PAC file ${name} failed when asked for ${target.host}: ${message}`, {
    cause,
    transient: isSlow,
    advice: ['correct its FindProxyForURL function'],
  });
}
