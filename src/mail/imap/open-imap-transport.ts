import type { ResolvedServer, ResolvedSmtp } from '../../config/resolved.js';
import type { Places } from '../../async/places.js';
import type { Credentials } from '../credentials.js';
import type { MailTransport, PollIntervals } from '../transport.js';

export interface ImapTransportOptions {
  readonly imap: ResolvedServer;
  /** Nothing where the connection can't send. */
  readonly smtp: ResolvedSmtp | undefined;
  /** The address of the mailbox to work in. */
  readonly address: string;
  /** It is not the mailbox of who signs in. */
  readonly isShared: boolean;
  readonly credentials: Credentials;
  /** Where connections take their turns. @default all at once */
  readonly places?: Places | undefined;
  /** Where SMTP connections take theirs. @default all at once */
  readonly smtpPlaces?: Places | undefined;
  /** `'system'`, `'none'` or a URL. */
  readonly proxy: string;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
  /** @default every 100 ms on Dovecot, which holds notifications back; else every 2 s */
  readonly pollIntervals?: PollIntervals;
  /** How long a server that owes an answer may be silent, in milliseconds. @default 30000 */
  readonly socketTimeout?: number;
  /** How long connecting and signing in may take, in milliseconds; of either server. @default 60000 */
  readonly signInTimeout?: number;
}

/**
 * Opens a mailbox over IMAP: it is connected and signed in when this resolves.
 * @throws AUTH_REFUSED, ACCESS_DENIED, NETWORK, SERVER_BUSY ...
 */
export async function openImapTransport(options: ImapTransportOptions): Promise<MailTransport> {
  const [library, { ImapSession }, { ImapTransport }, { SmtpSender }] = await Promise.all([
    import('../../vendor/imapflow.js'),
    import('./imap-session.js'),
    import('./imap-transport.js'),
    import('./smtp-sender.js'),
  ]);
  const { socketTimeout = 30_000, signInTimeout = 60_000 } = options;
  const settings = { ...options, socketTimeout, signInTimeout };
  const session = new ImapSession(library, settings);
  try {
    const serverName = await session.serverName();
    const pollIntervals = options.pollIntervals ?? intervalsFor(serverName);
    const { smtp, smtpPlaces } = options;
    const sender = smtp && new SmtpSender({ ...settings, smtp, places: smtpPlaces });
    return new ImapTransport(session, { address: options.address, pollIntervals, sender });
  } catch (error) {
    session.close();
    throw error;
  }
}

/** Dovecot gathers notifications for half a second; asking is cheap there, and quicker. */
function intervalsFor(serverName: string): PollIntervals {
  return /^dovecot$/i.test(serverName) ? { withPush: 100, withoutPush: 100 } : { withPush: 2_000, withoutPush: 2_000 };
}
