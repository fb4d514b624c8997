import type { IncomingMessage } from 'node:http';
import { readBody } from '../server/read-body.js';
import { readSession } from './sign-in/session-cookie.js';
import type { FailureDetails } from './failures/aadsts-error.js';

/** A request to the identity platform, read whole. */
export interface IdentityRequest {
  readonly method: string;
  /** The tenant as the path names it. */
  readonly tenant: string;
  /** Which version of the platform's endpoints it came to. */
  readonly version: '1.0' | '2.0';
  /** Scheme, host and port of the sandbox. */
  readonly origin: string;
  readonly query: URLSearchParams;
  /** The fields of a posted form. */
  readonly form: URLSearchParams;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The origin of the web page whose script sent it. */
  readonly pageOrigin: string | undefined;
  /** What names the session of the browser that it came from. */
  readonly session: string;
  /** What a failure's text may name. */
  readonly details: FailureDetails;
}

/** In octets: no form has more. */
const maxForm = 1024 * 1024;

/** Nothing where whoever sent it went away. */
export async function readIdentityRequest(
  request: IncomingMessage,
  url: URL,
  tenant: string,
): Promise<IdentityRequest | undefined> {
  const body = await readBody(request, maxForm);
  if (!body) return undefined;
  const form = new URLSearchParams(request.method === 'POST' ? body.toString() : '');
  const query = url.searchParams;
  const given = (name: string): string | undefined => form.get(name) ?? query.get(name) ?? undefined;
  const header = request.headers['client-request-id'];
  return {
    method: request.method ?? '',
    tenant,
    version: /\/oauth2\/(?!v2\.0\/)/.test(url.pathname) ? '1.0' : '2.0',
    origin: url.origin,
    query,
    form,
    authorization: request.headers.authorization,
    pageOrigin: request.headers.origin,
    session: readSession(request.headers.cookie),
    details: {
      method: request.method,
      tenant,
      clientId: given('client_id'),
      redirectUrl: given('redirect_uri'),
      scope: given('scope'),
      grantType: given('grant_type'),
      correlationId: given('client-request-id') ?? (typeof header === 'string' ? header : undefined),
    },
  };
}
