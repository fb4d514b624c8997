import { createHash, randomBytes } from 'node:crypto';
import type { ResolvedOAuth2 } from '../../config/resolved.js';

/** An authorisation request's own secrets: RFC 7636 (PKCE), state (RFC 6749 section 10.12), nonce (OpenID Connect). */
export interface SignInRequest {
  readonly scopes: string[];
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly codeChallenge: string;
}

export function createSignInRequest(auth: ResolvedOAuth2): SignInRequest {
  const codeVerifier = random();
  return {
    scopes: [...auth.scopes],
    redirectUri: auth.redirectUrl ?? '',
    state: random(),
    nonce: random(),
    codeVerifier,
    codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
  };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
