import type { ValueOrEnv } from './value-or-env.js';

/**
 * The national cloud the tenant lives in, or the URL of a stand-in for all of Microsoft's hosts
 * (the sandbox; plain `http:` is accepted on loopback only).
 *
 * `'global'` also serves GCC, `'us-gov'` is GCC High. Hosts: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export type Cloud = 'global' | 'us-gov' | 'us-gov-dod' | 'china' | `http://${string}` | `https://${string}`;

/**
 * Signing in with OAuth 2.0 at Microsoft Entra ID.
 *
 * The app proves itself with one of `clientSecret`, `certificate` and `assertion`; with `device_code`, for which it is
 * a public client, with none of them.
 */
export interface OAuth2Definition {
  readonly type: 'oauth2';
  /** The directory (tenant) ID or a verified domain of the tenant. */
  readonly tenantId: ValueOrEnv<string>;
  /** The application (client) ID of the app registration. */
  readonly clientId: ValueOrEnv<string>;
  /** The client secret's value (not its ID). */
  readonly clientSecret?: ValueOrEnv<string>;
  /** A certificate of the app registration, in place of the secret. */
  readonly certificate?: CertificateDefinition;
  /**
   * A token of somebody whom the app registration trusts (federated credential), in place of the secret: nothing that
   * is secret has to be stored. It is asked for anew each time.
   */
  readonly assertion?: AssertionDefinition;
  /** The redirect URL as registered under the platform **Web**. Needed for `authorization_code`. */
  readonly redirectUrl?: ValueOrEnv<string>;
  /**
   * How tokens are come by:
   * - `authorization_code`: a person signs in once, in a browser (RFC 6749 section 4.1);
   * - `device_code`: a person signs in once, on another device, for a machine without a display (RFC 8628);
   * - `client_credentials`: the app alone (RFC 6749 section 4.4); give the mailbox as `user`.
   * @default 'authorization_code'
   */
  readonly grant?: Grant;
  /**
   * The scopes to ask for.
   * @default what the protocol needs
   */
  readonly scopes?: readonly string[];
  /** @default 'global' */
  readonly cloud?: ValueOrEnv<Cloud>;
}

export type Grant = 'authorization_code' | 'device_code' | 'client_credentials';

/**
 * A certificate and its private key (RSA), each as a PEM text or the name of a PEM file.
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export interface CertificateDefinition {
  /** The certificate that is uploaded to the app registration. */
  readonly cert: ValueOrEnv<string>;
  /** @default the key that stands beside the certificate in `cert` */
  readonly key?: ValueOrEnv<string>;
  /** What the key is encrypted with. */
  readonly passphrase?: ValueOrEnv<string>;
}

/**
 * Where a federated token comes from: GitHub Actions (the job needs `permissions: id-token: write`); a file that is
 * kept fresh by others; or what a command prints, given as program and arguments and run without a shell.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation
 */
export type AssertionDefinition =
  | 'github'
  | { readonly file: ValueOrEnv<string> }
  | { readonly command: readonly ValueOrEnv<string>[] };

/** A user name and a password, for Exchange Server on-premises and other IMAP servers. */
export interface BasicDefinition {
  readonly type: 'basic';
  readonly password: ValueOrEnv<string>;
  /**
   * The user name to sign in with, where it is not the address (`CONTOSO\qa`).
   * @default the connection's `user`
   */
  readonly username?: ValueOrEnv<string>;
}

export type AuthDefinition = OAuth2Definition | BasicDefinition;
