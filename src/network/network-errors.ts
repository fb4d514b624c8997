import { ExchangeError } from '../errors.js';
import { certificateFault } from './certificate-faults.js';

/** What a request was on its way to. */
export interface Target {
  readonly method: string;
  readonly url: URL;
  /** The proxy on the way, with its credentials. */
  readonly proxy: string | undefined;
}

/** Says what kept a request from its answer, in one of this package's errors. */
export function networkError(error: unknown, target: Target): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('HPE_')) return protocolError(cause, code, target);
  const fault = certificateFault(cause, code);
  const summary = `${describe(target)} failed: ${withoutCredentials(fault?.problem ?? cause.message, target)}`;
  if (fault) return new ExchangeError('NETWORK', summary, { cause, advice: fault.advice });
  if (target.proxy && isProxyFault(cause, target.proxy)) return proxyError(target, summary, cause);
  return new ExchangeError('NETWORK', summary, { cause, transient: true, advice: adviceFor(code, target) });
}

/** A proxy that wants to know who is asking, or knows and refuses. */
export function proxyRefusal(target: Target, status: number): ExchangeError {
  return new ExchangeError('PROXY', `${describe(target)} failed: the proxy answered ${status}`, {
    advice:
      status === 407
        ? ['put user and password into the proxy URL, percent-encoded: http://user:password@host:port']
        : [],
    transient: status >= 500,
  });
}

export function deadlineError(target: Target, milliseconds: number): ExchangeError {
  return new ExchangeError('DEADLINE', `${describe(target)} got no answer within ${milliseconds / 1000} s`, {
    transient: true,
    advice: target.proxy ? ['see whether the proxy itself answers'] : [],
  });
}

/** `POST https://host:port/path`, without the query (it may hold a secret), and the proxy without its password. */
export function describe({ method, url, proxy }: Target): string {
  return `${method} ${url.origin}${url.pathname}${proxy ? ` through the proxy ${publicProxy(proxy)}` : ''}`;
}

/** A proxy's URL without its user and password. */
export function publicProxy(proxy: string): string {
  if (!URL.canParse(proxy)) return '(not a URL)';
  const url = new URL(proxy);
  return `${url.protocol}//${url.host}`;
}

function withoutCredentials(text: string, { proxy }: Target): string {
  return proxy ? text.replaceAll(proxy, publicProxy(proxy)) : text;
}

function proxyError(target: Target, summary: string, cause: Error): ExchangeError {
  return new ExchangeError('PROXY', summary, {
    cause,
    transient: true,
    advice: [`see whether ${publicProxy(target.proxy ?? '')} is right and can be reached; 'none' goes without a proxy`],
  });
}

/** Node names the address it could not connect to; the rest are the proxy libraries' own errors. */
function isProxyFault(error: Error, proxy: string): boolean {
  if (!URL.canParse(proxy)) return true;
  const { hostname, port } = new URL(proxy);
  if ('hostname' in error) return error.hostname === hostname;
  if ('port' in error && 'syscall' in error) return String(error.port) === port;
  return /proxy|socks/i.test(error.message);
}

/** What Node's parser does not take for HTTP. */
function protocolError(cause: Error, code: string, target: Target): ExchangeError {
  const problem = code === 'HPE_HEADER_OVERFLOW' ? 'the header of the answer is too long' : 'the answer is not HTTP';
  return new ExchangeError('PROTOCOL', `${describe(target)} failed: ${problem} (${code})`, {
    cause,
    advice: ['see whether host and port are right, and whether a proxy answers in place of the server'],
  });
}

function adviceFor(code: string, { url }: Target): string[] {
  if (code === 'ENOTFOUND') return [`see whether the host name ${url.hostname} is right`];
  if (code === 'ECONNREFUSED') return [`see whether a server listens on ${url.host}`];
  return [];
}
