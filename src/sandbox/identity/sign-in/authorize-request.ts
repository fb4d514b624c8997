import { AadstsError } from '../failures/aadsts-error.js';
import type { AppRegistration } from '../apps/app-registration.js';
import type { Directory } from '../directory.js';
import { parseScopes, type RequestedScopes } from '../tokens/scopes.js';
import { tenantIdOf } from '../tenant-id.js';

/** How the answer gets to the redirect URL. */
export const responseModes = ['query', 'fragment', 'form_post'] as const;
export type ResponseMode = (typeof responseModes)[number];

/** What the redirect URL is given. */
export const responseTypes = ['code', 'id_token', 'code id_token'] as const;
export type ResponseType = (typeof responseTypes)[number];

const prompts: readonly (string | undefined)[] = ['login', 'none', 'consent', 'select_account', 'create', undefined];

/** Where the answer to an authorisation request goes. */
export interface ReplyAddress {
  readonly redirectUrl: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** An authorisation request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3). */
export interface AuthorizeRequest {
  readonly app: AppRegistration;
  readonly responseType: ResponseType;
  readonly reply: ReplyAddress;
  readonly scope: string;
  readonly requested: RequestedScopes;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly loginHint: string;
  readonly domainHint: string | undefined;
  readonly prompt: string | undefined;
  /** Seconds; OpenID Connect Core section 3.1.2.1. */
  readonly maxAge: number | undefined;
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
  const usual = query.get('response_type')?.includes('id_token') ? 'fragment' : 'query';
  const asked = query.get('response_mode') ?? usual;
  const responseMode = responseModes.find((mode) => mode === asked);
  if (!responseMode) throw new AadstsError(70007, { responseMode: asked });
  return { redirectUrl, responseMode, state: query.get('state') ?? undefined };
}

/**
 * The rest of the request. A failure here is answered at the reply address.
 * @throws AadstsError 70005, 501491, 70011, 90023, 500011, 900144
 */
export function parseAuthorizeRequest(
  directory: Directory,
  reply: ReplyAddress,
  query: URLSearchParams,
): AuthorizeRequest {
  const given = (name: string): string | undefined => query.get(name) ?? undefined;
  const responseType = responseTypeOf(query);
  const prompt = given('prompt');
  if (!prompts.includes(prompt)) throw new AadstsError(90023, { prompt: prompt ?? '' });
  const codeChallenge = given('code_challenge');
  if (codeChallenge && query.get('code_challenge_method') !== 'S256') throw new AadstsError(501491);
  const scope = given('scope') ?? '';
  return {
    app: directory.app(given('client_id') ?? ''),
    responseType,
    reply,
    scope,
    requested: parseScopes(scope),
    codeChallenge,
    nonce: given('nonce'),
    loginHint: given('login_hint') ?? '',
    domainHint: given('domain_hint'),
    prompt,
    maxAge: secondsIn(given('max_age')),
  };
}

function responseTypeOf(query: URLSearchParams): ResponseType {
  const asked = query.get('response_type') ?? '';
  const responseType = responseTypes.find((type) => type === asked.split(' ').toSorted().join(' '));
  if (!responseType) throw new AadstsError(70005, { responseType: asked });
  if (responseType !== 'code' && !query.get('nonce')) throw new AadstsError(900144, { parameter: 'nonce' });
  return responseType;
}

function secondsIn(value = ''): number | undefined {
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
