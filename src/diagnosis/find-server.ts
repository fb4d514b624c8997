import { lookup } from 'node:dns/promises';
import { needsPerson } from '../auth/persons-connection.js';
import { openTokenSource } from '../auth/open-token-source.js';
import type { TokenSource } from '../auth/token-source.js';
import type { ResolvedConnection } from '../config/resolved.js';
import type { Credentials } from '../mail/credentials.js';
import { findEwsUrl } from '../mail/open-transport.js';
import { connectionError } from '../network/connection-error.js';
import { isProxied } from './check-proxy.js';
import type { Finding } from './leg.js';
import type { SignInPatient } from './patient.js';
import { addressOf, serversOf, type Server } from './servers.js';

/**
 * Looks the connection's servers up: by Autodiscover where the definition leaves it to that, then in the DNS. Finds
 * the connection with the server's own URL.
 * @throws AUTODISCOVER, NETWORK
 */
export async function findServer(patient: SignInPatient, signal: AbortSignal): Promise<Finding<ResolvedConnection>> {
  const { autodiscovered, found } = await locate(patient, signal);
  const servers = await Promise.all(serversOf(found).map((server) => addressesOf(found, server)));
  const lines = servers.map(({ server, addresses }) => `${server}: ${addresses.join(' ') || 'left to the proxy'}`);
  return {
    detail: [...(autodiscovered ? [`Autodiscover gave ${autodiscovered}`] : []), ...lines].join('; '),
    facts: { ...(autodiscovered && { autodiscovered }), servers },
    value: found,
  };
}

async function locate(
  patient: SignInPatient,
  signal: AbortSignal,
): Promise<{ readonly found: ResolvedConnection; readonly autodiscovered?: string }> {
  const { connection, http } = patient;
  if (connection.protocol !== 'ews' || connection.host !== 'autodiscover') return { found: connection };
  // With Autodiscover the definition names the user.
  const address = connection.mailbox ?? connection.user ?? '';
  const host = await findEwsUrl(connection, { address, http, credentials: lateCredentials(patient, address), signal });
  return { found: { ...connection, host }, autodiscovered: host };
}

/** Signing in has a leg of its own; only an older server wants it here already. */
function lateCredentials(patient: SignInPatient, username: string): Credentials {
  const { connection } = patient;
  const { auth } = connection;
  if (auth.type === 'basic') return auth;
  const token: TokenSource['token'] = async (options) => {
    const source = await openTokenSource({ ...patient, auth });
    return await source.token(options);
  };
  return { type: 'bearer', username, appOnly: !needsPerson(connection), token };
}

/** Behind a proxy there may be no DNS: the proxy looks up what goes through it. */
async function addressesOf(
  connection: ResolvedConnection,
  server: Server,
): Promise<{ readonly server: string; readonly addresses: readonly string[] }> {
  const name = addressOf(server);
  if (await isProxied(connection, server)) return { server: name, addresses: [] };
  try {
    const found = await lookup(server.host, { all: true });
    return { server: name, addresses: found.map(({ address }) => address) };
  } catch (error) {
    throw connectionError(error, server);
  }
}
