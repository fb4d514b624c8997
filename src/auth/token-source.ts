import type { MsalSessionOptions } from './msal/session-options.js';

/** Where a connection's access tokens come from. */
export interface TokenSource {
  /** Who signed in; for the app alone, whose mailbox it uses. */
  readonly username: string;
  /** The app itself signed in, no person. */
  readonly appOnly: boolean;
  /** A valid access token. `renew` says that the server refused the last one. */
  token(options?: { readonly renew?: boolean }): Promise<string>;
}

export interface TokenSourceOptions extends MsalSessionOptions {
  /** The folder below which tokens are kept. */
  readonly directory: string;
}
