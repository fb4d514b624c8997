import type { ResolvedCloud } from '../../config/clouds.js';
import type { Environment } from '../../config/environment.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../../config/resolved.js';
import { ExchangeError, type ExchangeErrorCode } from '../../errors.js';
import { adminConsentUrl, describeScopes } from '../consent.js';
import { authoriseAgain } from '../sign-in-again.js';
import type { FailureKind } from './failure-kind.js';
import { classifyFailure } from './failure-kinds.js';
import type { TokenFailure } from './token-failure.js';

/** The error for a connection whose token could not be had: what it means, what to do, what Microsoft said. */
export function authenticationError(
  connection: ResolvedConnection,
  failure: TokenFailure,
  environment: Environment = {},
): ExchangeError {
  const kind = classifyFailure(failure);
  const retryAfter = failure.retryAfter ?? kind.retryAfter;
  const fill = filler(connection);
  return new ExchangeError(kind.code, `${noToken(kind.word, connection)}: ${fill(kind.meaning)}.`, {
    advice: [
      ...(kind.remedy ? [fill(kind.remedy)] : []),
      ...(needsPerson(kind, connection) ? authoriseAgain(connection.name, environment) : []),
      ...saidByMicrosoft(failure),
    ],
    transient: kind.transient ?? false,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/** The error for a connection whose token request got no answer at all: no network, no proxy, no trust, no time. */
export function unansweredTokenError(connection: ResolvedConnection, error: ExchangeError): ExchangeError {
  const words: Partial<Record<ExchangeErrorCode, string>> = { NETWORK: 'Network', PROXY: 'Proxy', DEADLINE: 'Network' };
  const word = words[error.code];
  if (!word) return error;
  const [summary = ''] = error.message.split('\n');
  return new ExchangeError(error.code, `${noToken(word, connection)}: ${summary}`, {
    cause: error,
    advice: error.advice,
    transient: error.transient,
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  });
}

/** The beginning of what such an error says. */
export function noToken(word: string, { name, user }: ResolvedConnection): string {
  return `${word}: connection "${name}"${user ? ` (${user})` : ''} gets no access token`;
}

function needsPerson({ authorise }: FailureKind, { auth }: ResolvedConnection): boolean {
  return authorise === true && auth.type === 'oauth2' && auth.grant !== 'client_credentials';
}

function filler({ user = 'the account', auth, cloud }: ResolvedConnection): (text: string) => string {
  const app = auth.type === 'oauth2' ? appOf(auth, cloud) : {};
  const values: Readonly<Record<string, string>> = { user, login: cloud.login, ...app };
  return (text) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

function appOf(auth: ResolvedOAuth2, cloud: ResolvedCloud): Readonly<Record<string, string>> {
  const { tenantId, clientId, scopes } = auth;
  return { tenantId, clientId, scopes: describeScopes(scopes), consentUrl: adminConsentUrl(auth, cloud) };
}

function saidByMicrosoft({ description, status, error, codes, logEntry }: TokenFailure): string[] {
  const { traceId, correlationId, timestamp } = logEntry;
  const unsaid = codes.filter((code) => !description.includes(`AADSTS${code}`)).map((code) => `AADSTS${code}`);
  const entry = [
    ...unsaid,
    traceId && `trace ID ${traceId}`,
    correlationId && `correlation ID ${correlationId}`,
    timestamp,
  ].filter(Boolean);
  return [
    `Microsoft says: ${description || `HTTP ${status} ${error}`.trim()}`,
    ...(entry.length > 0 ? [`In the sign-in log: ${entry.join(', ')}`] : []),
  ];
}
