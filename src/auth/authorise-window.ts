import type { LaunchOptions } from '@playwright/test';
import type { ResolvedConnection } from '../config/resolved.js';
import { browserProxy, startBrowserProxy } from './authorise-proxy.js';
import { signInWithBrowser } from './authorise-in-browser.js';
import type { BrowserTask } from './browser-message.js';
import { MsalSession, type Issued, type MsalSessionOptions } from './msal-session.js';
import {
  blockedError,
  forgedError,
  nobodyCameError,
  noDisplayError,
  refusedError,
  unansweredError,
} from './sign-in-failure.js';
import { createSignInRequest, type SignInRequest } from './sign-in-request.js';

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
  const code = await authorizationCode(connection, { ...options, session, request });
  return await session.acquire((client) =>
    client.acquireTokenByCode({ ...request, code }, { code, state: request.state, nonce: request.nonce }),
  );
}

/** RFC 6749 section 4.1.1 and 4.1.2, by OAuth 2.0 Form Post Response Mode. */
async function authorizationCode(
  connection: ResolvedConnection,
  { session, request, ...options }: WindowOptions & { session: MsalSession; request: SignInRequest },
): Promise<string> {
  const { browser, timeout, say } = options;
  const client = await session.client();
  const url = await client.getAuthCodeUrl({
    ...request,
    codeChallengeMethod: 'S256',
    responseMode: 'form_post',
    ...(connection.user && { loginHint: connection.user }),
  });
  await using proxy = await startBrowserProxy(connection, connection.cloud.login);
  const launchOptions = { ...browser.launchOptions, ...(proxy && browserProxy(proxy)) };
  const task = { browserName: browser.browserName, launchOptions, url, redirectUrl: request.redirectUri };
  say(invitation(connection, options));
  const end = await signInWithBrowser(task, timeout);
  if (!end) throw nobodyCameError(connection, timeout, browser.launchOptions.headless);
  const blocked = end.kind === 'unreachable' && proxy?.failureOf(new URL(url).hostname);
  if (blocked) throw blockedError(connection, blocked);
  if (end.kind !== 'answered') throw unansweredError(connection, end);
  const { code, state, error, error_description: description = '' } = end.fields;
  if (state !== request.state) throw forgedError(connection);
  if (!code) throw refusedError(connection, error ?? '', description);
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
