import { createHash } from 'node:crypto';
import { jsonAnswer, type Answer } from '../../server/answer.js';
import type { Faults } from '../../faults.js';
import { AadstsError, describeFailure } from '../failures/aadsts-error.js';
import { authenticateClient } from '../apps/authenticate-client.js';
import type { AuthorizationCodes } from '../sign-in/authorization-codes.js';
import type { Clock } from '../clock.js';
import { deviceCodeGrants, type DeviceCodes } from '../device/device-codes.js';
import type { Directory } from '../directory.js';
import { issuerOf } from '../discovery.js';
import type { IdentityRequest } from '../identity-request.js';
import type { IssuedTokens } from './issued-tokens.js';
import { tokensOnBehalf } from './on-behalf-of.js';
import { requiredField } from '../required-field.js';
import { applicationPermissions } from './scopes.js';
import { takeFault } from '../failures/take-fault.js';
import { isShared, tenantIdOf } from '../tenant-id.js';
import { asVersion1 } from '../version-1.js';
import { userTokens, type TokenAnswer } from './user-tokens.js';

export interface TokenEndpointRooms {
  readonly directory: Directory;
  readonly codes: AuthorizationCodes;
  readonly deviceCodes: DeviceCodes;
  readonly tokens: IssuedTokens;
  readonly faults: Faults;
  readonly clock: Clock;
}

type Grant = (request: IdentityRequest, clientId: string) => TokenAnswer;

/** Gives tokens for codes, refresh tokens and client credentials. */
export class TokenEndpoint {
  readonly #rooms: TokenEndpointRooms;
  readonly #grants: Readonly<Record<string, Grant>> = {
    authorization_code: (request, clientId) => this.#authorizationCode(request, clientId),
    refresh_token: (request, clientId) => this.#refreshToken(request, clientId),
    client_credentials: (request, clientId) => this.#clientCredentials(request, clientId),
    'urn:ietf:params:oauth:grant-type:jwt-bearer': (request, clientId) =>
      tokensOnBehalf(this.#rooms, request, clientId),
    ...Object.fromEntries(deviceCodeGrants.map((name): [string, Grant] => [name, this.#deviceCode.bind(this)])),
  };

  constructor(rooms: TokenEndpointRooms) {
    this.#rooms = rooms;
  }

  answer(request: IdentityRequest): Answer {
    try {
      takeFault(this.#rooms.faults, 'token');
      const answer = this.#grant(request);
      return jsonAnswer(request.version === '1.0' ? asVersion1(answer, request, this.#rooms.tokens.seconds()) : answer);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const { status, body } = describeFailure(error, request.details);
      return jsonAnswer(body, status);
    }
  }

  #grant(request: IdentityRequest): TokenAnswer {
    if (request.method !== 'POST') throw new AadstsError(900561);
    tenantIdOf(request.tenant);
    const { clientId } = authenticateClient(this.#rooms, request);
    const grantType = requiredField(request, 'grant_type');
    const grant = Object.hasOwn(this.#grants, grantType) ? this.#grants[grantType] : undefined;
    if (!grant) throw new AadstsError(70003);
    return grant(request, clientId);
  }

  /** RFC 6749 section 4.1.3, RFC 7636 section 4.6. */
  #authorizationCode(request: IdentityRequest, clientId: string): TokenAnswer {
    const { codes, tokens } = this.#rooms;
    const grant = codes.redeem(requiredField(request, 'code'));
    if (grant.clientId !== clientId) throw new AadstsError(70000);
    if (grant.tenant !== tenantIdOf(request.tenant, grant.user)) throw new AadstsError(700005);
    if (grant.redirectUrl !== requiredField(request, 'redirect_uri')) throw new AadstsError(50011);
    if (grant.codeChallenge && grant.codeChallenge !== challengeOf(requiredField(request, 'code_verifier'))) {
      throw new AadstsError(501481);
    }
    return userTokens(tokens, request, { grant, scope: grant.scope, nonce: grant.nonce });
  }

  /** RFC 8628 section 3.4. */
  #deviceCode(request: IdentityRequest, clientId: string): TokenAnswer {
    const { deviceCodes, tokens } = this.#rooms;
    return userTokens(tokens, request, deviceCodes.redeem(requiredField(request, 'device_code'), clientId));
  }

  /** RFC 6749 section 6. */
  #refreshToken(request: IdentityRequest, clientId: string): TokenAnswer {
    const { tokens, directory } = this.#rooms;
    const grant = tokens.redeem(requiredField(request, 'refresh_token'));
    const { user } = grant;
    const isOurs = grant.clientId === clientId && grant.tenant === tenantIdOf(request.tenant, user);
    if (!isOurs) throw new AadstsError(70000);
    directory.checkEnabled(user);
    if (directory.requiresMfa(user) && !grant.mfa)
      throw new AadstsError(50076, { resource: 'Office 365 Exchange Online' });
    const scopes = [...directory.consents(user, clientId)];
    if (!scopes.length) throw new AadstsError(65001);
    return userTokens(tokens, request, { grant: { ...grant, scopes }, scope: grant.scopes.join(' ') });
  }

  /** RFC 6749 section 4.4. */
  #clientCredentials(request: IdentityRequest, clientId: string): TokenAnswer {
    const { tokens } = this.#rooms;
    const { resource, roles } = applicationPermissions(requiredField(request, 'scope'));
    if (isShared(request.tenant)) throw new AadstsError(50059);
    const tenant = tenantIdOf(request.tenant);
    const issuer = issuerOf(request.origin, tenant);
    const grant = { tenant, clientId, user: undefined, scopes: [], roles, audience: resource };
    return {
      token_type: 'Bearer',
      expires_in: tokens.accessTokenLifetime,
      ext_expires_in: tokens.accessTokenLifetime,
      access_token: tokens.issueAccessToken({ ...grant, issuer }),
    };
  }
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
