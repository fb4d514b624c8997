import type { ResolvedConnection, ResolvedOAuth2 } from '../../config/resolved.js';

/** What a sign-in was made for; tokens are good for nothing else. */
export interface Fingerprint {
  readonly tenantId: string;
  readonly clientId: string;
  readonly scopes: string;
  readonly cloud: string;
  /** Empty where the definition leaves it to who signs in. */
  readonly user: string;
}

/** Tokens, and what they were issued for. */
export interface Fingerprinted {
  readonly fingerprint: Fingerprint;
  /** Who signed in. */
  readonly account: string;
}

export function fingerprintOf(connection: ResolvedConnection, auth: ResolvedOAuth2): Fingerprint {
  const { tenantId, clientId, scopes } = auth;
  const user = connection.user?.toLowerCase() ?? '';
  return { tenantId, clientId, scopes: scopes.toSorted().join(' '), cloud: connection.cloud.name, user };
}

/** The fields in which a definition is no longer the one that the tokens were issued for. */
export function changedFields({ fingerprint, account }: Fingerprinted, expected: Fingerprint): string[] {
  const fields = Object.keys(expected) as (keyof Fingerprint)[];
  const isSamePerson = ['', account.toLowerCase()].includes(expected.user);
  return fields.filter((field) => fingerprint[field] !== expected[field] && !(field === 'user' && isSamePerson));
}
