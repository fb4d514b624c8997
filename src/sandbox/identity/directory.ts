import { createHash } from 'node:crypto';
import { AadstsError } from './aadsts-error.js';

/** An app registration that the sandbox knows. */
export interface AppRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * The redirect URLs registered under **Web**, compared letter by letter.
   * @default any `https:` URL, and any `http:` URL on this machine
   */
  readonly redirectUrls?: readonly string[];
  /** The secret is right but has expired (AADSTS7000222). @default false */
  readonly secretExpired?: boolean;
}

const sandboxApp: AppRegistration = { clientId: 'sandbox', clientSecret: 'sandbox' };
const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** The apps of the sandbox's identity platform. */
export class Directory {
  readonly #apps: ReadonlyMap<string, AppRegistration>;

  constructor(apps: readonly AppRegistration[] = []) {
    this.#apps = new Map([sandboxApp, ...apps].map((app) => [app.clientId, app]));
  }

  /** @throws AadstsError 700016 */
  app(clientId: string): AppRegistration {
    const app = this.#apps.get(clientId);
    if (!app) throw new AadstsError(700016, { clientId });
    return app;
  }

  /** Checks a client's secret. @throws AadstsError 700016, 7000218, 7000215, 7000222 */
  authenticate(clientId: string, clientSecret: string | undefined): void {
    const app = this.app(clientId);
    if (!clientSecret) throw new AadstsError(7000218);
    if (clientSecret !== app.clientSecret) throw new AadstsError(7000215);
    if (app.secretExpired) throw new AadstsError(7000222);
  }

  /** @throws AadstsError 50011 */
  checkRedirectUrl(app: AppRegistration, redirectUrl: string): void {
    const known = app.redirectUrls ? app.redirectUrls.includes(redirectUrl) : isUsual(redirectUrl);
    if (!known) throw new AadstsError(50011, { redirectUrl });
  }
}

/**
 * A tenant's ID. Every GUID and every domain is a tenant; for `common` and `organizations` it is the
 * user's own.
 * @throws AadstsError 90002
 */
export function tenantIdOf(tenant: string, user?: string): string {
  if (guidPattern.test(tenant)) return tenant.toLowerCase();
  if (domainPattern.test(tenant)) return guidOf(tenant.toLowerCase());
  if (tenant === 'common' || tenant === 'organizations') return guidOf(user?.replace(/^.*@/, '') ?? tenant);
  throw new AadstsError(90002, { tenant });
}

/** A GUID that is always the same for a text: the ID of a user, of a tenant known by its domain. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function isUsual(redirectUrl: string): boolean {
  if (!URL.canParse(redirectUrl)) return false;
  const { protocol, hostname } = new URL(redirectUrl);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}
