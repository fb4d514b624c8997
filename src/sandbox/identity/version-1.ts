import type { IdentityRequest } from './identity-request.js';
import type { TokenAnswer } from './tokens/user-tokens.js';

/**
 * The endpoints of version 1.0, which name a `resource` in place of scopes, said in version 2.0: all permissions of that
 * resource, and always who signed in. https://learn.microsoft.com/previous-versions/azure/active-directory/azuread-dev/v1-protocols-oauth-code
 */
export function asVersion2(request: IdentityRequest): IdentityRequest {
  const [query, form] = [new URLSearchParams(request.query), new URLSearchParams(request.form)];
  const isForApp = form.get('grant_type') === 'client_credentials';
  for (const fields of [query, form]) {
    const resource = fields.get('resource')?.replace(/\/+$/, '');
    if (resource) fields.set('scope', `${isForApp ? '' : 'openid profile offline_access '}${resource}/.default`);
    else if (fields === query) fields.set('scope', 'openid profile offline_access');
    else fields.delete('scope');
  }
  return { ...request, query, form };
}

/** What version 1.0 answers where version 2.0 answers this: numbers are texts, and the resource is named. */
export function asVersion1(answer: TokenAnswer, { form }: IdentityRequest, now: number): object {
  const { scope = '', expires_in: lifetime, ext_expires_in: extended, ...rest } = answer;
  const scopes = scope.split(' ').filter((name) => name.includes('://') && !name.endsWith('/.default'));
  const names = scopes.map((name) => name.slice(name.lastIndexOf('/') + 1));
  const [resource = ''] = /[a-z]+:\/\/\S*(?=\/[^/\s]+)/.exec(form.get('scope') ?? scope) ?? [];
  return {
    ...rest,
    ...(scope && { scope: names.join(' ') }),
    expires_in: String(lifetime),
    ext_expires_in: String(extended),
    expires_on: String(now + lifetime),
    not_before: String(now),
    resource,
  };
}
