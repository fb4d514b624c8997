import { selectSignIn } from './select-sign-in.js';
import { MsalSession } from './msal-session.js';
import { fingerprintOf } from './fingerprint.js';
import { checkAccount } from './check-account.js';
import { receivedTokens, type ReceivedTokens } from './received-tokens.js';
import type { AccessToken } from './stored-tokens.js';
import type { TokenSource, TokenSourceOptions } from './token-source.js';
import { openTokenStore } from './open-token-store.js';
import type { TokenStore } from './token-store.js';

/** Milliseconds that an access token has to live still, to be handed out. */
const margin = 300_000;

/** RFC 6749 section 6. All processes share what the store holds: of those that need a token at once, one asks for it. */
export async function openPersonTokens(options: TokenSourceOptions): Promise<TokenSource> {
  const store = openTokenStore(options);
  const session = new MsalSession(options);
  const renewFrom = (refused: string | undefined): Promise<ReceivedTokens> =>
    store.locked(() => freshTokens({ options, store, session }, refused));
  let held = await renewFrom(undefined);
  return {
    username: options.connection.user ?? held.account,
    appOnly: false,
    token: async ({ renew = false } = {}) => {
      if (renew || !isGood(held.access)) held = await renewFrom(renew ? held.access.token : undefined);
      return held.access.token;
    },
  };
}

interface Parts {
  readonly options: TokenSourceOptions;
  readonly store: TokenStore;
  readonly session: MsalSession;
}

/** What another process has just stored, or else new tokens. */
async function freshTokens({ options, store, session }: Parts, refused: string | undefined): Promise<ReceivedTokens> {
  const { connection, auth, environment } = options;
  const expected = fingerprintOf(connection, auth);
  const signIn = selectSignIn({
    connection: connection.name,
    expected,
    stored: await store.read(),
    environment,
  });
  const access = 'access' in signIn ? signIn.access : undefined;
  if ('signedInAt' in signIn && access && isGood(access) && access.token !== refused) return { ...signIn, access };
  const request = { refreshToken: signIn.refreshToken, scopes: [...auth.scopes], forceCache: true };
  const issued = await session.acquire((client) => client.acquireTokenByRefreshToken(request));
  const tokens = receivedTokens(issued, { ...signIn, fingerprint: expected });
  checkAccount(connection, tokens.account);
  await store.write(tokens);
  return tokens;
}

function isGood({ expiresAt }: AccessToken): boolean {
  return Date.parse(expiresAt) - Date.now() > margin;
}
