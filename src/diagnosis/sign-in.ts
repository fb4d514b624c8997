import { needsPerson, openPersonsConnection } from '../auth/persons-connection.js';
import { describeSignIn, expiryWarning, signInStatus, type SignInStatus } from '../auth/store/sign-in-status.js';
import { openTokenSource } from '../auth/open-token-source.js';
import type { TokenSourceOptions } from '../auth/token-source.js';
import type { ResolvedOAuth2 } from '../config/resolved.js';
import type { Finding } from './leg.js';
import type { SignInPatient } from './patient.js';

/**
 * Has a token issued anew: one that is kept is good for an hour after the sign-in was revoked. Finds the token;
 * nothing for a password, which is tried where the mailbox opens.
 * @throws AUTH_*
 */
export async function signIn(patient: SignInPatient): Promise<Finding<string | undefined>> {
  const { connection } = patient;
  const { auth } = connection;
  if (auth.type === 'basic') {
    return { skipped: true, detail: `${auth.username}, by a password: the mailbox leg tries it`, value: undefined };
  }
  const source = { ...patient, auth };
  return needsPerson(connection) ? await asPerson(source) : await asApp(source);
}

async function asPerson(options: TokenSourceOptions): Promise<Finding<string>> {
  const { connection, environment, directory } = options;
  const person = openPersonsConnection(connection, environment, directory);
  const used = await person.signIn();
  const value = await issueToken(options);
  // What is kept lives longer now; what a variable holds does not.
  const status = signInStatus(connection.name, 'signedInAt' in used ? await person.signIn() : used);
  const warning = expiryWarning(status);
  return {
    detail: [describeSignIn(status), ...(warning ? [warning] : [])].join('. '),
    facts: factsOf(status, options.auth),
    value,
  };
}

async function asApp(options: TokenSourceOptions): Promise<Finding<string>> {
  const value = await issueToken(options);
  const { clientId, grant } = options.auth;
  return { detail: `the app ${clientId} alone`, facts: { clientId, grant, by: 'app' }, value };
}

async function issueToken(options: TokenSourceOptions): Promise<string> {
  const source = await openTokenSource(options);
  return await source.token({ renew: true });
}

function factsOf({ account, since, goodUntil, variable }: SignInStatus, { clientId, grant }: ResolvedOAuth2) {
  const by = variable ? 'variable' : 'store';
  return { clientId, grant, by, account, since: since.toISOString(), goodUntil: goodUntil.toISOString() };
}
