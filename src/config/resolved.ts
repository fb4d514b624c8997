import type { ResolvedCloud } from './clouds.js';

/** A connection definition with nothing left open: variables read, defaults applied, faults ruled out. */
export interface ResolvedConnection {
  readonly name: string;
  readonly protocol: 'ews';
  /** `'autodiscover'`, or an `http(s)` URL of the service. */
  readonly host: string;
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
