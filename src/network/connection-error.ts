import { ExchangeError } from '../errors.js';
import { certificateFault } from './certificate-faults.js';

/** Where a connection goes. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Says what kept a connection from being made, or broke it, in one of this package's errors. */
export function connectionError(error: unknown, { host, port }: Endpoint): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause ? String(cause.code) : '';
  const fault = certificateFault(cause, code);
  const summary = `the connection to ${host}:${port} failed: ${fault?.problem || cause.message || code}`;
  if (fault) return new ExchangeError('NETWORK', summary, { cause, advice: fault.advice });
  return new ExchangeError('NETWORK', summary, {
    cause,
    transient: true,
    advice: connectionAdvice(code, { host, port }),
  });
}

/** What to do where no connection came about, by the code of the system's error. */
export function connectionAdvice(code: string, { host, port }: Endpoint): string[] {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return [
      `see whether this machine has network and DNS, or needs a proxy, and whether the host name ${host} is right`,
    ];
  }
  if (code === 'ECONNREFUSED') return [`see whether a server listens on ${host}:${port}`];
  return [];
}
