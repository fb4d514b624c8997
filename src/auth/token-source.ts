import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { MsalSession, type MsalSessionOptions } from './msal-session.js';
import { openPersonTokens } from './person-tokens.js';

/** Where a connection's access tokens come from. */
export interface TokenSource {
  /** Who signed in; for the app alone, whose mailbox it uses. */
  readonly username: string;
  /** The app itself signed in, no person. */
  readonly appOnly: boolean;
  /** A valid access token. `renew` says that the server refused the last one. */
  token(options?: { readonly renew?: boolean }): Promise<string>;
}

export interface TokenSourceOptions extends MsalSessionOptions {
  /** The folder below which tokens are kept. @default the working directory */
  readonly directory?: string;
}

/**
 * Signs a connection in without a person and keeps its tokens fresh.
 * @throws AUTH_REVOKED, AUTH_EXPIRED, AUTH_MISSING ...: each kind of failure has a code and a first word of its own
 */
export async function openTokenSource(options: TokenSourceOptions): Promise<TokenSource> {
  return options.auth.grant === 'client_credentials' ? await openAppTokens(options) : await openPersonTokens(options);
}

/** Milliseconds before a token expires, from when on MSAL fetches a new one. */
const renewalMargin = 300_000;

/** RFC 6749 section 4.4. The token is kept beside MSAL's cache, which takes half a millisecond to look into. */
async function openAppTokens(options: TokenSourceOptions): Promise<TokenSource> {
  const { connection, auth } = options;
  const session = new MsalSession<ConfidentialClientApplication>(options);
  let held: AuthenticationResult | undefined;
  const token: TokenSource['token'] = async ({ renew = false } = {}) => {
    if (!renew && held && isFresh(held)) return held.accessToken;
    const request = { scopes: [...auth.scopes], skipCache: renew };
    held = (await session.acquire((client) => client.acquireTokenByClientCredential(request))).result;
    return held.accessToken;
  };
  await token();
  return { username: connection.user ?? connection.mailbox ?? '', appOnly: true, token };
}

function isFresh({ expiresOn }: AuthenticationResult): boolean {
  return expiresOn !== null && expiresOn.getTime() - renewalMargin > Date.now();
}
