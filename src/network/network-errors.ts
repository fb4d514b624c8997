import { ExchangeError } from '../errors.js';
import { certificateFault } from './certificate-faults.js';
import { connectionAdvice, type Endpoint } from './connection-error.js';
import type { Trail } from './dial.js';

/** What a request was on its way to. */
export interface Target {
  readonly method: string;
  readonly url: URL;
  /** How far its connection has come. */
  readonly trail: Trail;
}

/** Says what kept a request from its answer, in one of this package's errors. */
export function networkError(error: unknown, target: Target): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('HPE_')) return protocolError(cause, code, target);
  const fault = certificateFault(cause, code);
  const summary = `${describe(target)} failed: ${fault?.problem ?? cause.message}`;
  if (fault) return new ExchangeError('NETWORK', summary, { cause, advice: fault.advice });
  return new ExchangeError('NETWORK', summary, {
    cause,
    transient: true,
    advice: connectionAdvice(code, endpointOf(target)),
  });
}

export function deadlineError(target: Target, milliseconds: number): ExchangeError {
  const { proxy, step } = target.trail;
  const summary = `${describe(target)} got no answer within ${milliseconds / 1000} s`;
  return new ExchangeError('DEADLINE', step ? `${summary}: waiting for ${step}` : summary, {
    transient: true,
    advice: proxy ? ['see whether the proxy itself answers'] : [],
  });
}

/** `POST https://host:port/path`, without the query (it may hold a secret), and the proxy without its password. */
export function describe({ method, url, trail: { proxy } }: Target): string {
  return `${method} ${url.origin}${url.pathname}${proxy ? ` through the proxy ${proxy}` : ''}`;
}

/** What Node's parser does not take for HTTP. */
function protocolError(cause: Error, code: string, target: Target): ExchangeError {
  const problem = code === 'HPE_HEADER_OVERFLOW' ? 'the header of the answer is too long' : 'the answer is not HTTP';
  return new ExchangeError('PROTOCOL', `${describe(target)} failed: ${problem} (${code})`, {
    cause,
    advice: ['see whether host and port are right, and whether a proxy answers in place of the server'],
  });
}

function endpointOf({ url }: Target): Endpoint {
  return { host: url.hostname, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) };
}
