import { KeptMap, notKept, type RecordsOf } from '../data/kept-map.js';
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

/** What is known of a user. */
interface User {
  readonly isDisabled?: boolean;
  readonly needsMfa?: boolean;
  /** Scopes that were consented to, by app. */
  readonly consents?: Readonly<Record<string, readonly string[]>>;
}

/** What became of an app's secret since the sandbox was started with it. */
interface ChangedSecret extends Pick<AppRegistration, 'clientSecret' | 'secretExpired'> {
  /** The one that it was started with. */
  readonly registered?: string;
}

/** The users and apps of the sandbox's identity platform. Every address is a user. */
export class Directory implements SandboxDirectory {
  readonly #apps: ReadonlyMap<string, AppRegistration>;
  readonly #users: KeptMap<User>;
  readonly #changedSecrets: KeptMap<ChangedSecret>;

  constructor(apps: readonly AppRegistration[] = [], records: RecordsOf = notKept) {
    this.#apps = new Map([...sandboxApps, ...apps].map((app) => [app.clientId, app]));
    this.#users = new KeptMap(records('user'));
    this.#changedSecrets = new KeptMap(records('changedSecret'));
  }

  /** @throws AadstsError 700016 */
  app(clientId: string): AppRegistration {
    const app = this.#apps.get(clientId);
    if (!app) throw new AadstsError(700016, { clientId });
    const { registered, ...changed } = this.#changedSecrets.get(clientId) ?? {};
    // Who starts the sandbox with another secret means that one.
    return registered === app.clientSecret ? { ...app, ...changed } : app;
  }

  /** @throws AadstsError 50011 */
  checkRedirectUrl(app: AppRegistration, redirectUrl: string): void {
    const known = app.redirectUrls ? app.redirectUrls.includes(redirectUrl) : isWebAddress(redirectUrl);
    if (!known) throw new AadstsError(50011, { redirectUrl });
  }

  /** @throws AadstsError 50057 */
  checkEnabled(user: string): void {
    if (this.#user(user).isDisabled) throw new AadstsError(50057);
  }

  requiresMfa(user: string): boolean {
    return this.#user(user).needsMfa ?? false;
  }

  /** The scopes that a user has consented to for an app. */
  consents(user: string, clientId: string): ReadonlySet<string> {
    const { consents = {} } = this.#user(user);
    return new Set(Object.hasOwn(consents, clientId) ? consents[clientId] : []);
  }

  consent(user: string, clientId: string, scopes: readonly string[]): void {
    const before = this.consents(user, clientId);
    if (scopes.every((scope) => before.has(scope))) return;
    const all = [...new Set([...before, ...scopes])];
    this.#change(user, { consents: { ...this.#user(user).consents, [clientId]: all } });
  }

  disable(user: string): void {
    this.#change(user, { isDisabled: true });
  }

  enable(user: string): void {
    this.#change(user, { isDisabled: false });
  }

  requireMfa(user: string): void {
    this.#change(user, { needsMfa: true });
  }

  withdrawConsent(user: string): void {
    this.#change(user, { consents: {} });
  }

  changeSecret(clientId: string, clientSecret: string): void {
    this.#changeSecret(clientId, { clientSecret, secretExpired: false });
  }

  expireSecret(clientId: string): void {
    this.#changeSecret(clientId, { secretExpired: true });
  }

  #user(user: string): User {
    return this.#users.get(user.toLowerCase()) ?? {};
  }

  #change(user: string, change: User): void {
    this.#users.set(user.toLowerCase(), { ...this.#user(user), ...change });
  }

  #changeSecret(clientId: string, change: Omit<ChangedSecret, 'registered'>): void {
    const registered = this.#apps.get(clientId);
    if (!registered) throw new TypeError(`The sandbox has no app '${clientId}'.`);
    const before = this.#changedSecrets.get(clientId);
    const { clientSecret } = registered;
    this.#changedSecrets.set(clientId, {
      ...before,
      ...change,
      ...(clientSecret !== undefined && { registered: clientSecret }),
    });
  }
}
