/** What an access token allows, as the sandbox's doors check it. */
export interface AccessGrant {
  readonly tenant: string;
  readonly clientId: string;
  /** Who signed in, in lower case; nobody for an app-only token. */
  readonly user: string | undefined;
  /** Delegated permissions (`scp`); empty for an app-only token. */
  readonly scopes: readonly string[];
  /** Application permissions (`roles`); empty for a delegated token. */
  readonly roles: readonly string[];
  readonly audience: string;
  /** The user proved a second factor. @default false */
  readonly mfa?: boolean;
  readonly expiresAt: Date;
}

/** The tokens of the sandbox's identity platform. */
export interface Tokens {
  /** What a bearer token stands for; nothing where it is unknown, forged, expired or withdrawn. */
  verify(accessToken: string): AccessGrant | undefined;
}
