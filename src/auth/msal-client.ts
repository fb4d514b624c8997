import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { ResolvedCloud } from '../config/clouds.js';
import type { ResolvedOAuth2 } from '../config/resolved.js';
import type { MsalNetwork } from './msal-network.js';

/** Makes MSAL's client for an app registration. MSAL is loaded here, when it is first needed. */
export async function createMsalClient(
  auth: ResolvedOAuth2,
  cloud: ResolvedCloud,
  network: MsalNetwork,
): Promise<ConfidentialClientApplication> {
  const { ConfidentialClientApplication: Client } = await import('@azure/msal-node');
  return new Client({
    auth: {
      clientId: auth.clientId,
      clientSecret: auth.clientSecret,
      ...(cloud.isStandIn
        ? standInAuthority(auth.tenantId, cloud.login)
        : { authority: `${cloud.login}/${auth.tenantId}` }),
    },
    system: { networkClient: network, loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false } },
  });
}

/** MSAL takes an authority by https only; a stand-in's endpoints may be plain http on loopback. */
function standInAuthority(
  tenant: string,
  login: string,
): { authority: string; knownAuthorities: string[]; authorityMetadata: string } {
  const host = 'login.sandbox.invalid';
  const endpoints = `${login}/${tenant}/oauth2/v2.0`;
  return {
    authority: `https://${host}/${tenant}`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify({
      issuer: `${login}/${tenant}/v2.0`,
      authorization_endpoint: `${endpoints}/authorize`,
      token_endpoint: `${endpoints}/token`,
      jwks_uri: `${login}/${tenant}/discovery/v2.0/keys`,
      end_session_endpoint: `${endpoints}/logout`,
    }),
  };
}
