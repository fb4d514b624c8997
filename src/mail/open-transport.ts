import { adminConsentUrl } from '../auth/consent.js';
import { openTokenSource } from '../auth/open-token-source.js';
import type { Places } from '../async/places.js';
import type { Environment } from '../config/environment.js';
import type {
  ResolvedConnection,
  ResolvedEws,
  ResolvedGraph,
  ResolvedImap,
  ResolvedOAuth2,
} from '../config/resolved.js';
import type { HttpClient } from '../network/http.js';
import type { BearerCredentials, Credentials } from './credentials.js';
import type { CallOptions, MailTransport } from './transport.js';

export interface TransportSurroundings {
  readonly http: HttpClient;
  readonly environment: Environment;
  /** The folder below which tokens are kept. */
  readonly directory: string;
  /** Where requests, or IMAP connections, take their turns. @default the connection's own */
  readonly places?: Places | undefined;
  /** Where SMTP connections take theirs. @default all at once */
  readonly smtpPlaces?: Places | undefined;
  /** Told what a report should say of the connection. */
  readonly note?: ((text: string) => void) | undefined;
}

/** Signs in and opens the transport for a connection's protocol; the only place that knows them all. */
export async function openTransport(
  connection: ResolvedConnection,
  surroundings: TransportSurroundings,
): Promise<MailTransport> {
  if (connection.protocol === 'ews') return await openEws(connection, surroundings);
  if (connection.protocol === 'graph') return await openGraph(connection, surroundings);
  return await openImap(connection, surroundings);
}

async function openEws(connection: ResolvedEws, surroundings: TransportSurroundings): Promise<MailTransport> {
  const [{ openEwsTransport }, credentials] = await Promise.all([
    import('./ews/open-ews-transport.js'),
    openCredentials(connection, surroundings),
  ]);
  const { http, places } = surroundings;
  const address = addressOf(connection, credentials);
  const url = await findEwsUrl(connection, { address, http, credentials });
  const impersonate = credentials.type === 'bearer' && credentials.appOnly;
  return await openEwsTransport({ url, address, impersonate, credentials, http, places });
}

export interface FindEwsUrlOptions extends CallOptions {
  /** The address of the mailbox. */
  readonly address: string;
  readonly credentials: Credentials;
  readonly http: HttpClient;
}

/** Where a connection's EWS is: its definition says it, or leaves it to Autodiscover. @throws AUTODISCOVER, AUTH_REFUSED */
export async function findEwsUrl(connection: ResolvedEws, options: FindEwsUrlOptions): Promise<string> {
  if (connection.host !== 'autodiscover') return connection.host;
  const { discoverEwsUrl } = await import('./ews/autodiscover/discover-ews-url.js');
  return await discoverEwsUrl(connection, options);
}

async function openImap(connection: ResolvedImap, surroundings: TransportSurroundings): Promise<MailTransport> {
  const [{ openImapTransport }, credentials] = await Promise.all([
    import('./imap/open-imap-transport.js'),
    openCredentials(connection, surroundings),
  ]);
  const { imap, smtp, proxy, ca, mailbox, user } = connection;
  const address = addressOf(connection, credentials);
  const isShared = mailbox !== undefined && mailbox !== user;
  const { places, smtpPlaces } = surroundings;
  return await openImapTransport({ imap, smtp, proxy, ca, credentials, address, isShared, places, smtpPlaces });
}

async function openGraph(connection: ResolvedGraph, surroundings: TransportSurroundings): Promise<MailTransport> {
  const [{ openGraphTransport }, credentials] = await Promise.all([
    import('./graph/open-graph-transport.js'),
    openBearer(connection, connection.auth, surroundings),
  ]);
  const { url, pollIntervals, auth, cloud } = connection;
  const address = addressOf(connection, credentials);
  return openGraphTransport({
    url,
    address,
    pollIntervals,
    credentials,
    http: surroundings.http,
    places: surroundings.places,
    note: surroundings.note,
    appOnly: credentials.appOnly,
    isShared: address.toLowerCase() !== credentials.username.toLowerCase(),
    adminConsentUrl: adminConsentUrl(auth, cloud),
  });
}

function addressOf({ mailbox, user }: ResolvedConnection, credentials: Credentials): string {
  return mailbox ?? user ?? credentials.username;
}

async function openCredentials(
  connection: ResolvedConnection,
  surroundings: TransportSurroundings,
): Promise<Credentials> {
  const { auth } = connection;
  return auth.type === 'basic' ? auth : await openBearer(connection, auth, surroundings);
}

async function openBearer(
  connection: ResolvedConnection,
  auth: ResolvedOAuth2,
  surroundings: TransportSurroundings,
): Promise<BearerCredentials> {
  const source = await openTokenSource({ connection, auth, ...surroundings });
  return { type: 'bearer', ...source };
}
