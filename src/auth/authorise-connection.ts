import type { LaunchOptions } from '@playwright/test';
import { loadEnvironment } from '../config/environment.js';
import { resolveConnection } from '../config/resolve-connection.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../config/resolved.js';
import type { ConnectionDefinition, ConnectionDefinitions } from '../config/types.js';
import { ExchangeError, isExchangeError, type ExchangeErrorCode } from '../errors.js';
import { createHttpClient } from '../network/create-http-client.js';
import { signInByDeviceCode, type DeviceCodeOptions } from './authorise-device-code.js';
import { signInWithBrowser } from './authorise-in-browser.js';
import type { BrowserTask } from './browser-message.js';
import { browserProxy, startBrowserProxy } from './authorise-proxy.js';
import { checkAccount } from './check-account.js';
import { fingerprintOf } from './fingerprint.js';
import { MsalSession, type Issued } from './msal-session.js';
import { openTokenStore } from './open-token-store.js';
import { receivedTokens } from './received-tokens.js';
import { forgedError, nobodyCameError, noDisplayError, refusedError, unansweredError } from './sign-in-failure.js';
import { createSignInRequest, type SignInRequest } from './sign-in-request.js';
import type { StoredTokens } from './stored-tokens.js';
import { goodUntil } from './token-lifetime.js';
import { checkTokenVariables } from './token-variable.js';
import { openTokenSource, type TokenSourceOptions } from './token-source.js';

export interface SignInOptions extends DeviceCodeOptions {
  readonly browser: {
    readonly browserName: BrowserTask['browserName'];
    readonly launchOptions: LaunchOptions & { readonly headless: boolean };
  };
}

/** How signing in went: the line says who it was, and until when it is good. */
export interface SignInOutcome {
  readonly alreadySignedIn: boolean;
  readonly line: string;
}

/** Has a person sign in to a connection, unless the tokens that are there are still good. */
export async function signInTo(
  name: string,
  definitions: ConnectionDefinitions,
  options: SignInOptions,
): Promise<SignInOutcome> {
  const definition = definitionOf(name, definitions);
  checkTokenVariables(definitions);
  const environment = await loadEnvironment();
  const connection = await resolveConnection(name, definition, environment);
  const auth = personsAuth(connection);
  const http = createHttpClient({ proxy: connection.proxy, ca: connection.ca });
  try {
    const source = { connection, auth, environment, http };
    const alreadySignedIn = await isSignedIn(source);
    const store = openTokenStore(source);
    if (!alreadySignedIn) {
      const tokens = await newTokens(options, source);
      await store.locked(() => store.write(tokens));
    }
    return { alreadySignedIn, line: describe(connection, (await store.read())!) };
  } finally {
    http.close();
  }
}

function definitionOf(name: string, definitions: ConnectionDefinitions): ConnectionDefinition {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition) return definition;
  throw new ExchangeError('CONFIGURATION', `There is no connection "${name}".`, {
    advice: [`exchangeConnections defines: ${Object.keys(definitions).join(', ') || 'none'}.`],
  });
}

function personsAuth({ name, auth }: ResolvedConnection): ResolvedOAuth2 {
  if (auth.type === 'oauth2' && auth.grant !== 'client_credentials') return auth;
  throw new ExchangeError('CONFIGURATION', `The connection "${name}" is not one that a person signs in to.`, {
    advice: [`Leave it out, or set auth: { type: 'oauth2', grant: 'authorization_code', ... }.`],
  });
}

/** Failures that a person mends by signing in. */
const mendable: readonly ExchangeErrorCode[] = [
  'AUTH_MISSING',
  'AUTH_CHANGED',
  'AUTH_REVOKED',
  'AUTH_EXPIRED',
  'AUTH_CONSENT',
  'AUTH_INTERACTION',
  'AUTH_USER_MISMATCH',
];

async function isSignedIn(source: TokenSourceOptions): Promise<boolean> {
  try {
    await openTokenSource(source);
    return true;
  } catch (error) {
    if (isExchangeError(error) && mendable.includes(error.code)) return false;
    throw error;
  }
}

async function newTokens(options: SignInOptions, source: TokenSourceOptions): Promise<StoredTokens> {
  const { connection, auth } = source;
  const issued = await (auth.grant === 'device_code'
    ? signInByDeviceCode(source, options)
    : signInByBrowser(source, options));
  const tokens = receivedTokens(issued, { fingerprint: fingerprintOf(connection, auth) });
  checkAccount(connection, tokens.account);
  return tokens;
}

async function signInByBrowser(source: TokenSourceOptions, options: SignInOptions): Promise<Issued> {
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
  { browser, timeout, session, request }: SignInOptions & { session: MsalSession; request: SignInRequest },
): Promise<string> {
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
  const end = await signInWithBrowser(task, timeout);
  if (!end) throw nobodyCameError(connection, timeout, browser.launchOptions.headless);
  if (end.kind === 'failed') throw proxy?.failureOf(new URL(url).hostname) ?? unansweredError(connection, end);
  if (end.kind !== 'answered') throw unansweredError(connection, end);
  const { code, state, error, error_description: description = '' } = end.fields;
  if (state !== request.state) throw forgedError(connection);
  if (!code) throw refusedError(connection, error ?? '', description);
  return code;
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function describe({ name }: ResolvedConnection, tokens: StoredTokens): string {
  const date = goodUntil(tokens).toISOString().slice(0, 10);
  return `Connection "${name}": ${tokens.account} is signed in, good until ${date}, and 90 days on from each use.`;
}
