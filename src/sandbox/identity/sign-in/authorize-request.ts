import { AadstsError } from '../failures/aadsts-error.js';
import type { AppRegistration } from '../apps/app-registration.js';
import type { Directory } from '../directory.js';
import { parseScopes, type RequestedScopes } from '../tokens/scopes.js';
import { tenantIdOf } from '../tenant-id.js';

/** Where the answer to an authorisation request goes. */
export interface ReplyAddress {
  readonly redirectUrl: string;
  readonly responseMode: string;
  readonly state: string | undefined;
}

/** An authorisation request (RFC 6749 section 4.1.1, RFC 7636 section 4.3). */
export interface AuthorizeRequest {
  readonly app: AppRegistration;
  readonly reply: ReplyAddress;
  readonly scope: string;
  readonly requested: RequestedScopes;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly loginHint: string;
  readonly prompt: string | undefined;
}

/**
 * Who asks, and where the answer goes. A failure here is shown to the user and sent nowhere
 * (RFC 6749 section 4.1.2.1).
 * @throws AadstsError 90002, 700016, 50011, 70007
 */
export function parseReplyAddress(directory: Directory, tenant: string, query: URLSearchParams): ReplyAddress {
  tenantIdOf(tenant);
  const app = directory.app(query.get('client_id') ?? '');
  const redirectUrl = query.get('redirect_uri') ?? '';
  directory.checkRedirectUrl(app, redirectUrl);
  const responseMode = query.get('response_mode') ?? 'query';
  if (responseMode !== 'query' && responseMode !== 'form_post') throw new AadstsError(70007, { responseMode });
  return { redirectUrl, responseMode, state: query.get('state') ?? undefined };
}

/**
 * The rest of the request. A failure here is answered at the reply address.
 * @throws AadstsError 70005, 501491, 70011, 500011
 */
export function parseAuthorizeRequest(
  directory: Directory,
  reply: ReplyAddress,
  query: URLSearchParams,
): AuthorizeRequest {
  const responseType = query.get('response_type') ?? '';
  if (responseType !== 'code') throw new AadstsError(70005, { responseType });
  const codeChallenge = query.get('code_challenge') ?? undefined;
  if (codeChallenge && query.get('code_challenge_method') !== 'S256') throw new AadstsError(501491);
  const scope = query.get('scope') ?? '';
  return {
    app: directory.app(query.get('client_id') ?? ''),
    reply,
    scope,
    requested: parseScopes(scope),
    codeChallenge,
    nonce: query.get('nonce') ?? undefined,
    loginHint: query.get('login_hint') ?? '',
    prompt: query.get('prompt') ?? undefined,
  };
}
