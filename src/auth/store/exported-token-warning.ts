import type { Environment } from '../../config/environment.js';
import { readExportedToken } from './exported-token.js';
import { expiryWarning, signInStatus } from './sign-in-status.js';

/**
 * What a run says of the exported token that it is given, where that ends soon: it is never written back, however
 * often it is used. One that has ended says so by itself.
 * @throws CONFIGURATION where the variable holds something else
 */
export function exportedTokenWarning(connection: string, environment: Environment): string | undefined {
  const token = readExportedToken(connection, environment);
  const status = token && signInStatus(connection, token);
  return status && status.daysLeft >= 0 ? expiryWarning(status) : undefined;
}
