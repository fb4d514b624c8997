import type { IncomingMessage } from 'node:http';
import { ExchangeError, type ExchangeErrorOptions } from '../../errors.js';
import type { Endpoint } from '../connection-error.js';
import { certificateFault } from '../certificate-faults.js';
import { nameOf, type Proxy } from './proxy.js';

/** No connection to the proxy itself, TLS with it included. */
export function unreachableProxyError(target: Endpoint, proxy: Proxy, cause: unknown): ExchangeError {
  if (cause instanceof ExchangeError) return cause;
  const { message, code = '' } = cause as NodeJS.ErrnoException;
  const fault = certificateFault(cause as Error, code);
  if (fault) {
    const advice = [...fault.advice, ...(isNotTls(code) ? ['a proxy without TLS is http://'] : [])];
    return proxyError(target, proxy, `TLS with the proxy failed: ${fault.problem}`, { cause, advice });
  }
  return proxyError(target, proxy, `the proxy can't be reached: ${message || code}`, {
    cause,
    transient: true,
    advice: [`see whether the proxy's address is right, and whether it runs`],
  });
}

/** A proxy that hung up, or said what its protocol does not know. */
export function brokenProxyError(target: Endpoint, proxy: Proxy, cause: unknown): ExchangeError {
  const { message } = cause as Error;
  return proxyError(target, proxy, `the proxy broke off, or is no ${kindOf(proxy)} proxy: ${message}`, {
    cause,
    transient: true,
    advice: [`see whether ${nameOf(proxy)} is the right address for a ${kindOf(proxy)} proxy`],
  });
}

/** An HTTP proxy's answer to CONNECT that opens no tunnel. */
export function refusedTunnelError(target: Endpoint, proxy: Proxy, answer: IncomingMessage): ExchangeError {
  const { statusCode: status = 0, statusMessage = '', headers } = answer;
  const own = headers['x-squid-error'] ?? headers['proxy-status'];
  const said = `the proxy answered ${status} ${statusMessage}${own ? ` (${String(own)})` : ''}`.trim();
  if (status === 407) return proxyError(target, proxy, said, { advice: passwordAdvice(proxy, answer) });
  if (status >= 500) return proxyError(target, proxy, said, { transient: true, advice: reachAdvice(target) });
  return proxyError(target, proxy, said, { advice: permitAdvice(target) });
}

/** RFC 1928 section 6; from 90 on SOCKS 4. */
const socksReplies: Readonly<Record<number, readonly [meaning: string, isRefusal: boolean]>> = {
  1: ['general failure', false],
  2: ['connection not allowed by its rules', true],
  3: ['network unreachable', false],
  4: ['host unreachable', false],
  5: ['connection refused', false],
  6: ['TTL expired', false],
  7: ['command not supported', true],
  8: ['address type not supported', true],
  91: ['request rejected or failed', false],
  92: ['no identd on this machine', true],
  93: ['another user, by identd', true],
};

export function socksReplyError(target: Endpoint, proxy: Proxy, reply = -1): ExchangeError {
  const [meaning, isRefusal] = socksReplies[reply] ?? ['an unknown reply', true];
  const advice = isRefusal ? permitAdvice(target) : reachAdvice(target);
  return proxyError(target, proxy, `the proxy answered ${reply}: ${meaning}`, { transient: !isRefusal, advice });
}

/** It wants a password and there is none, or it is not satisfied with the one there is. */
export function socksCredentialsError(target: Endpoint, proxy: Proxy): ExchangeError {
  return proxyError(target, proxy, `the proxy ${proxy.username ? 'refused' : 'wants'} a user and a password`, {
    advice: credentialsAdvice(proxy),
  });
}

export function longCredentialsError(): ExchangeError {
  return new ExchangeError('CONFIGURATION', `the SOCKS proxy's user or password is longer than 255 octets`);
}

/** A name that this machine was to look up for the proxy. */
export function lookupError(target: Endpoint, proxy: Proxy, cause: unknown): ExchangeError {
  const { scheme } = proxy;
  return proxyError(target, proxy, `this machine can't look up ${target.host}: ${(cause as Error).message}`, {
    cause,
    transient: true,
    advice: [`have the proxy look names up: ${scheme === 'socks4' ? 'socks4a' : 'socks5h'}:// instead of ${scheme}://`],
  });
}

/** The only way there is, or none of those that a PAC file names. */
export function waysError(target: Endpoint, failures: readonly ExchangeError[]): ExchangeError {
  const [only, ...others] = failures;
  if (only && others.length === 0) return only;
  const said = failures.map(({ message }) => `\n    ${message.split('\n')[0]}`);
  return new ExchangeError('PROXY', `all ways to ${target.host}:${target.port} failed:${said.join('')}`, {
    cause: new AggregateError(failures),
    transient: failures.some(({ transient }) => transient),
    advice: [...new Set(failures.flatMap(({ advice }) => advice))],
  });
}

function proxyError(target: Endpoint, proxy: Proxy, what: string, options: ExchangeErrorOptions): ExchangeError {
  const way = `${target.host}:${target.port} through the proxy ${nameOf(proxy)}`;
  return new ExchangeError('PROXY', `the connection to ${way} failed: ${what}`, options);
}

function passwordAdvice(proxy: Proxy, { headers }: IncomingMessage): string[] {
  const offered = headers['proxy-authenticate'] ?? 'Basic';
  if (/\bbasic\b/i.test(offered)) return credentialsAdvice(proxy);
  const [schemes] = [[...offered.matchAll(/\b(negotiate|kerberos|ntlm|digest|bearer)\b/gi)].map(([name]) => name)];
  return [
    `it takes ${schemes.join(', ') || 'something else'}, and this package speaks Basic only: run a forwarder on this machine that signs in to it, such as px or cntlm`,
  ];
}

function credentialsAdvice({ scheme, username }: Proxy): string[] {
  if (username) return [`see whether the proxy's user and password are right, and percent-encoded`];
  return [`put user and password into the proxy's URL, percent-encoded: ${scheme}://user:password@host:port`];
}

function reachAdvice({ host, port }: Endpoint): string[] {
  return [
    `see whether the host name ${host} is right, and whether the proxy can reach it on port ${port}`,
    `a host that is reached without the proxy belongs into NO_PROXY, or takes proxy: 'none'`,
  ];
}

function permitAdvice({ host, port }: Endpoint): string[] {
  return [`ask who runs the proxy to permit connections (CONNECT) to ${host}:${port}`];
}

function kindOf({ scheme }: Proxy): string {
  return scheme.startsWith('socks') ? 'SOCKS' : 'HTTP';
}

function isNotTls(code: string): boolean {
  return code === 'EPROTO' || code.startsWith('ERR_SSL_');
}
