import type { ConfidentialClientApplication } from '@azure/msal-node';
import { FreshToken } from './fresh-token.js';
import { MsalSession } from './msal/session.js';
import { openPersonTokens } from './person-tokens.js';
import { accessTokenOf } from './received-tokens.js';
import type { TokenSource, TokenSourceOptions } from './token-source.js';

/**
 * Signs a connection in without a person and keeps its tokens fresh.
 * @throws AUTH_REVOKED, AUTH_EXPIRED, AUTH_MISSING ...: each kind of failure has a code and a first word of its own
 */
export async function openTokenSource(options: TokenSourceOptions): Promise<TokenSource> {
  return options.auth.grant === 'client_credentials' ? await openAppTokens(options) : await openPersonTokens(options);
}

/** RFC 6749 section 4.4. */
async function openAppTokens(options: TokenSourceOptions): Promise<TokenSource> {
  const { connection, auth } = options;
  const session = new MsalSession<ConfidentialClientApplication>(options);
  const request = { scopes: [...auth.scopes], skipCache: true };
  const fresh = new FreshToken(async (_, claims) => {
    const wanted = { ...request, ...(claims !== undefined && { claims }) };
    const { result } = await session.acquire((client) => client.acquireTokenByClientCredential(wanted));
    return accessTokenOf(result);
  });
  await fresh.token();
  return {
    username: connection.user ?? connection.mailbox ?? '',
    appOnly: true,
    token: (wanted) => fresh.token(wanted),
  };
}
