import type { ExchangeErrorCode } from '../../errors.js';

/** A way in which getting a token fails, with a remedy of its own. */
export interface FailureKind {
  readonly code: ExchangeErrorCode;
  /** The message's first word. */
  readonly word: string;
  readonly meaning: string;
  /**
   * What to do. `{user}`, `{tenantId}`, `{clientId}`, `{scopes}` and `{login}` stand for what the connection says,
   * `{consentUrl}` for where an administrator consents.
   */
  readonly remedy?: string;
  /** A person has to sign in again, afterwards. */
  readonly authorise?: true;
  /** Trying again later may succeed. */
  readonly transient?: true;
  /** Milliseconds to leave the service alone, where it does not say itself. */
  readonly retryAfter?: number;
  /** Numbers of Microsoft's AADSTS codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
  readonly aadsts: readonly number[];
  /** Values of `suberror`, for codes that are not listed. */
  readonly suberrors?: readonly string[];
  /** Values of `error` (RFC 6749 section 5.2), for answers without a code or suberror that is listed. */
  readonly errors?: readonly string[];
}
