/** What the token endpoint answered instead of a token (RFC 6749 section 5.2, with Microsoft's additions). */
export interface TokenFailure {
  readonly status: number;
  readonly error: string;
  readonly suberror: string;
  /** Numbers of AADSTS codes. */
  readonly codes: readonly number[];
  /** Microsoft's own text, without what {@link logEntry} holds. */
  readonly description: string;
  /** Where an administrator finds it in the sign-in log. */
  readonly logEntry: LogEntry;
  /** Milliseconds the server asked to stay away. */
  readonly retryAfter: number | undefined;
}

export interface LogEntry {
  readonly traceId: string;
  readonly correlationId: string;
  readonly timestamp: string;
}

/** Reads an answer that is no token, nor a device's code (RFC 8628 section 3.2); one that is gives nothing. */
export function readTokenFailure(status: number, body: unknown, retryAfter?: number): TokenFailure | undefined {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  if (status === 200 && (text('access_token') || text('device_code'))) return undefined;
  const description = oneLine(text('error_description'));
  const listed = Array.isArray(fields['error_codes']) ? fields['error_codes'].map(Number) : [];
  const named = [...description.matchAll(/AADSTS(\d+)/g)].map(([, code]) => Number(code));
  return {
    status,
    error: text('error'),
    suberror: text('suberror'),
    codes: [...new Set([...listed, ...named])],
    description: description.replace(tail, ''),
    logEntry: {
      traceId: text('trace_id') || after('Trace ID', description),
      correlationId: text('correlation_id') || after('Correlation ID', description),
      timestamp: text('timestamp') || after('Timestamp', description),
    },
    retryAfter,
  };
}

/** How Microsoft ends its texts. */
const tail = /\s*Trace ID: .*$/;

function after(label: string, description: string): string {
  const [, value = ''] = new RegExp(`${label}: (.+?)(?= Correlation ID:| Timestamp:|$)`).exec(description) ?? [];
  return value;
}

/** Nor anything that a terminal takes for a command. */
function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
