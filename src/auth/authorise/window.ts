import type { LaunchOptions } from '@playwright/test';
import type { ResolvedConnection } from '../../config/resolved.js';
import { browserProxy, startBrowserProxy } from './browser-proxy.js';
import { signInWithBrowser } from './sign-in-with-browser.js';
import type { BrowserTask } from './browser-message.js';
import { MsalSession, type Issued } from '../msal/session.js';
import type { MsalSessionOptions } from '../msal/session-options.js';
import {
  blockedError,
  forgedError,
  nobodyCameError,
  noDisplayError,
  refusedError,
  unansweredError,
} from './sign-in-failure.js';
import { createSignInRequest } from './sign-in-request.js';
import { untilItPasses } from './until-it-passes.js';

export interface WindowOptions {
  readonly browser: {
    readonly browserName: BrowserTask['browserName'];
    readonly launchOptions: LaunchOptions & { readonly headless: boolean };
  };
  /** Milliseconds that the person has. */
  readonly timeout: number;
  /** Tells the person what to do. */
  readonly say: (line: string) => void;
}

/** Has a person sign in in a browser's window, for a code that tokens are given for (RFC 6749 section 4.1). */
export async function signInByWindow(source: MsalSessionOptions, options: WindowOptions): Promise<Issued> {
  const { connection, auth } = source;
  if (!options.browser.launchOptions.headless && !hasDisplay()) throw noDisplayError(connection);
  const session = new MsalSession(source);
  const request = createSignInRequest(auth);
  const client = await session.client();
  const url = await client.getAuthCodeUrl({
    ...request,
    codeChallengeMethod: 'S256',
    responseMode: 'form_post',
    ...(connection.user && { loginHint: connection.user }),
  });
  const answer = await ask(connection, options, { url, redirectUrl: request.redirectUri });
  const code = codeIn(answer, { connection, state: request.state });
  const issued = { code, state: request.state, nonce: request.nonce };
  return await untilItPasses(() => session.acquire((msal) => msal.acquireTokenByCode({ ...request, code }, issued)));
}

/** Shows the sign-in page; what was then sent to the redirect URL. */
async function ask(
  connection: ResolvedConnection,
  options: WindowOptions,
  pages: Pick<BrowserTask, 'url' | 'redirectUrl'>,
): Promise<Readonly<Record<string, string>>> {
  const { browserName, launchOptions } = options.browser;
  await using proxy = await startBrowserProxy(connection, connection.cloud.login);
  const task = { browserName, launchOptions: { ...launchOptions, ...(proxy && browserProxy(proxy)) }, ...pages };
  options.say(invitation(connection, options));
  const end = await signInWithBrowser(task, options.timeout);
  if (end?.kind === 'answered') return end.fields;
  if (!end) throw nobodyCameError(connection, options.timeout, launchOptions.headless);
  const blocked = end.kind === 'unreachable' && proxy?.failureOf(new URL(pages.url).hostname);
  throw blocked ? blockedError(connection, blocked) : unansweredError(connection, end);
}

/** RFC 6749 sections 4.1.2 and 4.1.2.1. */
function codeIn(
  { code, state, error = '', error_description: description = '' }: Readonly<Record<string, string>>,
  expected: { readonly connection: ResolvedConnection; readonly state: string },
): string {
  if (state !== expected.state) throw forgedError(expected.connection);
  if (!code) throw refusedError(expected.connection, error, description);
  return code;
}

function invitation(
  { name, user = 'the account of the tests' }: ResolvedConnection,
  { browser, timeout }: WindowOptions,
): string {
  const { headless, channel = browser.browserName } = browser.launchOptions;
  const where = headless ? `a window of ${channel} that nobody sees` : `the window of ${channel} that opens now`;
  return `Connection "${name}": sign in as ${user} in ${where}, within ${inWords(timeout)}. It closes by itself.`;
}

function inWords(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  return minutes > 1 ? `${Math.floor(minutes)} minutes` : `${Math.round(milliseconds / 1000)} seconds`;
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
