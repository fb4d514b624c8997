import type { Places } from '../../async/places.js';
import type { ResolvedConnection } from '../../config/resolved.js';
import { SharedPlaces, type SharedPlacesOptions } from './shared-places.js';

/** Where those who use a mailbox take their turns, so that all together they ask for no more than its server takes. */
export interface Turns {
  /** Requests under way; connections, over IMAP. */
  readonly places: Places;
  /** Whether others wait for what an open connection keeps. */
  readonly isWanted: () => Promise<boolean>;
  /** SMTP connections; nothing where the server has no such limit. */
  readonly smtp: Places | undefined;
  /** Mails sent within a minute; nothing where the server has no such limit. */
  readonly sends: Places | undefined;
}

/**
 * How many at once: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits,
 * https://learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange, and
 * MaxConnectionsPerUser of https://learn.microsoft.com/powershell/module/exchange/set-imapsettings
 */
const limits = {
  graph: { count: 4, what: 'Microsoft Graph takes 4 requests at once of an app at a mailbox' },
  ews: { count: 27, what: 'Exchange takes 27 requests at once over EWS for a mailbox' },
  imap: { count: 16, what: 'Exchange takes 16 IMAP connections of a user' },
};

/** https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements */
const smtpLimit = { count: 3, what: 'Exchange Online takes 3 SMTP connections at once of a mailbox' };

/** https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits#sending-limits-1 */
const sendLimit = { count: 30, what: 'Exchange Online takes 30 mails a minute of a mailbox' };
const minute = 60_000;

/** @param waited told what a task waited for, and how many milliseconds */
export function sharedTurns(
  connection: ResolvedConnection,
  folder: string,
  waited: (limit: string, milliseconds: number) => void,
): Turns {
  const { count, what } = limits[connection.protocol];
  const shared = (name: string, options: Omit<SharedPlacesOptions, 'folder' | 'name' | 'waited'>, limit: string) =>
    new SharedPlaces({ folder, name, ...options, waited: (milliseconds) => waited(limit, milliseconds) });
  const isOnline = isExchangeOnline(connection);
  const isImap = connection.protocol === 'imap';
  const places = shared('place', { count, isQueued: isImap }, what);
  return {
    places,
    isWanted: () => places.isWanted(),
    smtp:
      isImap && (isOnline || connection.cloud.isStandIn)
        ? shared('smtp', { count: smtpLimit.count, isQueued: true }, smtpLimit.what)
        : undefined,
    sends: isOnline ? shared('send', { count: sendLimit.count, keptFor: minute }, sendLimit.what) : undefined,
  };
}

function isExchangeOnline(connection: ResolvedConnection): boolean {
  const { cloud } = connection;
  if (cloud.isStandIn) return false;
  if (connection.protocol === 'imap') return connection.smtp?.host === cloud.smtpHost;
  return connection.protocol === 'graph' || connection.host.startsWith(cloud.exchange);
}
