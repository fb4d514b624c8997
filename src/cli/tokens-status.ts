import { goodUntil, millisecondsADay, warningDays } from '../auth/token-lifetime.js';
import type { ExportedToken } from '../auth/exported-token.js';
import type { StoredTokens } from '../auth/stored-tokens.js';
import { tokenVariable } from '../auth/token-variable.js';
import type { Environment } from '../config/environment.js';
import type { ConnectionDefinitions } from '../config/types.js';
import { isExchangeError } from '../errors.js';
import { needsPerson, openPersonsConnection } from './persons-connection.js';

/** Prints a line for each connection; one that nobody is signed in to makes the exit code 1. */
export async function showStatus(definitions: ConnectionDefinitions, environment: Environment): Promise<void> {
  for (const [name, definition] of Object.entries(definitions)) {
    if (!needsPerson(definition)) {
      console.log(`${name}: no person has to sign in`);
      continue;
    }
    try {
      const connection = await openPersonsConnection(name, definition, environment);
      const { line, isGood } = describeSignIn(name, await connection.signIn(), new Date());
      console.log(line);
      if (!isGood) process.exitCode = 1;
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      console.log(`${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}

/** Who, since when, good until when; with a warning where that is soon. */
export function describeSignIn(
  name: string,
  signIn: StoredTokens | ExportedToken,
  now: Date,
): { readonly line: string; readonly isGood: boolean } {
  const end = goodUntil(signIn);
  const days = Math.floor((end.getTime() - now.getTime()) / millisecondsADay);
  const [since, source] =
    'signedInAt' in signIn ? [signIn.signedInAt, 'kept here'] : [signIn.issuedAt, `from ${tokenVariable(name)}`];
  const isGood = days >= 0;
  const line = `${name}: ${signIn.account}, since ${dateOf(new Date(since))}, good until ${dateOf(end)}, ${source}`;
  return { line: [line, ...warnings(days)].join('\n  - '), isGood };
}

function warnings(days: number): string[] {
  if (days > warningDays) return [];
  if (days < 0) return ['Expired: it was not used for 90 days. Authorise the connection again.'];
  const left = days === 1 ? '1 day' : `${days} days`;
  return [`It expires in ${left}: run the tests here, or authorise the connection again; then export it anew.`];
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
