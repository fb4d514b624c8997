import { AadstsError } from '../failures/aadsts-error.js';
import type { IdentityRequest } from '../identity-request.js';
import { idToken } from './id-token.js';
import type { IssuedTokens, RefreshGrant } from './issued-tokens.js';
import { issuerOf } from '../discovery.js';
import { graphUrl, parseScopes, scopeOf, type RequestedScopes } from './scopes.js';
import { guidOf } from '../tenant-id.js';

/** What the token endpoint answers a success with. */
export interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}

export interface UserGrant {
  readonly grant: RefreshGrant;
  /** What is given where the request asks for no scope. */
  readonly scope: string;
  readonly nonce?: string | undefined;
}

/** The tokens of a user who has signed in. @throws AadstsError 70011, 500011, 700022, 65001 */
export function userTokens(tokens: IssuedTokens, request: IdentityRequest, given: UserGrant): TokenAnswer {
  const { grant } = given;
  const { requested, resource } = requestedScopes(request, given);
  const permissions = requested.permissions.filter((permission) => permission.resource === resource);
  const access = {
    tenant: grant.tenant,
    clientId: grant.clientId,
    user: grant.user,
    scopes: permissions.map(({ name }) => name),
    roles: [],
    mfa: grant.mfa ?? false,
    audience: resource,
    issuer: issuerOf(request.origin, grant.tenant),
  };
  return {
    token_type: 'Bearer',
    scope: grantedScope(requested, resource),
    expires_in: tokens.accessTokenLifetime,
    ext_expires_in: tokens.accessTokenLifetime,
    access_token: tokens.issueAccessToken(access),
    ...(grant.scopes.includes('offline_access') && { refresh_token: tokens.issueRefreshToken(grant) }),
    ...(requested.openId.includes('openid') && { id_token: idToken(tokens, request, given) }),
    ...(request.form.get('client_info') === '1' && { client_info: clientInfo(grant) }),
  };
}

/** One access token is for one resource: without a `scope` parameter, the first that was consented to. */
function requestedScopes(
  request: IdentityRequest,
  { grant, scope }: UserGrant,
): { requested: RequestedScopes; resource: string } {
  const asked = request.form.get('scope');
  const requested = parseScopes(asked ?? scope);
  const resources = new Set(requested.permissions.map(({ resource }) => resource));
  if (asked && resources.size > 1) throw new AadstsError(700022);
  const consented = new Set(parseScopes(grant.scopes.join(' ')).permissions.map(scopeOf));
  if (!requested.permissions.every((permission) => consented.has(scopeOf(permission)))) throw new AadstsError(65001);
  const [resource = graphUrl] = resources;
  return { requested, resource };
}

/** In full and as it was asked for: clients look their own words up in it. */
function grantedScope({ asked, permissions }: RequestedScopes, resource: string): string {
  const full = permissions.filter((permission) => permission.resource === resource).map(scopeOf);
  const own = asked.filter(
    (scope) => scope !== 'offline_access' && (!scope.includes('/') || scope.startsWith(resource)),
  );
  return [...new Set([...own, ...full])].join(' ');
}

/** Microsoft's own name for the account: who, in which tenant. */
function clientInfo({ user, tenant }: RefreshGrant): string {
  return Buffer.from(JSON.stringify({ uid: guidOf(user), utid: tenant })).toString('base64url');
}
