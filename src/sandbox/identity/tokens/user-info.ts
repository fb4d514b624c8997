import { jsonAnswer, type Answer } from '../../server/answer.js';
import { tokenIn } from '../../server/bearer-token.js';
import type { IdentityRequest } from '../identity-request.js';
import { nameOf, subjectOf } from './id-token.js';
import { graphUrl } from './scopes.js';
import type { Tokens } from './tokens.js';

/** Who a token is of (OpenID Connect Core section 5.3); the endpoint is Graph's, so that it takes Graph's tokens. */
export function userInfo(tokens: Tokens, { authorization }: IdentityRequest): Answer {
  const grant = tokens.verify(tokenIn(authorization) ?? '');
  if (!grant?.user || grant.audience !== graphUrl) return refusal;
  const { user, clientId } = grant;
  return jsonAnswer({
    sub: subjectOf(clientId, user),
    name: nameOf(user),
    email: user,
    picture: `${graphUrl}/v1.0/me/photo/$value`,
  });
}

const refusal: Answer = {
  ...jsonAnswer({ error: { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' } }, 401),
  headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Bearer realm=""' },
};
