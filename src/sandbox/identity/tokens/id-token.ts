import { issuerOf } from '../discovery.js';
import { guidOf } from '../tenant-id.js';
import type { IssuedTokens, RefreshGrant } from './issued-tokens.js';

/** Says who signed in (OpenID Connect Core section 2). */
export function idToken(
  tokens: IssuedTokens,
  origin: string,
  { grant, nonce }: { readonly grant: RefreshGrant; readonly nonce?: string | undefined },
): string {
  const { clientId, user, tenant, scopes, authenticatedAt } = grant;
  const issuedAt = tokens.seconds();
  return tokens.key.sign({
    ver: '2.0',
    iss: issuerOf(origin, tenant),
    sub: subjectOf(clientId, user),
    aud: clientId,
    exp: issuedAt + 3600,
    iat: issuedAt,
    nbf: issuedAt,
    name: nameOf(user),
    preferred_username: user,
    ...(scopes.includes('email') && { email: user }),
    oid: guidOf(user),
    tid: tenant,
    ...(nonce && { nonce }),
    ...(authenticatedAt !== undefined && { auth_time: Math.floor(authenticatedAt / 1000) }),
  });
}

/** A user as one app knows them; each app has another name for the same user. */
export function subjectOf(clientId: string, user: string): string {
  return guidOf(`${clientId} ${user}`);
}

export function nameOf(user: string): string {
  return user.replace(/@.*/, '');
}
