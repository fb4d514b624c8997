import type { Environment } from '../config/environment.js';
import type { ResolvedConnection } from '../config/resolved.js';
import type { ConnectionDefinition } from '../config/types.js';
import { ExchangeError } from '../errors.js';
import type { ExportedToken } from './store/exported-token.js';
import { fingerprintOf, type Fingerprint } from './store/fingerprint.js';
import { openTokenStore } from './store/open-token-store.js';
import { selectSignIn } from './select-sign-in.js';
import type { StoredTokens } from './store/stored-tokens.js';
import type { TokenStore } from './store/token-store.js';

/** A connection that a person signs in to. */
export interface PersonsConnection {
  readonly name: string;
  readonly fingerprint: Fingerprint;
  readonly store: TokenStore;
  /** The sign-in that a run would use. @throws AUTH_MISSING, AUTH_CHANGED, CONFIGURATION */
  signIn(): Promise<StoredTokens | ExportedToken>;
}

/**
 * @param directory The folder below which tokens are kept
 * @throws CONFIGURATION where the connection needs no person
 */
export function openPersonsConnection(
  connection: ResolvedConnection,
  environment: Environment,
  directory: string,
): PersonsConnection {
  const { name, auth } = connection;
  if (auth.type !== 'oauth2' || !needsPerson(connection)) throw noPerson(name);
  const store = openTokenStore({ connection, environment, directory });
  const expected = fingerprintOf(connection, auth);
  return {
    name,
    fingerprint: expected,
    store,
    signIn: async () => selectSignIn({ connection: name, expected, stored: await store.read(), environment }),
  };
}

/** Whether a person has to sign in; else the app signs in alone, or with a password. */
export function needsPerson({ auth }: Partial<Pick<ConnectionDefinition | ResolvedConnection, 'auth'>>): boolean {
  return auth?.type === 'oauth2' && auth.grant !== 'client_credentials';
}

function noPerson(name: string): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The connection "${name}" is not one that a person signs in to.`);
}
