import type { AuthenticationResult } from '@azure/msal-node';
import type { Fingerprint } from './store/fingerprint.js';
import type { Issued } from './msal/session.js';
import type { AccessToken, StoredTokens } from './store/stored-tokens.js';

/** Tokens that can be used at once. */
export interface ReceivedTokens extends StoredTokens {
  readonly access: AccessToken;
}

/** What is known before tokens are issued: nothing but the fingerprint where a person has just signed in. */
export interface Before {
  readonly fingerprint: Fingerprint;
  readonly account?: string;
  readonly signedInAt?: string;
  readonly refreshToken?: string;
  readonly issuedAt?: string;
}

/** The tokens to keep, now that Microsoft issued some; an answer without a refresh token leaves the old one. */
export function receivedTokens({ result, refreshToken }: Issued, before: Before): ReceivedTokens {
  const now = new Date().toISOString();
  const issuedAt = (refreshToken === undefined && before.issuedAt) || now;
  return {
    fingerprint: before.fingerprint,
    account: result.account?.username ?? before.account ?? '',
    signedInAt: before.signedInAt ?? before.issuedAt ?? now,
    refreshToken: refreshToken ?? before.refreshToken ?? '',
    issuedAt,
    access: accessTokenOf(result),
  };
}

/** One whose end is not told is good for this once. */
export function accessTokenOf({ accessToken, expiresOn }: AuthenticationResult): AccessToken {
  const isDate = expiresOn !== null && !Number.isNaN(expiresOn.getTime());
  return { token: accessToken, expiresAt: (isDate ? expiresOn : new Date()).toISOString() };
}
