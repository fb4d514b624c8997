import { ExchangeError } from '../../errors.js';
import type { Credentials, Renewal } from '../credentials.js';
import type { CallOptions } from '../transport.js';

/** The `Authorization` header: Bearer (RFC 6750) or Basic (RFC 7617). */
export async function authorization(credentials: Credentials, options: CallOptions & Renewal = {}): Promise<string> {
  if (credentials.type === 'bearer') return `Bearer ${await credentials.token(options)}`;
  const { username, password } = credentials;
  if (username.includes(':'))
    throw new ExchangeError('CONFIGURATION', 'a user name for Basic authentication has no colon');
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
