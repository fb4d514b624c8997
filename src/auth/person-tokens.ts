import { isTransient } from '../errors.js';
import { checkAccount } from './check-account.js';
import type { ExportedToken } from './store/exported-token.js';
import { fingerprintOf } from './store/fingerprint.js';
import { FreshToken, livesFor } from './fresh-token.js';
import { MsalSession } from './msal/session.js';
import { openTokenStore } from './store/open-token-store.js';
import { receivedTokens, type ReceivedTokens } from './received-tokens.js';
import { selectSignIn } from './select-sign-in.js';
import type { StoredTokens } from './store/stored-tokens.js';
import type { TokenSource, TokenSourceOptions } from './token-source.js';
import type { TokenStore, WriteTokens } from './store/token-store.js';

/** RFC 6749 section 6. All processes share what the store holds: of those that need a token at once, one asks for it. */
export async function openPersonTokens(options: TokenSourceOptions): Promise<TokenSource> {
  const store = openTokenStore(options);
  const session = new MsalSession(options);
  const signIn = await signInOf(options, store);
  let { account } = signIn;
  const fresh = new FreshToken(async (refused, claims) => {
    const tokens = await store.locked((write) => freshTokens({ options, store, session, write, claims }, refused));
    ({ account } = tokens);
    return tokens.access;
  }, accessOf(signIn));
  await fresh.token();
  return {
    username: options.connection.user ?? account,
    appOnly: false,
    token: (wanted) => fresh.token(wanted),
  };
}

interface Parts {
  readonly options: TokenSourceOptions;
  readonly store: TokenStore;
  readonly session: MsalSession;
  readonly write: WriteTokens;
  /** What the server wants of the token. */
  readonly claims: string | undefined;
}

/** What another process has just stored, or else new tokens. */
async function freshTokens(
  { options, store, session, write, claims }: Parts,
  refused: string | undefined,
): Promise<ReceivedTokens> {
  const { connection, auth } = options;
  const signIn = await signInOf(options, store);
  const access = accessOf(signIn);
  if ('signedInAt' in signIn && access && livesFor(access) && access.token !== refused) return { ...signIn, access };
  const { refreshToken } = signIn;
  const request = { refreshToken, scopes: [...auth.scopes], forceCache: true, ...(claims !== undefined && { claims }) };
  const issued = await session
    .acquire((client) => client.acquireTokenByRefreshToken(request))
    .catch(async (error: unknown) => {
      // Who opens the connection next, to authorise it again first of all, is to meet the failure, not the old token.
      if ('signedInAt' in signIn && !isTransient(error)) await write({ ...signIn, access: undefined });
      throw error;
    });
  const tokens = receivedTokens(issued, { ...signIn, fingerprint: fingerprintOf(connection, auth) });
  checkAccount(connection, tokens.account);
  await write(tokens);
  return tokens;
}

async function signInOf(options: TokenSourceOptions, store: TokenStore): Promise<StoredTokens | ExportedToken> {
  const { connection, auth, environment } = options;
  const expected = fingerprintOf(connection, auth);
  return selectSignIn({ connection: connection.name, expected, stored: await store.read(), environment });
}

function accessOf(signIn: StoredTokens | ExportedToken): StoredTokens['access'] {
  return 'access' in signIn ? signIn.access : undefined;
}
