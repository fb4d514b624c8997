import { openTokenSource } from '../auth/token-source.js';
import type { Environment } from '../config/environment.js';
import type { ResolvedConnection, ResolvedEws, ResolvedImap } from '../config/resolved.js';
import type { HttpClient } from '../network/http.js';
import type { Credentials } from './credentials.js';
import type { MailTransport } from './transport.js';

export interface TransportSurroundings {
  readonly http: HttpClient;
  readonly environment: Environment;
}

/** Signs in and opens the transport for a connection's protocol; the only place that knows them all. */
export async function openTransport(
  connection: ResolvedConnection,
  surroundings: TransportSurroundings,
): Promise<MailTransport> {
  return connection.protocol === 'ews'
    ? await openEws(connection, surroundings)
    : await openImap(connection, surroundings);
}

async function openEws(connection: ResolvedEws, surroundings: TransportSurroundings): Promise<MailTransport> {
  const [{ openEwsTransport }, { discoverEwsUrl }, credentials] = await Promise.all([
    import('./ews/open-ews-transport.js'),
    import('./ews/autodiscover/discover-ews-url.js'),
    openCredentials(connection, surroundings),
  ]);
  const { http } = surroundings;
  const address = addressOf(connection, credentials);
  const url =
    connection.host === 'autodiscover'
      ? await discoverEwsUrl(connection, { address, http, credentials })
      : connection.host;
  const impersonate = credentials.type === 'bearer' && credentials.appOnly;
  return await openEwsTransport({ url, address, impersonate, credentials, http });
}

async function openImap(connection: ResolvedImap, surroundings: TransportSurroundings): Promise<MailTransport> {
  const [{ openImapTransport }, credentials] = await Promise.all([
    import('./imap/open-imap-transport.js'),
    openCredentials(connection, surroundings),
  ]);
  const { imap, smtp, proxy, ca, mailbox, user } = connection;
  const address = addressOf(connection, credentials);
  const isShared = mailbox !== undefined && mailbox !== user;
  return await openImapTransport({ imap, smtp, proxy, ca, credentials, address, isShared });
}

function addressOf({ mailbox, user }: ResolvedConnection, credentials: Credentials): string {
  return mailbox ?? user ?? credentials.username;
}

async function openCredentials(
  connection: ResolvedConnection,
  { http, environment }: TransportSurroundings,
): Promise<Credentials> {
  const { auth } = connection;
  if (auth.type === 'basic') return auth;
  const source = await openTokenSource({ connection, auth, environment, http });
  return { type: 'bearer', ...source };
}
