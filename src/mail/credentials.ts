import type { CallOptions } from './transport.js';

/** What a transport signs in with; where tokens come from is not its business. */
export type Credentials =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | BearerCredentials;

/** OAuth 2.0 (RFC 6750). */
export interface BearerCredentials {
  readonly type: 'bearer';
  /** The user name to give beside the token, and the mailbox's default address. */
  readonly username: string;
  /** The app itself signed in, no person: it must impersonate a mailbox. */
  readonly appOnly: boolean;
  /** A valid access token. */
  token(options?: CallOptions & Renewal): Promise<string>;
}

/** Whether another token is wanted than the last one, and what of it. */
export interface Renewal {
  /** The server refused the last one. */
  readonly renew?: boolean;
  /** What the server wants of the next one, as it challenged for it. */
  readonly claims?: string | undefined;
}
