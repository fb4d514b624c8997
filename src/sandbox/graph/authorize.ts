import { tokenIn } from '../server/bearer-token.js';
import type { AccessGrant, Tokens } from '../identity/tokens/tokens.js';
import { graphUrl } from '../identity/tokens/scopes.js';
import { GraphError } from './graph-error.js';
import type { GraphRequest } from './graph-request.js';

/** Microsoft's own application ID of Graph, which is as good an audience as its address. */
const graphApplication = '00000003-0000-0000-c000-000000000000';

/** Checks `Authorization` (RFC 6750). @throws GraphError InvalidAuthenticationToken */
export function authenticate(request: GraphRequest, tokens: Tokens): AccessGrant {
  const token = tokenIn(request.headers['authorization']);
  if (token === undefined) throw invalidToken('Access token is empty.');
  const grant = tokens.verify(token);
  if (!grant) throw invalidToken(reason(token));
  const audience = grant.audience.replace(/\/$/, '');
  if (audience !== graphUrl && audience !== graphApplication) {
    throw invalidToken('Access token validation failure. Invalid audience.');
  }
  return grant;
}

/** What is answered where no good token came along. `parameters` are what the challenge has beside what it has always. */
export function invalidToken(message: string, parameters?: string): GraphError {
  const bearer = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${graphApplication}"`;
  const challenge = [bearer, parameters].filter(Boolean).join(', ');
  return new GraphError(401, 'InvalidAuthenticationToken', { message, headers: { 'WWW-Authenticate': challenge } });
}

/**
 * Whether a token has one of the permissions: a delegated one for somebody else's mailbox has to be a `.Shared` one.
 * https://learn.microsoft.com/graph/permissions-reference
 */
export function isAllowed(
  { user, roles, scopes }: AccessGrant,
  permissions: readonly string[],
  { isOwn }: { readonly isOwn: boolean },
): boolean {
  const granted = new Set([...roles, ...scopes].map((name) => name.replace(/^https?:\/\/[^/]+\//, '')));
  const isEnough = (name: string) => granted.has(name) && (isOwn || user === undefined || name.endsWith('.All'));
  return permissions.some((name) => isEnough(name) || granted.has(`${name}.Shared`));
}

function reason(token: string): string {
  return token.includes('.')
    ? 'Lifetime validation failed, the token is expired.'
    : 'IDX14100: JWT is not well formed, there are no dots (.).';
}
