import type { Environment } from '../config/environment.js';
import { ExchangeError } from '../errors.js';
import { readExportedToken, type ExportedToken } from './exported-token.js';
import { changedFields, type Fingerprint } from './fingerprint.js';
import type { StoredTokens } from './stored-tokens.js';
import { tokenVariable } from './token-variable.js';

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
  throw changedError(connection, changed);
}

function missing(connection: string): ExchangeError {
  return new ExchangeError('AUTH_MISSING', `Missing: nobody has authorised the connection "${connection}".`, {
    advice: [
      `Authorise it once, on a machine with a display: a test with the body authorise('${connection}').`,
      `In a pipeline, set ${tokenVariable(connection)} to the connection's exported token,`,
      `or let the app sign in alone: auth.grant 'client_credentials'.`,
    ],
  });
}

function changedError(connection: string, fields: readonly string[]): ExchangeError {
  const list = fields.join(', ');
  const summary = `Changed: ${list} of connection "${connection}" differ from what was authorised.`;
  return new ExchangeError('AUTH_CHANGED', summary, {
    advice: [
      `Authorise the connection again, and set ${tokenVariable(connection)} anew where it is used; or restore ${list}.`,
    ],
  });
}
