import { AadstsError } from '../failures/aadsts-error.js';
import type { AppRegistration } from './app-registration.js';
import { checkClientAssertion } from './client-assertion.js';
import { clientCredentials } from './client-credentials.js';
import type { Clock } from '../clock.js';
import { deviceCodeGrants } from '../device/device-codes.js';
import type { Directory } from '../directory.js';
import type { IdentityRequest } from '../identity-request.js';

/** Grants that an app gets without any proof of who it is: for a user who signs in on it, or on another device. */
const codeGrants: readonly (string | null)[] = ['authorization_code', 'refresh_token'];
const publicGrants: readonly (string | null)[] = ['refresh_token', ...deviceCodeGrants];

/**
 * Who asks the token endpoint, once that is proved: by a secret, by an assertion (RFC 7523), or not at all.
 * @throws AadstsError 900144, 700016, 700025, 7000215, 7000216, 7000218, 7000222, 9002326,
 * 9002327, and those of an assertion
 */
export function authenticateClient(
  { directory, clock }: { readonly directory: Directory; readonly clock: Clock },
  request: IdentityRequest,
): AppRegistration {
  const { clientId, clientSecret, clientAssertion } = clientCredentials(request);
  const app = directory.app(clientId);
  checkOrigin(app, request);
  if (!clientSecret && !clientAssertion) return checkPublic(app, request.form.get('grant_type'));
  if (isPublicOnly(app)) throw new AadstsError(700025);
  if (clientAssertion) checkClientAssertion(app, clientAssertion, { request, now: clock.now() });
  else checkSecret(app, clientSecret);
  return app;
}

function checkPublic(app: AppRegistration, grantType: string | null): AppRegistration {
  const grants = [...(app.publicClient ? publicGrants : []), ...(isProvedByCode(app) ? codeGrants : [])];
  if (grants.includes(grantType)) return app;
  throw new AadstsError(grantType === 'client_credentials' ? 7000216 : 7000218);
}

/** Pages come for the tokens of single-page apps, and of no others. */
function checkOrigin(app: AppRegistration, { form, pageOrigin }: IdentityRequest): void {
  if (!codeGrants.includes(form.get('grant_type'))) return;
  if (pageOrigin !== undefined && app.platform !== 'spa') throw new AadstsError(9002326, { origin: pageOrigin });
  if (pageOrigin === undefined && app.platform === 'spa') throw new AadstsError(9002327);
}

/** A code proves itself, by PKCE (RFC 7636), where the app can keep no secret. */
function isProvedByCode({ platform }: AppRegistration): boolean {
  return platform === 'spa' || platform === 'desktop';
}

function checkSecret(app: AppRegistration, clientSecret: string | undefined): void {
  if (clientSecret !== app.clientSecret) throw new AadstsError(7000215);
  if (app.secretExpired) throw new AadstsError(7000222);
}

function isPublicOnly({ publicClient, clientSecret, certificates, federatedCredentials }: AppRegistration): boolean {
  return Boolean(publicClient) && !clientSecret && !certificates?.length && !federatedCredentials?.length;
}
