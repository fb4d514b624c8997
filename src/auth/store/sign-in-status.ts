import type { ExportedToken } from './exported-token.js';
import type { StoredTokens } from './stored-tokens.js';
import { goodUntil, millisecondsADay, urgentDays, warningDays } from './token-lifetime.js';
import { tokenVariable } from './token-variable.js';

/** How a person's sign-in stands. */
export interface SignInStatus {
  /** The connection's name. */
  readonly connection: string;
  /** Who signed in. */
  readonly account: string;
  /** When the person signed in; of an exported token, when it was issued. */
  readonly since: Date;
  /** When it ends unless it is used before. */
  readonly goodUntil: Date;
  /** Whole days until then; below 0 once it has ended. */
  readonly daysLeft: number;
  /** The variable that it comes from; nothing where it is kept on this machine. */
  readonly variable: string | undefined;
}

export function signInStatus(
  connection: string,
  signIn: StoredTokens | ExportedToken,
  now: Date = new Date(),
): SignInStatus {
  const end = goodUntil(signIn);
  const isKept = 'signedInAt' in signIn;
  return {
    connection,
    account: signIn.account,
    since: new Date(isKept ? signIn.signedInAt : signIn.issuedAt),
    goodUntil: end,
    daysLeft: Math.floor((end.getTime() - now.getTime()) / millisecondsADay),
    variable: isKept ? undefined : tokenVariable(connection),
  };
}

/** Who, since when, good until when, where it comes from. */
export function describeSignIn({ account, since, goodUntil: end, variable }: SignInStatus): string {
  const source = variable ? `from ${variable}` : 'kept here';
  return `${account}, since ${dateOf(since)}, good until ${dateOf(end)}, ${source}`;
}

/** What to say of a sign-in that ends within two weeks, louder within one; nothing before. */
export function expiryWarning({ connection, daysLeft, variable }: SignInStatus): string | undefined {
  if (daysLeft > warningDays) return undefined;
  if (daysLeft < 0) return 'Expired: it was not used for 90 days. Authorise the connection again.';
  const left = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
  const loud = daysLeft <= urgentDays ? 'WARNING: ' : '';
  return variable
    ? `${loud}${variable} expires in ${left}: set it anew, to what "playwright-exchange tokens export ${connection}" prints where the tests were run lately.`
    : `${loud}It expires in ${left} unless it is used: run the tests, or authorise the connection again.`;
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
