import { ExchangeError, type ExchangeErrorOptions } from '../../errors.js';

/** The app can't prove who it is: the federated token that it would show can't be had. */
export function assertionError(connection: string, problem: string, options: ExchangeErrorOptions = {}): ExchangeError {
  const summary = `Client assertion: connection "${connection}" gets no federated token: ${problem}.`;
  return new ExchangeError('AUTH_CLIENT_SECRET', summary, options);
}
