import { ExchangeError } from '../errors.js';
import { failureKinds, unknownFailure, type FailureKind } from './failure-kinds.js';

/** What the token endpoint answered instead of a token (RFC 6749 section 5.2, with Microsoft's additions). */
export interface TokenFailure {
  readonly status: number;
  readonly error: string;
  readonly suberror: string;
  readonly codes: readonly number[];
  readonly description: string;
  /** Milliseconds the server asked to stay away. */
  readonly retryAfter: number | undefined;
}

/** Reads an answer that is no token; an answer that is one gives nothing. */
export function readTokenFailure(status: number, body: unknown, retryAfter?: number): TokenFailure | undefined {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  if (status === 200 && typeof fields['access_token'] === 'string') return undefined;
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const description = text('error_description');
  const listed = Array.isArray(fields['error_codes']) ? fields['error_codes'].map(Number) : [];
  const named = [...description.matchAll(/AADSTS(\d+)/g)].map(([, code]) => Number(code));
  const codes = [...new Set([...listed, ...named])];
  return { status, error: text('error'), suberror: text('suberror'), codes, description, retryAfter };
}

/** Which kind of failure it is: by its AADSTS codes, else by its suberror, else by its error, else by its status. */
export function classifyFailure({ codes, suberror, error, status }: TokenFailure): FailureKind {
  const byCode = codes.flatMap((code) => failureKinds.filter(({ aadsts }) => aadsts.includes(code)));
  return (
    byCode[0] ??
    failureKinds.find(({ suberrors }) => suberrors?.includes(suberror)) ??
    failureKinds.find(({ errors }) => errors?.includes(error)) ??
    byStatus(status) ??
    unknownFailure
  );
}

/** The error for a connection whose token could not be had: what it means, what to do, what Microsoft said. */
export function authenticationError(connection: string, account: string, failure: TokenFailure): ExchangeError {
  const kind = classifyFailure(failure);
  const who = account ? `"${connection}" (${account})` : `"${connection}"`;
  const said = failure.description.trim().replace(/\s*\r?\n\s*/g, ' ');
  return new ExchangeError(kind.code, `${kind.word}: connection ${who} gets no access token: ${kind.meaning}.`, {
    advice: [kind.remedy, `Microsoft says: ${said || `HTTP ${failure.status} ${failure.error}`.trim()}`],
    transient: kind.transient ?? false,
    ...(failure.retryAfter !== undefined && { retryAfter: failure.retryAfter }),
  });
}

function byStatus(status: number): FailureKind | undefined {
  const code = status === 429 ? 'AUTH_THROTTLED' : status >= 500 ? 'AUTH_UNAVAILABLE' : undefined;
  return failureKinds.find((kind) => kind.code === code);
}
