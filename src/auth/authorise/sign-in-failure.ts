import type { ResolvedConnection } from '../../config/resolved.js';
import { ExchangeError } from '../../errors.js';
import type { BrowserEnd } from './browser-message.js';
import { authenticationError } from '../failures/token-error.js';
import { readTokenFailure } from '../failures/token-failure.js';
import { authoriseAgain, carryOver } from '../sign-in-again.js';

/** A sign-in that ended without an answer to the redirect URL. */
export type Unanswered = Exclude<BrowserEnd, { readonly kind: 'answered' }>;

/** What a sign-in that went wrong in the browser means. */
export function unansweredError(connection: ResolvedConnection, end: Unanswered): ExchangeError {
  if (end.kind === 'refused') return refusedError(connection, '', end.text);
  if (end.kind === 'closed') {
    return new ExchangeError('AUTH_INTERACTION', `Window closed: ${notAuthorised(connection)}.`, {
      advice: [...authoriseAgain(connection.name, {}), 'Leave the window open: it closes by itself.'],
    });
  }
  if (end.kind === 'unreachable') return unreachableError(connection, end.message);
  if (end.kind === 'noDisplay') return noDisplayError(connection);
  return new ExchangeError('AUTH_INTERACTION', `No browser: ${notAuthorised(connection)}: ${end.message}`, {
    advice: ['A browser for Playwright is needed: `npx playwright install`, or use.channel for one that is there.'],
  });
}

function unreachableError(connection: ResolvedConnection, message: string): ExchangeError {
  return new ExchangeError('NETWORK', noPage(connection, message), {
    advice: ["The browser takes the connection's proxy: see whether that lets it through."],
  });
}

/** The sign-in page could not be loaded, and it is known why. */
export function blockedError(connection: ResolvedConnection, cause: ExchangeError): ExchangeError {
  const [message = ''] = cause.message.split('\n');
  return new ExchangeError(cause.code, noPage(connection, message), { advice: cause.advice, cause });
}

function noPage(connection: ResolvedConnection, why: string): string {
  const { host } = new URL(connection.cloud.login);
  return `No sign-in page: ${notAuthorised(connection)}: the browser can't open ${host}: ${why}`;
}

export function nobodyCameError(connection: ResolvedConnection, timeout: number, headless: boolean): ExchangeError {
  const summary = `Nobody came: ${notAuthorised(connection)}: nobody signed in within ${Math.round(timeout / 1000)} s.`;
  return new ExchangeError('DEADLINE', summary, {
    advice: [
      ...(headless ? ['Nobody can see the window of a headless browser: set headless to false for the project.'] : []),
      ...authoriseAgain(connection.name, {}),
      'authorise(name, { timeout }) waits longer.',
    ],
  });
}

/** Microsoft's refusal: an error response, or what its page shows. */
export function refusedError(connection: ResolvedConnection, error: string, description: string): ExchangeError {
  const failure = readTokenFailure(400, { error, error_description: description })!;
  return authenticationError(connection, failure);
}

/** RFC 6749 section 10.12: somebody else's answer. */
export function forgedError(connection: ResolvedConnection): ExchangeError {
  return new ExchangeError('AUTH_REFUSED', `Forged answer: ${notAuthorised(connection)}: the state is not ours.`, {
    advice: ['Something else sent an answer to auth.redirectUrl.', ...authoriseAgain(connection.name, {})],
  });
}

/** A pipeline would stand still for as long as a person may take. */
export function unattendedError(connection: ResolvedConnection, variable: string): ExchangeError {
  const why = `this is a pipeline (${variable} is set), where nobody can sign in.`;
  return new ExchangeError('AUTH_INTERACTION', `Nobody there: ${notAuthorised(connection)}: ${why}`, {
    advice: [
      'Authorise it where somebody sits: npx playwright test --project authorise',
      `and ${carryOver(connection.name)}`,
      "Or let the app sign in alone: auth.grant 'client_credentials'.",
      `Somebody is there after all? Run it without the variable ${variable}.`,
    ],
  });
}

export function noDisplayError(connection: ResolvedConnection): ExchangeError {
  return new ExchangeError('AUTH_INTERACTION', `No display: ${notAuthorised(connection)}: no window can be opened.`, {
    advice: [
      'Authorise it on a machine with a display: npx playwright test --project authorise',
      `and ${carryOver(connection.name)}`,
      "Or sign in on any other device: auth.grant 'device_code', if the app allows public client flows.",
    ],
  });
}

function notAuthorised({ name }: ResolvedConnection): string {
  return `connection "${name}" is not authorised`;
}
