import { AadstsError } from './failures/aadsts-error.js';
import { sandboxApps, type AppRegistration } from './apps/app-registration.js';

/** What an administrator can do to the sandbox's users and apps. It counts from the next request on. */
export interface SandboxDirectory {
  /** Disables an account: signing in and refreshing are answered with AADSTS50057, until it is enabled. */
  disable(user: string): void;
  enable(user: string): void;
  /** Wants multi-factor authentication: a refresh token that was issued without it is answered with AADSTS50076. */
  requireMfa(user: string): void;
  /** Withdraws all that a user has consented to: refreshing is answered with AADSTS65001. */
  withdrawConsent(user: string): void;
  /** Gives an app another secret: the old one is answered with AADSTS7000215. */
  changeSecret(clientId: string, clientSecret: string): void;
  /** Lets an app's secret expire: it is answered with AADSTS7000222. */
  expireSecret(clientId: string): void;
}

/** Whether an address is one of the web, or of this machine: where an app's pages may be. */
export function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/** The users and apps of the sandbox's identity platform. Every address is a user. */
export class Directory implements SandboxDirectory {
  readonly #apps: Map<string, AppRegistration>;
  readonly #disabled = new Set<string>();
  readonly #withMfa = new Set<string>();
  /** Scopes that were consented to, by user and app. */
  readonly #consents = new Map<string, Map<string, Set<string>>>();

  constructor(apps: readonly AppRegistration[] = []) {
    this.#apps = new Map([...sandboxApps, ...apps].map((app) => [app.clientId, app]));
  }

  /** @throws AadstsError 700016 */
  app(clientId: string): AppRegistration {
    const app = this.#apps.get(clientId);
    if (!app) throw new AadstsError(700016, { clientId });
    return app;
  }

  /** @throws AadstsError 50011 */
  checkRedirectUrl(app: AppRegistration, redirectUrl: string): void {
    const known = app.redirectUrls ? app.redirectUrls.includes(redirectUrl) : isWebAddress(redirectUrl);
    if (!known) throw new AadstsError(50011, { redirectUrl });
  }

  /** @throws AadstsError 50057 */
  checkEnabled(user: string): void {
    if (this.#disabled.has(user)) throw new AadstsError(50057);
  }

  requiresMfa(user: string): boolean {
    return this.#withMfa.has(user);
  }

  consents(user: string, clientId: string): Set<string> {
    const ofUser = this.#consents.get(user) ?? new Map<string, Set<string>>();
    const scopes = ofUser.get(clientId) ?? new Set();
    this.#consents.set(user, ofUser.set(clientId, scopes));
    return scopes;
  }

  disable(user: string): void {
    this.#disabled.add(user.toLowerCase());
  }

  enable(user: string): void {
    this.#disabled.delete(user.toLowerCase());
  }

  requireMfa(user: string): void {
    this.#withMfa.add(user.toLowerCase());
  }

  withdrawConsent(user: string): void {
    this.#consents.delete(user.toLowerCase());
  }

  changeSecret(clientId: string, clientSecret: string): void {
    this.#apps.set(clientId, { ...this.#known(clientId), clientSecret, secretExpired: false });
  }

  expireSecret(clientId: string): void {
    this.#apps.set(clientId, { ...this.#known(clientId), secretExpired: true });
  }

  #known(clientId: string): AppRegistration {
    const app = this.#apps.get(clientId);
    if (!app) throw new TypeError(`The sandbox has no app '${clientId}'.`);
    return app;
  }
}
