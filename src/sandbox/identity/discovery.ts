import { responseModes, responseTypes } from './sign-in/authorize-request.js';
import { isShared, tenantIdOf } from './tenant-id.js';

/**
 * OpenID Connect Discovery 1.0, section 3: where the endpoints of a tenant are.
 * @throws AadstsError 90002
 */
export function openIdConfiguration(origin: string, tenant: string): object {
  const tenantId = tenantIdOf(tenant);
  const base = `${origin}/${tenant}`;
  return {
    // Whose it is shows only once somebody has signed in: Microsoft leaves the place open.
    issuer: issuerOf(origin, isShared(tenant) ? '{tenantid}' : tenantId),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    response_types_supported: responseTypes,
    response_modes_supported: responseModes,
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'email', 'tid', 'ver'],
    request_uri_parameter_supported: false,
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: 'graph.microsoft.com',
  };
}

/** The same for the endpoints of version 1.0. @throws AadstsError 90002 */
export function openIdConfigurationOfVersion1(origin: string, tenant: string): object {
  const { device_authorization_endpoint: _, ...common } = openIdConfiguration(origin, tenant) as Record<
    string,
    unknown
  >;
  const base = `${origin}/${tenant}`;
  return {
    ...common,
    issuer: issuerOfVersion1(origin, isShared(tenant) ? '{tenantid}' : tenantIdOf(tenant)),
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    end_session_endpoint: `${base}/oauth2/logout`,
    jwks_uri: `${base}/discovery/keys`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'upn', 'unique_name', 'name', 'tid', 'ver'],
  };
}

/**
 * Which host to trust for an authority, as Microsoft's clients ask before they sign in anywhere: the sandbox is its
 * own cloud.
 */
export function instanceDiscovery(origin: string, authorizationEndpoint: string | null): object {
  const [, tenant = 'common'] = /^https?:\/\/[^/]+\/([^/?#]+)/.exec(authorizationEndpoint ?? '') ?? [];
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

/** Who a tenant's tokens are from. */
export function issuerOf(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0`;
}

/** The same of version 1.0, where Microsoft's is https://sts.windows.net/. */
export function issuerOfVersion1(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/`;
}
