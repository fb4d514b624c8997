import { loadEnvironment } from '../../config/environment.js';
import { pipelineVariable } from '../../config/pipeline-variable.js';
import { findDefinition } from '../../config/find-definition.js';
import { resolveConnection } from '../../config/resolve-connection.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../../config/resolved.js';
import type { ConnectionDefinition, ConnectionDefinitions } from '../../config/types.js';
import { ExchangeError, isExchangeError, type ExchangeErrorCode } from '../../errors.js';
import { createHttpClient } from '../../network/create-http-client.js';
import { signInByDeviceCode } from './device-code.js';
import { unattendedError } from './sign-in-failure.js';
import { signInByWindow, type WindowOptions } from './window.js';
import { checkAccount } from '../check-account.js';
import { fingerprintOf } from '../store/fingerprint.js';
import { openTokenStore } from '../store/open-token-store.js';
import { receivedTokens } from '../received-tokens.js';
import type { StoredTokens } from '../store/stored-tokens.js';
import { goodUntil } from '../store/token-lifetime.js';
import { openTokenSource } from '../open-token-source.js';
import type { TokenSourceOptions } from '../token-source.js';
import { checkTokenVariables } from '../store/token-variable.js';
import { untilItPasses } from './until-it-passes.js';

/** How signing in went: the line says who it was, and until when it is good. */
export interface SignInOutcome {
  readonly alreadySignedIn: boolean;
  readonly line: string;
}

/**
 * Has a person sign in to a connection, unless the tokens that are there are still good.
 * @param options.directory Where the `.env` file is, and the tokens are kept
 */
export async function signInTo(
  name: string,
  definitions: ConnectionDefinitions,
  options: WindowOptions & { readonly directory: string },
): Promise<SignInOutcome> {
  const definition = definitionOf(name, definitions);
  checkTokenVariables(definitions);
  const environment = await loadEnvironment(options.directory);
  const connection = await resolveConnection(name, definition, environment);
  const auth = personsAuth(connection);
  const http = createHttpClient({ proxy: connection.proxy, ca: connection.ca });
  try {
    const source = { connection, auth, environment, http, directory: options.directory };
    const alreadySignedIn = await isSignedIn(source);
    const store = openTokenStore(source);
    if (!alreadySignedIn) {
      const tokens = await newTokens(options, source);
      await store.write(tokens);
    }
    return { alreadySignedIn, line: describe(connection, (await store.read())!) };
  } finally {
    http.close();
  }
}

function definitionOf(name: string, definitions: ConnectionDefinitions): ConnectionDefinition {
  const definition = findDefinition(definitions, name);
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
    await untilItPasses(() => openTokenSource(source));
    return true;
  } catch (error) {
    if (isExchangeError(error) && mendable.includes(error.code)) return false;
    throw error;
  }
}

async function newTokens(options: WindowOptions, source: TokenSourceOptions): Promise<StoredTokens> {
  const { connection, auth, environment } = source;
  const pipeline = pipelineVariable(environment);
  if (pipeline) throw unattendedError(connection, pipeline);
  const issued = await (auth.grant === 'device_code'
    ? signInByDeviceCode(source, options)
    : signInByWindow(source, options));
  const tokens = receivedTokens(issued, { fingerprint: fingerprintOf(connection, auth) });
  checkAccount(connection, tokens.account);
  return tokens;
}

function describe({ name }: ResolvedConnection, tokens: StoredTokens): string {
  const date = goodUntil(tokens).toISOString().slice(0, 10);
  return `Connection "${name}": ${tokens.account} is signed in, good until ${date}, and 90 days on from each use.`;
}
