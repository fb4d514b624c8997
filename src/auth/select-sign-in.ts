import type { Environment } from '../config/environment.js';
import { ExchangeError } from '../errors.js';
import { readExportedToken, type ExportedToken } from './exported-token.js';
import { changedFields, type Fingerprint } from './fingerprint.js';
import { authoriseAgain, carryOver } from './sign-in-again.js';
import type { StoredTokens } from './stored-tokens.js';

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
export function selectSignIn({ connection, expected, stored, environment }: SignIns): StoredTokens | ExportedToken {
  const exported = readExportedToken(connection, environment);
  const [latest, other] = [stored, exported]
    .filter((signIn) => signIn !== undefined)
    .toSorted((a, b) => Date.parse(b.issuedAt) - Date.parse(a.issuedAt));
  if (!latest) throw missing(connection);
  const changed = changedFields(latest, expected);
  if (changed.length === 0) return latest;
  if (other && changedFields(other, expected).length === 0) return other;
  throw changedError(connection, changed, environment);
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

function changedError(connection: string, fields: readonly string[], environment: Environment): ExchangeError {
  const list = fields.join(', ');
  const summary = `Changed: ${list} of connection "${connection}" differ from what was authorised.`;
  return new ExchangeError('AUTH_CHANGED', summary, {
    advice: [...authoriseAgain(connection, environment), `Or restore ${list} in its definition.`],
  });
}
