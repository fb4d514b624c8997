import type { ResolvedConnection } from '../config/resolved.js';
import { ExchangeError } from '../errors.js';
import type { Finding } from './leg.js';
import { readToken, type TokenClaims } from '../auth/read-token.js';

/** The delegated permissions that a protocol needs, to read and to send. */
const permissions: Readonly<
  Record<ResolvedConnection['protocol'], { readonly reading: string; readonly sending?: string }>
> = {
  ews: { reading: 'EWS.AccessAsUser.All' },
  imap: { reading: 'IMAP.AccessAsUser.All', sending: 'SMTP.Send' },
  graph: { reading: 'Mail.ReadWrite', sending: 'Mail.Send' },
};

/**
 * Reads what the token allows.
 * @throws AUTH_SCOPE where it is a person's and lacks what the protocol needs. An app's roles prove nothing: Exchange
 * may have granted them itself (RBAC for Applications), and the token does not say so.
 */
export function checkToken(
  connection: ResolvedConnection,
  token: string | undefined,
  { sends }: { readonly sends: boolean },
): Finding<void> {
  if (token === undefined) return { skipped: true, detail: 'there is none: the password is sent', value: undefined };
  const claims = readToken(token);
  if (!claims) return { detail: 'opaque: only the server can read it', facts: { opaque: true }, value: undefined };
  const missing = missingScopes(connection, claims, sends);
  if (missing.length > 0) throw scopesMissing(connection, claims, missing);
  const { audience, scopes, roles, expiresAt } = claims;
  return {
    detail: describe(claims),
    facts: { opaque: false, audience, scopes, roles, expiresAt: expiresAt?.toISOString() ?? null },
    value: undefined,
  };
}

function missingScopes(connection: ResolvedConnection, { scopes }: TokenClaims, sends: boolean): string[] {
  if (scopes.length === 0) return [];
  const has = new Set(scopes.map((scope) => scope.toLowerCase()));
  return neededScopes(connection, sends).filter((scope) => !has.has(scope.toLowerCase()));
}

function neededScopes({ protocol, mailbox, user }: ResolvedConnection, sends: boolean): string[] {
  const { reading, sending } = permissions[protocol];
  const needed = [reading, ...(sends && sending ? [sending] : [])];
  const isShared = mailbox !== undefined && mailbox !== user;
  return protocol === 'graph' && isShared ? needed.map((scope) => `${scope}.Shared`) : needed;
}

function scopesMissing({ name, protocol }: ResolvedConnection, claims: TokenClaims, missing: string[]): ExchangeError {
  const summary =
    `Scope: the token of connection "${name}" lacks ${missing.join(' and ')}, which ${protocol} needs. ` +
    `It is for ${claims.audience}, with ${claims.scopes.join(' ')}.`;
  return new ExchangeError('AUTH_SCOPE', summary, {
    advice: [
      'correct auth.scopes, or leave it out to ask for what the protocol needs',
      'give the app registration the permission, consent to it, and authorise the connection again',
    ],
  });
}

function describe({ audience, scopes, roles, expiresAt }: TokenClaims): string {
  const allowed = scopes.length > 0 ? `scopes ${scopes.join(' ')}` : `roles ${roles.join(' ') || 'none'}`;
  const minutes = expiresAt && Math.round((expiresAt.getTime() - Date.now()) / 60_000);
  return [`for ${audience}`, allowed, ...(minutes === undefined ? [] : [`${minutes} minutes left`])].join(', ');
}
