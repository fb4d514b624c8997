import { needsPerson, openPersonsConnection } from '../auth/persons-connection.js';
import { describeSignIn, expiryWarning, signInStatus, type SignInStatus } from '../auth/store/sign-in-status.js';
import type { Environment } from '../config/environment.js';
import { resolveConnection } from '../config/resolve-connection.js';
import type { ConnectionDefinition, ConnectionDefinitions } from '../config/types.js';
import { isExchangeError, type ExchangeError } from '../errors.js';

interface Surroundings {
  readonly environment: Environment;
  /** The folder below which tokens are kept. */
  readonly directory: string;
}

type Status = SignInStatus | { readonly connection: string; readonly error?: ExchangeError };

/** Shows how each connection stands; one that nobody is signed in to makes the exit code 1. */
export async function showStatus(
  definitions: ConnectionDefinitions,
  surroundings: Surroundings,
  { json }: { readonly json: boolean },
): Promise<void> {
  const statuses: Status[] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    statuses.push(await readStatus(name, definition, surroundings));
  }
  if (!statuses.every(isGood)) process.exitCode = 1;
  if (json) console.log(JSON.stringify({ connections: statuses.map(toJson) }, null, 2));
  else for (const status of statuses) console.log(describeStatus(status));
}

async function readStatus(
  connection: string,
  definition: ConnectionDefinition,
  { environment, directory }: Surroundings,
): Promise<Status> {
  if (!needsPerson(definition)) return { connection };
  try {
    const resolved = await resolveConnection(connection, definition, environment);
    return signInStatus(connection, await openPersonsConnection(resolved, environment, directory).signIn());
  } catch (error) {
    if (!isExchangeError(error)) throw error;
    return { connection, error };
  }
}

function isGood(status: Status): boolean {
  return 'account' in status ? status.daysLeft >= 0 : status.error === undefined;
}

/** One line, and one more for a warning. */
export function describeStatus(status: Status): string {
  const { connection } = status;
  if (!('account' in status)) return `${connection}: ${status.error?.message ?? 'no person has to sign in'}`;
  const warning = expiryWarning(status);
  return [`${connection}: ${describeSignIn(status)}`, ...(warning ? [warning] : [])].join('\n  - ');
}

function toJson(status: Status): object {
  const { connection } = status;
  if (!('account' in status)) {
    const { error } = status;
    return { connection, ok: !error, ...(error && { error: { code: error.code, message: error.message } }) };
  }
  const { account, since, goodUntil, daysLeft, variable = null } = status;
  const warning = expiryWarning(status) ?? null;
  return { connection, ok: isGood(status), account, since, goodUntil, daysLeft, variable, warning };
}
