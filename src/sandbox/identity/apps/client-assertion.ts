import { createPublicKey, X509Certificate } from 'node:crypto';
import { AadstsError } from '../failures/aadsts-error.js';
import type { AppRegistration, FederatedCredential } from './app-registration.js';
import type { IdentityRequest } from '../identity-request.js';
import { isSignedWith, parseJsonWebToken, type JsonWebToken } from '../tokens/json-web-token.js';
import { tenantIdOf } from '../tenant-id.js';

export interface AssertionContext {
  readonly request: IdentityRequest;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Checks an app's assertion: one that it signed itself with the key of a certificate, or another issuer's.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 * @throws AadstsError 50013, 50027, 700021, 700023, 700024, 700027, 700211, 700212, 700213
 */
export function checkClientAssertion(app: AppRegistration, assertion: string, context: AssertionContext): void {
  const token = parseJsonWebToken(assertion);
  if (!token) throw new AadstsError(50027);
  if (isOwn(token, app)) checkOwn(token, app, context);
  else checkFederated(token, app);
  checkTime(token, context.now);
}

/** An app names itself as the issuer; any other issuer is one that it is federated with. */
function isOwn({ claims, header }: JsonWebToken, { clientId }: AppRegistration): boolean {
  return claims['iss'] === clientId || 'x5t' in header || 'x5t#S256' in header;
}

function checkOwn(token: JsonWebToken, app: AppRegistration, { request, now }: AssertionContext): void {
  const { claims } = token;
  if (claims['iss'] !== app.clientId || claims['sub'] !== app.clientId) throw new AadstsError(700021);
  checkSignature(token, app, now);
  if (!audiences(request).includes(String(claims['aud']))) throw new AadstsError(700023);
}

function checkSignature(token: JsonWebToken, { certificates = [] }: AppRegistration, now: number): void {
  const thumbprint = thumbprintOf(token);
  const wrong = (reason: string): AadstsError => new AadstsError(700027, { reason, thumbprint });
  const certificate = certificates
    .map((pem) => new X509Certificate(pem))
    .find(({ fingerprint, fingerprint256 }) => [fingerprint, fingerprint256].map(plain).includes(thumbprint));
  if (!certificate) throw wrong('The key was not found.');
  if (Date.parse(certificate.validTo) < now) throw wrong('The key used is expired.');
  if (!isSignedWith(token, certificate.publicKey)) {
    throw wrong('The provided signature value did not match the expected signature value.');
  }
}

/** RFC 7515 sections 4.1.7 and 4.1.8, in hexadecimal as Microsoft shows it. */
function thumbprintOf({ header }: JsonWebToken): string {
  const thumbprint = header['x5t#S256'] ?? header['x5t'];
  return Buffer.from(String(thumbprint), 'base64url').toString('hex').toUpperCase();
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(':', '');
}

/** The token endpoint or the issuer of the tenant that is asked. */
function audiences({ origin, tenant }: IdentityRequest): string[] {
  const tenants = [tenant, tenantIdOf(tenant)];
  return tenants.flatMap((name) => [`${origin}/${name}/oauth2/v2.0/token`, `${origin}/${name}/v2.0`]);
}

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
function checkFederated(token: JsonWebToken, { federatedCredentials = [] }: AppRegistration): void {
  const [issuer, subject, audience] = ['iss', 'sub', 'aud'].map((claim) => String(token.claims[claim]));
  const ofIssuer = federatedCredentials.filter((credential) => credential.issuer === issuer);
  if (!ofIssuer.length) throw new AadstsError(700211, { issuer });
  const ofSubject = ofIssuer.filter((credential) => credential.subject === subject);
  if (!ofSubject.length) throw new AadstsError(700213, { subject });
  const found = ofSubject.find((credential) => audienceOf(credential) === audience);
  if (!found) throw new AadstsError(700212, { audience });
  if (found.publicKey && !isSignedWith(token, createPublicKey(found.publicKey))) {
    throw new AadstsError(50013, {
      reason: 'The provided signature value did not match the expected signature value.',
    });
  }
}

function audienceOf({ audience = 'api://AzureADTokenExchange' }: FederatedCredential): string {
  return audience;
}

function checkTime({ claims }: JsonWebToken, now: number): void {
  const [from, until] = [claims['nbf'] ?? claims['iat'] ?? 0, claims['exp'] ?? 0].map(Number) as [number, number];
  // Clocks may differ by five minutes.
  const skew = 300_000;
  if (from * 1000 - skew <= now && now < until * 1000 + skew) return;
  const [validFrom, validUntil] = [from, until].map((seconds) => time(seconds * 1000));
  throw new AadstsError(700024, { now: time(now), validFrom, validUntil });
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
