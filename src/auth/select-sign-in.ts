import type { Environment } from '../config/environment.js';
import { ExchangeError } from '../errors.js';
import { describeScopes } from './consent.js';
import { readExportedToken, type ExportedToken } from './store/exported-token.js';
import { changedFields, type Fingerprint } from './store/fingerprint.js';
import { authoriseAgain, carryOver } from './sign-in-again.js';
import type { StoredTokens } from './store/stored-tokens.js';

export interface SignIns {
  readonly connection: string;
  readonly expected: Fingerprint;
  readonly stored: StoredTokens | undefined;
  readonly environment: Environment;
}

/**
 * The sign-in to use: of the store and the variable, the one that was issued later and fits the definition.
 * @throws AUTH_MISSING where there is none, AUTH_CHANGED where it was made for another definition
 */
export function selectSignIn(signIns: SignIns): StoredTokens | ExportedToken {
  const { connection, expected, stored, environment } = signIns;
  const exported = readExportedToken(connection, environment);
  const [latest, other] = [stored, exported]
    .filter((signIn) => signIn !== undefined)
    .toSorted((a, b) => Date.parse(b.issuedAt) - Date.parse(a.issuedAt));
  if (!latest) throw missing(connection);
  const changed = changedFields(latest, expected);
  if (changed.length === 0) return latest;
  if (other && changedFields(other, expected).length === 0) return other;
  throw changedError(signIns, latest.fingerprint, changed);
}

function missing(connection: string): ExchangeError {
  return new ExchangeError('AUTH_MISSING', `Missing: nobody has authorised the connection "${connection}".`, {
    advice: [
      ...authoriseAgain(connection, {}),
      `In a pipeline, ${carryOver(connection)}`,
      `or let the app sign in alone: auth.grant 'client_credentials'.`,
    ],
  });
}

function changedError(
  { connection, expected, environment }: SignIns,
  authorised: Fingerprint,
  fields: readonly string[],
): ExchangeError {
  const list = fields.join(', ');
  const summary = `Changed: ${list} of connection "${connection}" differ from what was authorised.`;
  return new ExchangeError('AUTH_CHANGED', summary, {
    advice: [
      ...(fields.includes('scopes') ? scopesAdvice(authorised.scopes, expected.scopes) : []),
      ...authoriseAgain(connection, environment),
      `Or restore ${list} in its definition.`,
    ],
  });
}

/** Another protocol needs other permissions, which somebody has to consent to. */
function scopesAdvice(before: string, after: string): string[] {
  const [was, is] = [before, after].map((scopes) => describeScopes(scopes.split(' ')));
  return [
    `It was authorised for ${was}, and now asks for ${is}.`,
    'Add these permissions to the app registration; the sign-in page then asks for consent to them.',
  ];
}
