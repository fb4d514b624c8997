import type { MsalSessionOptions } from './msal/session-options.js';

/** Where a connection's access tokens come from. */
export interface TokenSource {
  /** Who signed in; for the app alone, whose mailbox it uses. */
  readonly username: string;
  /** The app itself signed in, no person. */
  readonly appOnly: boolean;
  /** A valid access token. `renew` says that the server refused the last one, `claims` what it wants of the next one. */
  token(options?: TokenWanted): Promise<string>;
}

export interface TokenWanted {
  readonly renew?: boolean;
  /** As a request for tokens has it: JSON. */
  readonly claims?: string | undefined;
}

export interface TokenSourceOptions extends MsalSessionOptions {
  /** The folder below which tokens are kept. */
  readonly directory: string;
}
