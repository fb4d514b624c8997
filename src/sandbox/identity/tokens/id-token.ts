import { issuerOf, issuerOfVersion1 } from '../discovery.js';
import type { IdentityRequest } from '../identity-request.js';
import { guidOf } from '../tenant-id.js';
import type { IssuedTokens, RefreshGrant } from './issued-tokens.js';

/** Says who signed in (OpenID Connect Core section 2). */
export function idToken(
  tokens: IssuedTokens,
  { origin, version }: IdentityRequest,
  { grant, nonce }: { readonly grant: RefreshGrant; readonly nonce?: string | undefined },
): string {
  const { clientId, user, tenant, scopes, authenticatedAt } = grant;
  const issuedAt = tokens.seconds();
  return tokens.key.sign({
    ver: version,
    iss: version === '1.0' ? issuerOfVersion1(origin, tenant) : issuerOf(origin, tenant),
    sub: subjectOf(clientId, user),
    aud: clientId,
    exp: issuedAt + 3600,
    iat: issuedAt,
    nbf: issuedAt,
    name: nameOf(user),
    ...(version === '1.0' ? { upn: user, unique_name: user } : { preferred_username: user }),
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
