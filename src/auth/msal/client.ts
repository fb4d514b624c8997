import type { ConfidentialClientApplication, NodeAuthOptions, PublicClientApplication } from '@azure/msal-node';
import type { ResolvedCloud } from '../../config/clouds.js';
import type { ClientCredential } from '../../config/resolved.js';
import { readAssertion } from '../assertion/read-assertion.js';
import type { MsalNetwork } from './network.js';
import type { MsalSessionOptions } from './session-options.js';

/** MSAL's client for an app that can prove who it is, or for one that can't. */
export type MsalClient = ConfidentialClientApplication | PublicClientApplication;

/** Makes MSAL's client for an app registration. MSAL is loaded here, when it is first needed. */
export async function createMsalClient(options: MsalSessionOptions, network: MsalNetwork): Promise<MsalClient> {
  const { ConfidentialClientApplication: Confidential, PublicClientApplication: Public } =
    await import('../../vendor/msal-node.js');
  const { clientId, tenantId, credential } = options.auth;
  const app = { clientId, ...authorityOf(options.connection.cloud, tenantId) };
  const system = { networkClient: network, loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false } };
  if (!credential) return new Public({ auth: app, system });
  return new Confidential({ auth: { ...app, ...proofOf(credential, options) }, system });
}

function proofOf(credential: ClientCredential, options: MsalSessionOptions): Partial<NodeAuthOptions> {
  if (credential.type === 'secret') return { clientSecret: credential.secret };
  if (credential.type === 'assertion') return { clientAssertion: () => readAssertion(credential.source, options) };
  const { thumbprint, privateKey } = credential;
  return { clientCertificate: { thumbprintSha256: thumbprint, privateKey } };
}

function authorityOf(cloud: ResolvedCloud, tenant: string): Partial<NodeAuthOptions> {
  return cloud.isStandIn ? standInAuthority(tenant, cloud.login) : { authority: `${cloud.login}/${tenant}` };
}

/** MSAL takes an authority by https only; a stand-in's endpoints may be plain http on loopback. */
function standInAuthority(tenant: string, login: string): Partial<NodeAuthOptions> {
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
