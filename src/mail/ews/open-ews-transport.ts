import type { HttpClient } from '../../network/http.js';
import type { Places } from '../../async/places.js';
import type { Credentials } from '../credentials.js';
import type { MailTransport, PollIntervals } from '../transport.js';
import { EwsSession } from './ews-session.js';
import { EwsTransport } from './ews-transport.js';

export interface EwsTransportOptions {
  /** Where EWS answers: `https://outlook.office365.com/EWS/Exchange.asmx`. */
  readonly url: string;
  /** The address of the mailbox to work in. */
  readonly address: string;
  /** Act as the mailbox (ExchangeImpersonation): what an app without a user has to do. */
  readonly impersonate: boolean;
  readonly credentials: Credentials;
  /** Where requests take their turns. @default all at once */
  readonly places?: Places | undefined;
  /** Not closed with the transport. */
  readonly http: HttpClient;
  /** @default every 30 s with push, every 2 s without */
  readonly pollIntervals?: PollIntervals;
  /** How long the notification stream may be silent, in milliseconds. @default 2.5 of Exchange's heartbeats */
  readonly heartbeatTimeout?: number;
  /** How long one notification stream lasts, 1 to 30 minutes. @default 29 */
  readonly streamMinutes?: number;
}

const heartbeat = 45_000;

/** Opens a mailbox over Exchange Web Services. */
export async function openEwsTransport(options: EwsTransportOptions): Promise<MailTransport> {
  return new EwsTransport(new EwsSession(options), {
    pollIntervals: options.pollIntervals ?? { withPush: 3_000, withoutPush: [500, 1_000, 1_500] },
    heartbeatTimeout: options.heartbeatTimeout ?? 2.5 * heartbeat,
    streamMinutes: options.streamMinutes ?? 29,
  });
}
