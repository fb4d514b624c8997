import { ExchangeError } from '../errors.js';
import { fingerprintOf, type Fingerprint } from '../auth/fingerprint.js';
import { openTokenStore } from '../auth/open-token-store.js';
import { selectSignIn } from '../auth/select-sign-in.js';
import type { ExportedToken } from '../auth/exported-token.js';
import type { StoredTokens } from '../auth/stored-tokens.js';
import type { TokenStore } from '../auth/token-store.js';
import type { Environment } from '../config/environment.js';
import { resolveConnection } from '../config/resolve-connection.js';
import type { ConnectionDefinition } from '../config/types.js';

/** A connection that a person signs in to, as the command works on it. */
export interface PersonsConnection {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly store: TokenStore;
  /** The sign-in that a run would use. @throws AUTH_MISSING, AUTH_CHANGED, CONFIGURATION */
  signIn(): Promise<StoredTokens | ExportedToken>;
}

/** @throws CONFIGURATION where the definition is faulty, or the connection needs no person */
export async function openPersonsConnection(
  name: string,
  definition: ConnectionDefinition,
  environment: Environment,
): Promise<PersonsConnection> {
  const connection = await resolveConnection(name, definition, environment);
  const { auth } = connection;
  if (auth.type !== 'oauth2' || auth.grant !== 'authorization_code') throw noPerson(name);
  const store = openTokenStore({ connection, environment });
  const expected = fingerprintOf(connection, auth);
  return {
    name,
    fingerprint: expected,
    store,
    signIn: async () => selectSignIn({ connection: name, expected, stored: await store.read(), environment }),
  };
}

export function needsPerson({ auth }: ConnectionDefinition): boolean {
  return auth.type === 'oauth2' && auth.grant !== 'client_credentials';
}

function noPerson(name: string): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The connection "${name}" is not one that a person signs in to.`);
}
