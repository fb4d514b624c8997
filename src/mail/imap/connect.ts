import type { ImapFlow } from 'imapflow';
import type { ResolvedServer } from '../../config/resolved.js';
import { ExchangeError, isExchangeError } from '../../errors.js';
import { secureContext } from '../../network/certificates.js';
import { dial } from '../../network/dial.js';
import { Limit } from '../../async/limit.js';
import { untilAborted } from '../../async/until-aborted.js';
import { authOf, type AuthSettings } from './auth.js';
import { imapError } from './imap-errors.js';
import { socketTransport } from './socket-transport.js';

export type Library = typeof import('../../vendor/imapflow.js');

export interface ConnectOptions extends AuthSettings {
  readonly imap: ResolvedServer;
  readonly proxy: string;
  readonly ca: readonly string[];
  readonly socketTimeout: number;
  /** Milliseconds until it is connected and signed in. */
  readonly signInTimeout: number;
  /** It worked before. */
  readonly hasWorked: boolean;
}

/** A connection that is signed in. It is of no more use once it closed. */
export interface ImapLine {
  readonly client: ImapFlow;
  /** The proxy on the way, without its credentials. */
  readonly through: string | undefined;
  /** Why it closed. */
  readonly closed: Promise<ExchangeError>;
}

/** Until IDLE begins after a command: long enough for the command that follows from its answer. Milliseconds. */
const idleDelay = 10;
/** Exchange ends an IDLE that lasts, and routers forget it. Milliseconds. */
const longestIdle = 240_000;

/** What Exchange takes at most, and some more. Octets. */
const largestMessage = 160 * 1024 * 1024;
/** The UIDs that SEARCH finds are a line. Octets. */
const longestLine = 8 * 1024 * 1024;
/** Of what is asked here, no answer has many parts. */
const mostTokens = 100_000;

/** Connects and signs in; once more with a new token where the server refused the one there was. */
export async function connect(library: Library, options: ConnectOptions, signal: AbortSignal): Promise<ImapLine> {
  try {
    return await attempt(library, options, { renew: false, signal });
  } catch (error) {
    const refused = isExchangeError(error) && error.code === 'AUTH_REFUSED';
    if (!refused || options.credentials.type !== 'bearer') throw error;
    return await attempt(library, options, { renew: true, signal });
  }
}

async function attempt(
  library: Library,
  options: ConnectOptions,
  { renew, signal: caller }: { readonly renew: boolean; readonly signal: AbortSignal },
): Promise<ImapLine> {
  const { imap, proxy, ca, socketTimeout, signInTimeout } = options;
  using limit = new Limit({ signal: caller, timeout: signInTimeout, error: () => tooSlow(options) });
  const { signal } = limit;
  const context = secureContext(ca);
  const auth = await authOf(options, { renew, signal });
  const { socket, proxy: through } = await dial({ ...imap, proxy, ca, signal });
  const client = new library.ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'tls',
    doSTARTTLS: imap.security === 'starttls',
    transport: socketTransport(socket, context),
    auth,
    clientInfo: { name: 'playwright-exchange', version: false, vendor: false, 'support-url': false },
    logger: false,
    disableCompression: true,
    disableAutoEnable: true,
    autoIdleDelay: idleDelay,
    maxIdleTime: longestIdle,
    socketTimeout,
    maxLineLength: longestLine,
    maxLiteralSize: largestMessage,
    maxResponseSize: largestMessage + longestLine,
    maxResponseTokens: mostTokens,
  });
  const closed = reasonOfClose(client, { ...options, through });
  try {
    await untilAborted(client.connect(), signal);
    return { client, closed, through };
  } catch (error) {
    client.close();
    throw signal.aborted ? signal.reason : imapError(error, { ...options, through, operation: 'signing in' });
  }
}

function tooSlow({ address, imap, signInTimeout }: ConnectOptions): ExchangeError {
  const summary = `signing in to the mailbox ${address} on ${imap.host}:${imap.port} took longer than`;
  return new ExchangeError('DEADLINE', `${summary} ${signInTimeout / 1000} s`, { transient: true });
}

/** An error comes before the close, if at all; nobody listening to it would end the process. */
function reasonOfClose(client: ImapFlow, options: ConnectOptions & Pick<ImapLine, 'through'>): Promise<ExchangeError> {
  let failure: unknown;
  client.on('error', (error) => {
    failure = error;
  });
  return new Promise((resolve) => {
    client.once('close', () => {
      const reason = failure ?? Object.assign(new Error(client.byeReason ?? 'it was closed'), { code: 'NoConnection' });
      resolve(imapError(reason, { ...options, operation: 'watching for mail' }));
    });
  });
}
