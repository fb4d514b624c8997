import type { ConnectionDefinition, ConnectionDefinitions } from '../../config/types.js';
import { ExchangeError } from '../../errors.js';

/** The variable that carries a connection's exported token: `PLAYWRIGHT_EXCHANGE_TOKEN_<NAME>`. */
export function tokenVariable(connection: string): string {
  return `PLAYWRIGHT_EXCHANGE_TOKEN_${connection.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** @throws CONFIGURATION where two connections would read their tokens from one variable */
export function checkTokenVariables(definitions: ConnectionDefinitions): void {
  const owners = new Map<string, string>();
  for (const [connection, definition] of Object.entries(definitions)) {
    if (!isPersons(definition)) continue;
    const variable = tokenVariable(connection);
    const other = owners.get(variable);
    if (other !== undefined) throw sharedVariable(variable, [other, connection]);
    owners.set(variable, connection);
  }
}

function isPersons({ auth }: Partial<ConnectionDefinition>): boolean {
  return auth?.type === 'oauth2' && auth.grant !== 'client_credentials';
}

function sharedVariable(variable: string, names: readonly string[]): ExchangeError {
  const list = names.map((name) => `"${name}"`).join(' and ');
  return new ExchangeError('CONFIGURATION', `The connections ${list} share the variable ${variable}.`, {
    advice: ['Rename one: names have to differ in more than case and punctuation.'],
  });
}
