import type { AuthDefinition, OAuth2Definition } from './auth-types.js';
import type { ValueOrEnv } from './value-or-env.js';

/** What a connection says whatever its protocol. */
interface AccountDefinition {
  /** The account's address. */
  readonly user?: ValueOrEnv<string>;
  readonly auth: AuthDefinition;
  /** The address of a shared or impersonated mailbox to work in, instead of the user's own. */
  readonly mailbox?: ValueOrEnv<string>;
  /**
   * How a test gets an address of its own: `'plus'` (`qa+tag@contoso.com`), `'plain'` (all share the
   * account's address), or a pattern for a catch-all domain (`'{tag}@qa.contoso.com'`).
   * @default 'plus' for Microsoft 365 and the sandbox, 'plain' elsewhere
   */
  readonly addressing?: 'plus' | 'plain' | `${string}{tag}${string}@${string}`;
  /**
   * The way to every server: `'system'` (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), `'none'`, or a URL:
   * `http://`, `https://`, `socks4://`, `socks4a://`, `socks5://` or `socks5h://` with user and password
   * percent-encoded, or `pac+http(s)://` or `pac+file://` with the address of a PAC file.
   * @default 'system'
   */
  readonly proxy?: ValueOrEnv<string>;
  /** `ca`: further certificate authorities to trust, as PEM texts or files. */
  readonly tls?: { readonly ca?: ValueOrEnv<string> | readonly ValueOrEnv<string>[] };
}

/** Exchange Web Services: Exchange Server 2010 SP1 or later, on-premises or online. */
export interface EwsDefinition extends AccountDefinition {
  readonly protocol: 'ews';
  /**
   * `'autodiscover'` (then `user` is required), a host name, host:port, or the full EWS URL.
   * @default 'outlook.office365.com', or the cloud's
   */
  readonly host?: ValueOrEnv<string>;
}

/**
 * How a connection is encrypted: TLS from the start, TLS after STARTTLS (it is insisted on), or not at all,
 * which is accepted for this machine only.
 */
export type Security = 'tls' | 'starttls' | 'none';

/** The server that mail is handed in to (RFC 6409). */
export interface SmtpDefinition {
  /**
   * A host name, or host:port.
   * @default 'smtp.office365.com' (or the cloud's) for Microsoft 365, the IMAP host elsewhere
   */
  readonly host?: ValueOrEnv<string>;
  /** @default 465 with 'tls', else 587 */
  readonly port?: ValueOrEnv<number | string>;
  /** @default 'starttls' */
  readonly security?: Security;
  /**
   * The server itself leaves a copy of what it takes in Sent Items; where it does not, one is put there over IMAP.
   * @default true for Microsoft 365 and the sandbox, false elsewhere
   */
  readonly keepsCopy?: boolean;
}

/** IMAP with SMTP for sending: older Exchange, Microsoft 365, and any other IMAP server. */
export interface ImapDefinition extends AccountDefinition {
  readonly protocol: 'imap';
  /**
   * A host name, or host:port.
   * @default 'outlook.office365.com', or the cloud's
   */
  readonly host?: ValueOrEnv<string>;
  /** @default 993 with 'tls', else 143 */
  readonly port?: ValueOrEnv<number | string>;
  /** @default 'tls' */
  readonly security?: Security;
  /**
   * Where mail is handed in. Left out, Microsoft 365 has its own, and other connections can't send.
   */
  readonly smtp?: SmtpDefinition;
}

/** Microsoft Graph: Exchange Online. */
export interface GraphDefinition extends AccountDefinition {
  readonly protocol: 'graph';
  readonly auth: OAuth2Definition;
  /**
   * Nothing has to be said: the cloud has its host. What stood here for EWS or IMAP may stay: `'autodiscover'`, or
   * the cloud's Exchange host.
   */
  readonly host?: ValueOrEnv<string>;
  /**
   * Milliseconds between two looks for new messages while somebody waits, from when the last wait began; the last
   * one repeats. Graph has no push that reaches a test.
   * @default [2000, 2000, 2000, 2000, 2000, 3000]; [50, 100, 250] for the sandbox
   */
  readonly pollIntervals?: readonly number[];
}

/** How to reach one mailbox. */
export type ConnectionDefinition = EwsDefinition | ImapDefinition | GraphDefinition;

/** Connection definitions by name. */
export type ConnectionDefinitions = Readonly<Record<string, ConnectionDefinition>>;
