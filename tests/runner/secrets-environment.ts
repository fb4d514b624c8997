import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import type { AppRegistration, Sandbox } from '../../src/sandbox/index.js';
import { createAppCertificate } from '../support/app-certificate.js';
import { signAssertion } from '../support/client-assertion.js';
import type { RecordingProxy } from './recording-proxy.js';

/** The app `a-certified-app` proves itself with it. */
const certificate = createAppCertificate();

/** What Entra ID trusts in place of a secret of `a-federated-app`. */
const trusted = { issuer: 'https://pipelines.contoso.com', subject: 'repo:contoso/app' };

/** The apps that sign in, but for the one that everybody may use a device code with. */
export function secretsApps({ CLIENT_SECRET: clientSecret }: Secrets): AppRegistration[] {
  return [
    { clientId: 'an-app', clientSecret },
    { clientId: 'a-certified-app', certificates: [certificate.cert] },
    { clientId: 'a-federated-app', federatedCredentials: [trusted] },
  ];
}

/** The secrets of `secrets-suite.ts`. */
export type Secrets = ReturnType<typeof createSecrets>;

export function createSecrets() {
  return {
    CERTIFICATE_KEY: certificate.key,
    FEDERATED_TOKEN: federatedToken(),
    CLIENT_SECRET: newSecret(),
    WRONG_SECRET: newSecret(),
    PASSWORD: newSecret(),
    WRONG_PASSWORD: newSecret(),
    PROXY_PASSWORD: newSecret(),
    PRIVATE_KEY: generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    /** What only stands in the bodies of mails, and their attachments. */
    BODY: newSecret(),
    PLAYWRIGHT_EXCHANGE_KEY: newSecret(),
  };
}

/** The environment of `secrets-suite.ts`: all sign-ins go by way of the proxy. */
export function secretsEnvironment(secrets: Secrets, sandbox: Sandbox, proxy: RecordingProxy): Record<string, string> {
  const proxyUrl = (port: number, { protocol = 'http', user = 'qa' } = {}): string =>
    `${protocol}://${user}:${encodeURIComponent(secrets.PROXY_PASSWORD)}@127.0.0.1:${port}`;
  const exported = (account: string, clientId?: string): string =>
    exportedToken({ sandbox, cloud: proxy.url, account, ...(clientId && { clientId }) });
  return {
    ...sandbox.env,
    ...secrets,
    CERTIFICATE: certificate.cert,
    SIGN_IN: proxy.url,
    IMAP_TLS: `127.0.0.1:${sandbox.imap.tlsPort}`,
    PROXY: proxyUrl(proxy.port),
    WRONG_PROXY: proxyUrl(proxy.port, { user: 'nobody' }),
    NO_PROXY_THERE: proxyUrl(1),
    NO_SOCKS_PROXY_THERE: proxyUrl(1, { protocol: 'socks5' }),
    UNKNOWN_PROXY: proxyUrl(1, { protocol: 'gopher' }),
    FAULTY_PROXY: proxyUrl(99_999),
    PLAYWRIGHT_EXCHANGE_TOKEN_REVOKED: exported('revoked@contoso.com'),
    PLAYWRIGHT_EXCHANGE_TOKEN_EXPIRED: exported('expired@contoso.com'),
    PLAYWRIGHT_EXCHANGE_TOKEN_CHANGED: exported('qa@contoso.com', 'another-app'),
    PLAYWRIGHT_EXCHANGE_TOKEN_GARBLED: exported('qa@contoso.com').slice(1),
  };
}

interface SignedIn {
  readonly sandbox: Sandbox;
  readonly cloud: string;
  readonly account: string;
  readonly clientId?: string;
}

/** A sign-in as it is carried to where nobody can sign in. */
function exportedToken({ sandbox, cloud, account, clientId = 'an-app' }: SignedIn): string {
  const [tenantId, scopes] = ['contoso.com', 'https://outlook.office365.com/EWS.AccessAsUser.All'];
  const grant = { tenant: tenantId, clientId, user: account, scopes: [scopes] };
  const refreshToken = sandbox.tokens.issueRefreshToken(grant);
  const fingerprint = { tenantId, clientId, scopes, cloud, user: account };
  return encodeExportedToken({ v: 1, refreshToken, issuedAt: new Date().toISOString(), fingerprint, account });
}

function federatedToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 3600 };
  const claims = { iss: trusted.issuer, sub: trusted.subject, aud: 'api://AzureADTokenExchange', ...times };
  return signAssertion(certificate.key, claims, { alg: 'RS256' });
}

/** With characters that every encoding writes in a way of its own. */
function newSecret(): string {
  return `${randomBytes(16).toString('hex')} &"'<ä/%+=`;
}
