import type { IncomingHttpHeaders } from 'node:http';

/** What Graph answers to a request, alone or within a batch. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** An object where the answer is JSON; within a batch everything else is a text, most often base64. */
  readonly body: unknown;
}

/** The error object: https://learn.microsoft.com/graph/errors */
export interface ErrorObject {
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
}

export function isSuccess({ status }: GraphAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The error that an answer holds, as far as it holds one. */
export function errorObject({ headers, body }: GraphAnswer): ErrorObject {
  const error = fields(fields(body)['error']);
  const inner = fields(error['innerError'] ?? error['innererror']);
  const requestId = text(inner['request-id']) || text(headers['request-id']);
  return { code: text(error['code']), message: text(error['message']).trim(), requestId: requestId || undefined };
}

/** An object's fields; none where it is no object. */
export function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A field that should be a text; empty where it is none, and no words. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A field that should be a list of objects; empty where it is none. */
export function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(fields) : [];
}
