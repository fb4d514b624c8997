import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import { fingerprintOf } from '../../src/auth/store/fingerprint.js';
import { tokenVariable } from '../../src/auth/store/token-variable.js';
import type { ConnectionDefinition, EwsDefinition, OAuth2Definition } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../../src/config/resolved.js';
import type { Sandbox } from '../../src/sandbox/index.js';

/** How a person's connection signs in to the sandbox. */
export function personAuth(sandbox: Sandbox): OAuth2Definition {
  return {
    type: 'oauth2',
    tenantId: 'contoso.com',
    clientId: 'sandbox',
    clientSecret: 'sandbox',
    redirectUrl: 'http://localhost:3000/oauth/callback',
    cloud: sandbox.url as `http://${string}`,
  };
}

/** A connection that a person signs in to. */
export function personDefinition(sandbox: Sandbox): EwsDefinition {
  return {
    protocol: 'ews',
    host: sandbox.url,
    user: 'qa@contoso.com',
    proxy: 'none',
    addressing: 'plus',
    auth: personAuth(sandbox),
  };
}

export interface SignedInConnection {
  readonly connection: ResolvedConnection;
  readonly auth: ResolvedOAuth2;
  /** The sign-in's exported token, in the connection's variable. */
  readonly environment: Record<string, string>;
}

/** The connection `MSOAuthHost`, to which somebody has signed in. */
export async function signedInConnection(
  sandbox: Sandbox,
  definition: ConnectionDefinition = personDefinition(sandbox),
  account = 'qa@contoso.com',
): Promise<SignedInConnection> {
  const connection = await resolveConnection('MSOAuthHost', definition, {});
  const auth = connection.auth as ResolvedOAuth2;
  const { scopes, clientId } = auth;
  const exported = encodeExportedToken({
    v: 1,
    refreshToken: sandbox.tokens.issueRefreshToken({ tenant: 'contoso.com', clientId, user: account, scopes }),
    issuedAt: new Date().toISOString(),
    fingerprint: fingerprintOf(connection, auth),
    account,
  });
  return { connection, auth, environment: { [tokenVariable('MSOAuthHost')]: exported } };
}
