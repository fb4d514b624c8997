import { createHash } from 'node:crypto';
import { jsonAnswer, type Answer } from '../answer.js';
import type { Faults } from '../faults.js';
import { AadstsError, describeFailure } from './aadsts-error.js';
import type { AuthorizationCodes } from './authorization-codes.js';
import { clientCredentials } from './client-credentials.js';
import { tenantIdOf, type Directory } from './directory.js';
import type { IdentityRequest } from './identity-request.js';
import type { IssuedTokens } from './issued-tokens.js';
import { applicationPermissions } from './scopes.js';
import { userTokens, type TokenAnswer } from './user-tokens.js';

export interface TokenEndpointRooms {
  readonly directory: Directory;
  readonly codes: AuthorizationCodes;
  readonly tokens: IssuedTokens;
  readonly faults: Faults;
}

const ninetyDays = 90 * 86_400_000;

/** Gives tokens for codes, refresh tokens and client credentials. */
export class TokenEndpoint {
  readonly #rooms: TokenEndpointRooms;

  constructor(rooms: TokenEndpointRooms) {
    this.#rooms = rooms;
  }

  answer(request: IdentityRequest): Answer {
    try {
      this.#strike();
      return jsonAnswer(this.#grant(request));
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const { status, body } = describeFailure(error, request.details);
      return jsonAnswer(body, status);
    }
  }

  /** Fails where a fault was asked for. */
  #strike(): void {
    const { faults } = this.#rooms;
    const fault = faults.token;
    if (!fault) return;
    if (fault.times !== undefined && --fault.times <= 0) faults.token = undefined;
    const issuedAt = new Date(Date.now() - ninetyDays).toISOString();
    throw new AadstsError(fault.code, { issuedAt, resource: 'https://outlook.office365.com' });
  }

  #grant(request: IdentityRequest): TokenAnswer {
    if (request.method !== 'POST') throw new AadstsError(900561);
    tenantIdOf(request.tenant);
    const { clientId, clientSecret } = clientCredentials(request);
    this.#rooms.directory.authenticate(clientId, clientSecret);
    const grantType = required(request, 'grant_type');
    if (grantType === 'authorization_code') return this.#authorizationCode(request, clientId);
    if (grantType === 'refresh_token') return this.#refreshToken(request, clientId);
    if (grantType === 'client_credentials') return this.#clientCredentials(request, clientId);
    throw new AadstsError(70003);
  }

  /** RFC 6749 section 4.1.3, RFC 7636 section 4.6. */
  #authorizationCode(request: IdentityRequest, clientId: string): TokenAnswer {
    const { codes, tokens } = this.#rooms;
    const grant = codes.redeem(required(request, 'code'));
    if (grant.clientId !== clientId) throw new AadstsError(70000);
    if (grant.tenant !== tenantIdOf(request.tenant, grant.user)) throw new AadstsError(700005);
    if (grant.redirectUrl !== required(request, 'redirect_uri')) throw new AadstsError(50011);
    if (grant.codeChallenge && grant.codeChallenge !== challengeOf(required(request, 'code_verifier'))) {
      throw new AadstsError(501481);
    }
    return userTokens(tokens, request, { grant, scope: grant.scope, nonce: grant.nonce });
  }

  /** RFC 6749 section 6. */
  #refreshToken(request: IdentityRequest, clientId: string): TokenAnswer {
    const { tokens } = this.#rooms;
    const grant = tokens.redeem(required(request, 'refresh_token'));
    const isOurs = grant.clientId === clientId && grant.tenant === tenantIdOf(request.tenant, grant.user);
    if (!isOurs) throw new AadstsError(70000);
    return userTokens(tokens, request, { grant, scope: grant.scopes.join(' ') });
  }

  /** RFC 6749 section 4.4. */
  #clientCredentials(request: IdentityRequest, clientId: string): TokenAnswer {
    const { tokens } = this.#rooms;
    const { resource, roles } = applicationPermissions(required(request, 'scope'));
    const tenant = tenantIdOf(request.tenant);
    const issuer = `${request.origin}/${tenant}/v2.0`;
    const grant = { tenant, clientId, user: undefined, scopes: [], roles, audience: resource };
    return {
      token_type: 'Bearer',
      expires_in: tokens.accessTokenLifetime,
      ext_expires_in: tokens.accessTokenLifetime,
      access_token: tokens.issueAccessToken({ ...grant, issuer }),
    };
  }
}

function required({ form }: IdentityRequest, parameter: string): string {
  const value = form.get(parameter);
  if (!value) throw new AadstsError(900144, { parameter });
  return value;
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
