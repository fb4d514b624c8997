import { AadstsError } from '../failures/aadsts-error.js';
import type { Directory } from '../directory.js';
import type { IdentityRequest } from '../identity-request.js';
import { requiredField } from '../required-field.js';
import type { IssuedTokens } from './issued-tokens.js';
import { parseScopes, scopeOf } from './scopes.js';
import { userTokens, type TokenAnswer } from './user-tokens.js';

export interface OnBehalfRooms {
  readonly directory: Directory;
  readonly tokens: IssuedTokens;
}

/**
 * The tokens with which an API that a user called calls the next one for them, as if an administrator had consented to it.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 * @throws AadstsError 900144, 50013, 500131, 7000114, 50057, 50076, and those of scopes
 */
export function tokensOnBehalf(rooms: OnBehalfRooms, request: IdentityRequest, clientId: string): TokenAnswer {
  if (requiredField(request, 'requested_token_use') !== 'on_behalf_of') throw new AadstsError(70003);
  const { directory, tokens } = rooms;
  const called = tokens.verify(requiredField(request, 'assertion'));
  if (!called) throw new AadstsError(50013, { reason: 'The key was not found.' });
  if (called.audience !== `api://${clientId}` && called.audience !== clientId) throw new AadstsError(500131);
  const { user, tenant, mfa = false } = called;
  if (user === undefined) throw new AadstsError(7000114);
  directory.checkEnabled(user);
  if (directory.requiresMfa(user) && !mfa) throw new AadstsError(50076, { resource: 'Microsoft Graph' });
  const scope = requiredField(request, 'scope');
  const { openId, permissions } = parseScopes(scope);
  const grant = { tenant, clientId, user, mfa, scopes: [...openId, ...permissions.map(scopeOf)] };
  return userTokens(tokens, request, { grant, scope });
}
