import type { IncomingMessage } from 'node:http';
import type { AccessGrant, Tokens } from '../identity/tokens/tokens.js';

/** Who makes a request. */
export interface Caller {
  /** The user's address; nobody where an app signed in by itself. */
  readonly user: string | undefined;
}

/** Why a caller is not let in, as `x-ms-diagnostics` says it. */
export interface Refusal {
  readonly refused: string;
}

/** Checks `Authorization`: Bearer (RFC 6750) or Basic (RFC 7617). */
export function authenticate(request: IncomingMessage, tokens: Tokens, password: string): Caller | Refusal {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(\S+)\s*$/.exec(request.headers.authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'basic') return basic(credentials, password);
  if (scheme.toLowerCase() !== 'bearer')
    return { refused: '2000001;reason="No credentials were given.";error_category="invalid_request"' };
  const grant = tokens.verify(credentials);
  if (!grant)
    return { refused: '2000001;reason="The token is not valid or has expired.";error_category="invalid_token"' };
  if (isAllowed(grant)) return { user: grant.user };
  const reason = 'The token contains no permissions, or permissions can not be understood.';
  return { refused: `2000008;reason="${reason}";error_category="invalid_grant"` };
}

function basic(credentials: string, password: string): Caller | Refusal {
  const text = Buffer.from(credentials, 'base64').toString();
  const colon = text.indexOf(':');
  const user = text.slice(0, colon).toLowerCase();
  const isKnown = user.includes('@') && text.slice(colon + 1) === password;
  return isKnown ? { user } : { refused: '2000001;reason="The user name or password is incorrect."' };
}

function isAllowed({ user, scopes, roles }: AccessGrant): boolean {
  return user === undefined ? roles.includes('full_access_as_app') : scopes.some(isEwsScope);
}

/** A scope stands with or without the resource it is of. */
function isEwsScope(scope: string): boolean {
  return /(?:^|\/)EWS\.AccessAsUser\.All$/i.test(scope);
}
