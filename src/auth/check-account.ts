import type { ResolvedConnection } from '../config/resolved.js';
import { ExchangeError } from '../errors.js';
import { authoriseAgain } from './sign-in-again.js';

/** @throws AUTH_USER_MISMATCH where somebody else signed in than the connection is for */
export function checkAccount(connection: ResolvedConnection, account: string): void {
  if (!connection.user || !account || account.toLowerCase() === connection.user.toLowerCase()) return;
  const summary = `User mismatch: connection "${connection.name}" is for ${connection.user}, but ${account} signed in.`;
  throw new ExchangeError('AUTH_USER_MISMATCH', summary, {
    advice: [`Sign in as ${connection.user}, or set user to ${account}.`, ...authoriseAgain(connection.name, {})],
  });
}
