/** An app registration that the sandbox knows: who the app is, and how it proves it. */
export interface AppRegistration {
  readonly clientId: string;
  /** The value of its client secret. */
  readonly clientSecret?: string;
  /** The secret is right but has expired (AADSTS7000222). @default false */
  readonly secretExpired?: boolean;
  /** The certificates whose keys it may sign client assertions with (RS256 or PS256), as PEM texts. */
  readonly certificates?: readonly string[];
  /** Whose tokens it may present in place of a secret: workload identity federation. */
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** **Allow public client flows**: it may use a device code without any proof. @default false */
  readonly publicClient?: boolean;
  /**
   * The redirect URLs that are registered, compared letter by letter.
   * @default any `https:` URL, and any `http:` URL on this machine
   */
  readonly redirectUrls?: readonly string[];
  /**
   * What they are registered under: **Web**, **Single-page application** (its pages come for their tokens themselves,
   * without a secret), or **Mobile and desktop applications** (without a secret, and not from pages).
   * @default 'web'
   */
  readonly platform?: Platform;
}

export type Platform = 'web' | 'spa' | 'desktop';

/** A token of another issuer that stands for an app; each field is compared letter by letter. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** @default 'api://AzureADTokenExchange' */
  readonly audience?: string;
  /**
   * The issuer's public key, as PEM, to check signatures with (RS256 or PS256).
   * @default signatures are not looked at: the sandbox asks no issuer for its keys
   */
  readonly publicKey?: string;
}

/** The apps that are always there: one with a secret, a public one for device codes and desktops, a single-page one. */
export const sandboxApps: readonly AppRegistration[] = [
  { clientId: 'sandbox', clientSecret: 'sandbox' },
  { clientId: 'sandbox-public', publicClient: true, platform: 'desktop' },
  { clientId: 'sandbox-spa', platform: 'spa' },
];
