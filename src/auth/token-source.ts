import type { AccountInfo, AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import type { Environment } from '../config/environment.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../config/resolved.js';
import { ExchangeError, isTransient } from '../errors.js';
import type { HttpClient } from '../network/http.js';
import { readExportedToken } from './exported-token.js';
import { createMsalClient } from './msal-client.js';
import { MsalNetwork } from './msal-network.js';
import { authenticationError } from './token-failure.js';

/** Where a connection's access tokens come from. */
export interface TokenSource {
  /** Who signed in; for the app alone, whose mailbox it uses. */
  readonly username: string;
  /** The app itself signed in, no person. */
  readonly appOnly: boolean;
  /** A valid access token. `renew` says that the server refused the last one. */
  token(options?: { readonly renew?: boolean }): Promise<string>;
}

export interface TokenSourceOptions {
  readonly connection: ResolvedConnection;
  readonly auth: ResolvedOAuth2;
  readonly environment: Environment;
  readonly http: HttpClient;
}

/**
 * Signs a connection in without a person and keeps its tokens fresh.
 * @throws AUTH_REVOKED, AUTH_EXPIRED, AUTH_MISSING ...: each kind of failure has a code and a first word of its own
 */
export async function openTokenSource(options: TokenSourceOptions): Promise<TokenSource> {
  const { connection, auth } = options;
  const acquire = auth.grant === 'client_credentials' ? withClientCredentials(auth) : withRefreshToken(options);
  const session = new Session(options, acquire);
  const { account } = await session.acquire(false);
  const username = connection.user ?? account?.username ?? connection.mailbox ?? '';
  return {
    username,
    appOnly: auth.grant === 'client_credentials',
    token: async ({ renew = false } = {}) => (await session.acquire(renew)).accessToken,
  };
}

type Acquire = (client: ConfidentialClientApplication, renew: boolean) => Promise<AuthenticationResult | null>;

/** RFC 6749 section 4.4. */
function withClientCredentials(auth: ResolvedOAuth2): Acquire {
  return (client, renew) => client.acquireTokenByClientCredential({ scopes: [...auth.scopes], skipCache: renew });
}

/**
 * RFC 6749 section 6; once redeemed, MSAL's cache keeps the newest refresh token. It drops one that was refused:
 * the first one is tried again then, and Microsoft says once more what is wrong.
 */
function withRefreshToken({ connection, auth, environment }: TokenSourceOptions): Acquire {
  const { refreshToken } = readExportedToken(connection, auth, environment);
  const scopes = [...auth.scopes];
  return async (client, renew) => {
    const [account] = await client.getTokenCache().getAllAccounts();
    const silent = account && client.acquireTokenSilent({ account, scopes, forceRefresh: renew });
    const cached = await silent?.catch(ifNoTokensAreLeft);
    if (cached) return cached;
    const result = await client.acquireTokenByRefreshToken({ refreshToken, scopes, forceCache: true });
    checkAccount(connection, result?.account ?? undefined);
    return result;
  };
}

function ifNoTokensAreLeft(error: unknown): undefined {
  if (error instanceof Error && 'errorCode' in error && error.errorCode === 'no_tokens_found') return undefined;
  throw error;
}

/** One sign-in: MSAL's client, and what its failures mean. */
class Session {
  readonly #options: TokenSourceOptions;
  readonly #acquire: Acquire;
  readonly #network: MsalNetwork;
  #client: Promise<ConfidentialClientApplication> | undefined;

  constructor(options: TokenSourceOptions, acquire: Acquire) {
    this.#options = options;
    this.#acquire = acquire;
    this.#network = new MsalNetwork(options.http);
  }

  async acquire(renew: boolean): Promise<AuthenticationResult> {
    const { connection, auth } = this.#options;
    this.#client ??= createMsalClient(auth, connection.cloud, this.#network);
    try {
      const result = await this.#acquire(await this.#client, renew);
      if (!result?.accessToken) throw new Error('no access token');
      return result;
    } catch (error) {
      const meaning = this.#explain(error);
      // A client that saw a 5xx answers by itself for a minute, without asking again.
      if (isTransient(meaning)) this.#client = undefined;
      throw meaning;
    }
  }

  #explain(error: unknown): unknown {
    if (error instanceof ExchangeError) return error;
    const { connection } = this.#options;
    const { failure } = this.#network;
    if (failure && 'error' in failure) return failure.error;
    if (failure) return authenticationError(connection.name, connection.user ?? '', failure.answer);
    const said = error instanceof Error ? error.message : String(error);
    return new ExchangeError('AUTH_REFUSED', `Connection "${connection.name}" gets no access token: ${said}`, {
      cause: error,
    });
  }
}

function checkAccount(connection: ResolvedConnection, account: AccountInfo | undefined): void {
  if (!connection.user || !account || account.username.toLowerCase() === connection.user.toLowerCase()) return;
  const summary = `User mismatch: connection "${connection.name}" is for ${connection.user}, but ${account.username} signed in.`;
  throw new ExchangeError('AUTH_USER_MISMATCH', summary, {
    advice: [`Sign in as ${connection.user}, or set user to ${account.username}.`],
  });
}
