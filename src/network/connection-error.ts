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
  return new ExchangeError('NETWORK', summary, { cause, transient: true, advice: adviceFor(code, host, port) });
}

function adviceFor(code: string, host: string, port: number): string[] {
  if (code === 'ENOTFOUND') return [`see whether the host name ${host} is right`];
  if (code === 'ECONNREFUSED') return [`see whether a server listens on ${host}:${port}`];
  return [];
}
