import type { Places } from '../../async/places.js';
import type { ResolvedConnection } from '../../config/resolved.js';
import { SharedPlaces } from './shared-places.js';

/** Where those who use a mailbox take their turns, so that all together they ask for no more than its server takes. */
export interface Turns {
  /** Requests under way; connections, over IMAP. */
  readonly places: Places;
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
  const sends = { name: 'send', count: sendLimit.count, keptFor: minute, waited: told(sendLimit.what) };
  function told(limit: string): (milliseconds: number) => void {
    return (milliseconds) => waited(limit, milliseconds);
  }
  return {
    places: new SharedPlaces({ folder, name: 'place', count, waited: told(what) }),
    sends: isExchangeOnline(connection) ? new SharedPlaces({ folder, ...sends }) : undefined,
  };
}

function isExchangeOnline(connection: ResolvedConnection): boolean {
  const { cloud } = connection;
  if (cloud.isStandIn) return false;
  if (connection.protocol === 'imap') return connection.smtp?.host === cloud.smtpHost;
  return connection.protocol === 'graph' || connection.host.startsWith(cloud.exchange);
}
