/** What an access token says of itself: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export interface TokenClaims {
  /** The service that it is for. */
  readonly audience: string;
  /** Delegated permissions. */
  readonly scopes: readonly string[];
  /** Application permissions. */
  readonly roles: readonly string[];
  readonly expiresAt: Date | undefined;
}

/** Reads a token's claims (RFC 7519 section 3); nothing where it is opaque. */
export function readToken(token: string): TokenClaims | undefined {
  const claims = claimsOf(token);
  if (!claims) return undefined;
  const { aud, scp, roles, exp } = claims;
  return {
    audience: [aud].flat().filter(isText).join(' '),
    scopes: isText(scp) ? scp.split(' ').filter(Boolean) : [],
    roles: [roles].flat().filter(isText),
    expiresAt: typeof exp === 'number' && Math.abs(exp) < lastSecond ? new Date(exp * 1000) : undefined,
  };
}

/** Of what a Date can hold. */
const lastSecond = 8.64e12;

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.split('.');
  if (!payload || signature === undefined) return undefined;
  try {
    return Object(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
