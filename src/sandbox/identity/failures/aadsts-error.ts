import { randomUUID } from 'node:crypto';
import { wordingOf } from './failures.js';

/** What a failure's text may name: `clientId`, `tenant`, `scope` ... */
export type FailureDetails = Readonly<Record<string, string | undefined>>;

/** A failure of the sandbox's identity platform, in Microsoft's words. */
export class AadstsError extends Error {
  readonly code: number;
  readonly details: FailureDetails;

  constructor(code: number, details: FailureDetails = {}) {
    super(`AADSTS${code}`);
    this.code = code;
    this.details = details;
  }
}

/** The answer to a failed request, as Microsoft's token endpoint gives it. */
export interface FailureBody {
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: readonly number[];
  readonly timestamp: string;
  readonly trace_id: string;
  readonly correlation_id: string;
  readonly error_uri: string;
  readonly suberror?: string;
  readonly claims?: string;
}

/** Words a failure; `request` fills in what the failure itself does not name. */
export function describeFailure(
  failure: AadstsError,
  request: FailureDetails,
): { readonly status: number; readonly body: FailureBody } {
  const { status = 400, error, suberror, claims, text } = wordingOf(failure.code);
  const timestamp = new Date().toISOString().replace(/T(.*)\.\d+Z/, ' $1Z');
  const traceId = randomUUID();
  const correlationId = request.correlationId ?? randomUUID();
  const body: FailureBody = {
    error,
    error_description: `AADSTS${failure.code}: ${fill(text, { ...request, ...failure.details })} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [failure.code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${failure.code}`,
    ...(suberror && { suberror }),
    ...(claims && { claims }),
  };
  return { status, body };
}

function fill(text: string, details: FailureDetails): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '');
}
