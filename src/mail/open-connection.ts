import { exportedTokenWarning } from '../auth/store/exported-token-warning.js';
import { needsPerson } from '../auth/persons-connection.js';
import type { Environment } from '../config/environment.js';
import { resolveConnection } from '../config/resolve-connection.js';
import { createHttpClient } from '../network/create-http-client.js';
import { Connection, type Elsewhere } from './connection.js';
import { openTransport } from './open-transport.js';
import { Notices } from './notices.js';
import { HandedOut } from './sharing/handed-out.js';
import { sharedFolder } from './sharing/shared-folder.js';
import { sharedTurns } from './sharing/turns.js';

export interface OpenConnectionOptions {
  /** The folder below which tokens are kept. @default the working directory */
  readonly directory?: string;
  /** Other processes of this machine use the mailbox too, and do their part. @default false */
  readonly shares?: boolean;
  /** The last that anybody got, where the server tells: a wait that ends without a message looks there for its mail. */
  readonly elsewhere?: Elsewhere | undefined;
}

/**
 * Opens a connection: checks its definition, signs in, finds the server. It is usable when this resolves.
 * @throws CONFIGURATION with all the definition's faults, before anything is tried; AUTH_*, AUTODISCOVER, NETWORK ...
 */
export async function openConnection(
  name: string,
  definition: unknown,
  environment: Environment,
  { directory = process.cwd(), shares = false, elsewhere }: OpenConnectionOptions = {},
): Promise<Connection> {
  const resolved = await resolveConnection(name, definition, environment);
  const shared = shares ? await sharedFolder(resolved) : undefined;
  const notices = new Notices();
  const turns =
    shared === undefined ? undefined : sharedTurns(resolved, shared, (limit, time) => notices.waited(limit, time));
  const http = createHttpClient({ proxy: resolved.proxy, ca: resolved.ca });
  try {
    const transport = await openTransport(resolved, {
      http,
      environment,
      directory,
      places: turns?.places,
      smtpPlaces: turns?.smtp,
      note: (text) => notices.add(text),
    });
    const connection = new Connection(resolved, transport, {
      release: async () => http.close(),
      handedOut: shared === undefined ? undefined : new HandedOut(shared),
      sends: turns?.sends,
      elsewhere,
      isWanted: turns?.isWanted,
      notices,
    });
    const warning = needsPerson(resolved) ? exportedTokenWarning(name, environment) : undefined;
    if (warning) connection.note(warning);
    return connection;
  } catch (error) {
    http.close();
    throw error;
  }
}
