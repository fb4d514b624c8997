import type { Grant } from './auth-types.js';
import type { ResolvedCloud } from './clouds.js';
import type { Security } from './types.js';

/** A connection definition with nothing left open: variables read, defaults applied, faults ruled out. */
export type ResolvedConnection = ResolvedEws | ResolvedImap | ResolvedGraph;

/** What is known of a connection whatever its protocol. */
export interface ResolvedAccount {
  readonly name: string;
  /** Who signs in; unknown until then where the definition leaves it out. */
  readonly user: string | undefined;
  /** A shared or impersonated mailbox. */
  readonly mailbox: string | undefined;
  readonly auth: ResolvedAuth;
  readonly cloud: ResolvedCloud;
  /** An address pattern with `{tag}`, `'plus'` or `'plain'`. */
  readonly addressing: string;
  /** `'system'`, `'none'` or a URL. */
  readonly proxy: string;
  /** Further certificate authorities, PEM texts. */
  readonly ca: readonly string[];
}

export interface ResolvedEws extends ResolvedAccount {
  readonly protocol: 'ews';
  /** `'autodiscover'`, or an `http(s)` URL of the service. */
  readonly host: string;
}

export interface ResolvedImap extends ResolvedAccount {
  readonly protocol: 'imap';
  readonly imap: ResolvedServer;
  /** Nothing where the connection can't send. */
  readonly smtp: ResolvedSmtp | undefined;
}

export interface ResolvedGraph extends ResolvedAccount {
  readonly protocol: 'graph';
  readonly auth: ResolvedOAuth2;
  /** The service's root: `https://graph.microsoft.com/v1.0`. */
  readonly url: string;
  /** Milliseconds between two looks, from when a wait began; the last one repeats. */
  readonly pollIntervals: readonly number[];
}

export interface ResolvedServer {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
}

export interface ResolvedSmtp extends ResolvedServer {
  /** It leaves a copy of what it takes in Sent Items by itself. */
  readonly keepsCopy: boolean;
}

export interface ResolvedOAuth2 {
  readonly type: 'oauth2';
  readonly grant: Grant;
  readonly tenantId: string;
  readonly clientId: string;
  /** Nothing for a public client. */
  readonly credential: ClientCredential | undefined;
  readonly redirectUrl: string | undefined;
  readonly scopes: readonly string[];
}

/** What an app proves itself with. */
export type ClientCredential =
  | { readonly type: 'secret'; readonly secret: string }
  | ({ readonly type: 'certificate' } & ResolvedCertificate)
  | { readonly type: 'assertion'; readonly source: AssertionSource };

export interface ResolvedCertificate {
  /** Of the certificate: SHA-256, in hexadecimal digits. */
  readonly thumbprint: string;
  /** PKCS #8, PEM, not encrypted. */
  readonly privateKey: string;
}

/** Where to ask for a federated token. */
export type AssertionSource = 'github' | { readonly file: string } | { readonly command: readonly string[] };

export interface ResolvedBasic {
  readonly type: 'basic';
  readonly username: string;
  readonly password: string;
}

export type ResolvedAuth = ResolvedOAuth2 | ResolvedBasic;
