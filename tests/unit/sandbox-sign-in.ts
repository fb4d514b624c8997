import { createHash, randomBytes } from 'node:crypto';
import { ConfidentialClientApplication, type ConfidentialClientApplication as Client } from '@azure/msal-node';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';

export const user = 'qa@contoso.com';
export const redirectUrl = 'http://localhost:3000/oauth/callback';
export const ewsScope = 'https://outlook.office365.com/EWS.AccessAsUser.All';
export const smtpScope = 'https://outlook.office.com/SMTP.Send';

export interface ClientOptions {
  readonly tenant?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** Microsoft's own client library, pointed at a sandbox. */
export function msalClient(sandbox: Sandbox, options: ClientOptions = {}): Client {
  const { tenant = 'contoso.com', clientId = 'sandbox', clientSecret = 'sandbox' } = options;
  const authority = `https://login.sandbox.invalid/${tenant}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority,
      knownAuthorities: ['login.sandbox.invalid'],
      authorityMetadata: JSON.stringify({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${sandbox.url}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${sandbox.url}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${sandbox.url}/${tenant}/discovery/v2.0/keys`,
      }),
    },
  });
}

export function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The address of the sign-in page, for a good request unless a parameter is given otherwise. */
export function authorizeUrl(
  sandbox: Sandbox,
  parameters: Readonly<Record<string, string>> = {},
  tenant = 'contoso.com',
): string {
  const url = new URL(`${sandbox.url}/${tenant}/oauth2/v2.0/authorize`);
  const all = {
    client_id: 'sandbox',
    response_type: 'code',
    redirect_uri: redirectUrl,
    scope: `openid profile offline_access ${ewsScope}`,
    state: 'a state',
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  return url.href;
}

export interface Page {
  readonly status: number;
  /** Where it redirects to. */
  readonly location: URL | undefined;
  readonly html: string;
}

/** Opens a page, or posts a form to it. */
export async function visit(url: string, form?: Readonly<Record<string, string>>): Promise<Page> {
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  const response = await fetch(url, { redirect: 'manual', ...init });
  const location = response.headers.get('location');
  return { status: response.status, location: location ? new URL(location) : undefined, html: await response.text() };
}

/** The fields that a page's form would send by itself. */
export function hiddenFields(page: Page): Record<string, string> {
  const inputs = page.html.matchAll(/<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
}

/** Fills in account and password; the page that follows. */
export async function enterPassword(url: string, account = user, password = 'secret'): Promise<Page> {
  const asked = await visit(url, { loginfmt: account });
  return visit(url, { ...hiddenFields(asked), passwd: password });
}

/** Goes on to what comes once a user has proved who they are: the consent page, where something is new. */
export async function identify(url: string, account = user): Promise<Page> {
  const page = await enterPassword(url, account);
  return visit(url, { ...hiddenFields(page), LoginOptions: '3' });
}

/** Signs in, and consents where that is asked for; the page that follows carries the code to the redirect URL. */
export async function signIn(url: string, account = user): Promise<Page> {
  const page = await identify(url, account);
  if (!page.html.includes('name="decision"')) return page;
  return visit(url, { ...hiddenFields(page), decision: 'accept' });
}

export interface TokenResponse {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Asks the token endpoint, as the app `sandbox` unless told otherwise. */
export async function askForTokens(
  sandbox: Sandbox,
  form: Readonly<Record<string, string>>,
  tenant = 'contoso.com',
): Promise<TokenResponse> {
  const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'sandbox', ...form });
  const response = await fetch(`${sandbox.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A sandbox, and a refresh token for its user. */
export async function signedInSandbox(options?: SandboxOptions): Promise<{ sandbox: Sandbox; refreshToken: string }> {
  const sandbox = await startSandbox(options);
  const scopes = [ewsScope, smtpScope, 'openid', 'profile', 'offline_access'];
  const refreshToken = sandbox.tokens.issueRefreshToken({ tenant: 'contoso.com', clientId: 'sandbox', user, scopes });
  return { sandbox, refreshToken };
}

/** A part of a JSON Web Token: 0 its header, 1 its claims. */
export function jwtPart(token: unknown, part: 0 | 1): Record<string, unknown> {
  const text = Buffer.from(String(token).split('.')[part] ?? '', 'base64url').toString();
  return JSON.parse(text) as Record<string, unknown>;
}
