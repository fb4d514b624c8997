import type { ResolvedCloud } from '../config/clouds.js';
import type { ResolvedOAuth2 } from '../config/resolved.js';

/**
 * Where an administrator grants an app, for everybody, the permissions that its registration asks for:
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function adminConsentUrl({ tenantId, clientId }: ResolvedOAuth2, { login }: ResolvedCloud): string {
  return `${login}/${tenantId}/adminconsent?client_id=${clientId}`;
}

/** Scopes as people read them: `Mail.ReadWrite, Mail.Send of graph.microsoft.com`. */
export function describeScopes(scopes: readonly string[]): string {
  const byResource = new Map<string, string[]>();
  for (const scope of scopes) {
    const [, resource = '', name = scope] = /^https?:\/\/(.*)\/([^/]+)$/.exec(scope) ?? [];
    byResource.set(resource, [...(byResource.get(resource) ?? []), name]);
  }
  return [...byResource].map(([resource, names]) => names.join(', ') + (resource && ` of ${resource}`)).join(', ');
}
