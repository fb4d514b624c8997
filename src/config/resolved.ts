import type { ResolvedCloud } from './clouds.js';
import type { Security } from './types.js';

/** A connection definition with nothing left open: variables read, defaults applied, faults ruled out. */
export type ResolvedConnection = ResolvedEws | ResolvedImap;

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
  readonly grant: 'authorization_code' | 'client_credentials';
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string | undefined;
  readonly scopes: readonly string[];
}

export interface ResolvedBasic {
  readonly type: 'basic';
  readonly username: string;
  readonly password: string;
}

export type ResolvedAuth = ResolvedOAuth2 | ResolvedBasic;
