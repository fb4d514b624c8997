import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ExchangeError, isExchangeError } from '../../errors.js';
import { secureContext } from '../../network/certificates.js';
import { dial } from '../../network/dial.js';
import { Limit } from '../../async/limit.js';
import type { ResolvedSmtp } from '../../config/resolved.js';
import type { Credentials } from '../credentials.js';
import { smtpError } from './smtp-errors.js';

export interface SmtpOptions {
  readonly smtp: ResolvedSmtp;
  /** The mailbox to send from: a token goes with it. */
  readonly address: string;
  readonly credentials: Credentials;
  readonly proxy: string;
  readonly ca: readonly string[];
  /** Milliseconds until it is connected and signed in. */
  readonly signInTimeout: number;
}

/** A connection that is signed in. It is of no more use once it broke. */
export interface SmtpLine {
  readonly connection: SMTPConnection;
  /** The proxy on the way, without its credentials. */
  readonly through: string | undefined;
  /** The answer to a command, or why there will be none. */
  readonly ask: <T>(command: (done: Done<T>) => void) => Promise<T>;
  /** Resolves when it closes. */
  readonly closed: Promise<void>;
}

type Done<T> = (error?: Error | null, answer?: T) => void;

/** A server may take minutes to answer to a message: RFC 5321 section 4.5.3.2. Milliseconds. */
const socketTimeout = 300_000;

/** Connects and signs in; once more with a new token where the server refused the one there was. */
export async function connectSmtp(options: SmtpOptions, signal: AbortSignal): Promise<SmtpLine> {
  try {
    return await attempt(options, { renew: false, signal });
  } catch (error) {
    const refused = isExchangeError(error) && error.code === 'AUTH_REFUSED';
    if (!refused || options.credentials.type !== 'bearer') throw error;
    return await attempt(options, { renew: true, signal });
  }
}

async function attempt(
  options: SmtpOptions,
  { renew, signal: caller }: { readonly renew: boolean; readonly signal: AbortSignal },
): Promise<SmtpLine> {
  const { smtp, proxy, ca, signInTimeout } = options;
  using limit = new Limit({ signal: caller, timeout: signInTimeout, error: () => tooSlow(options) });
  const { signal } = limit;
  const context = secureContext(ca);
  const auth = await authOf(options, { renew, signal });
  const { SMTPConnection: Connection } = await import('../../vendor/smtp-connection.js');
  const { socket, proxy: through } = await dial({ ...smtp, proxy, ca, signal });
  const connection = new Connection({
    host: smtp.host,
    port: smtp.port,
    connection: socket,
    secure: smtp.security === 'tls',
    requireTLS: smtp.security === 'starttls',
    ignoreTLS: smtp.security === 'none',
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED does not say otherwise.
    tls: { rejectUnauthorized: true, ...(context && { secureContext: context }) },
    logger: false,
    socketTimeout,
  });
  const closed = new Promise<void>((resolve) => connection.once('end', resolve));
  const line = { connection, through, ask: asker(connection), closed };
  try {
    await limit.race(line.ask<void>((done) => connection.connect(done)));
    await limit.race(line.ask((done) => connection.login(auth, done)));
    return line;
  } catch (error) {
    connection.close();
    throw smtpError(error, { ...options, through, operation: 'signing in to send' });
  }
}

function tooSlow({ smtp, signInTimeout }: SmtpOptions): ExchangeError {
  const summary = `signing in to send by ${smtp.host}:${smtp.port} took longer than ${signInTimeout / 1000} s`;
  return new ExchangeError('DEADLINE', summary, { transient: true });
}

async function authOf(
  { credentials, address }: SmtpOptions,
  options: { readonly renew: boolean; readonly signal: AbortSignal },
): Promise<SMTPConnection.AuthenticationType> {
  if (credentials.type === 'basic') return { user: credentials.username, pass: credentials.password };
  const { XOAuth2 } = await import('../../vendor/smtp-connection.js');
  const accessToken = await credentials.token(options);
  return { user: address, oauth2: new XOAuth2({ user: address, accessToken }) };
}

/** The library forgets who waits for an answer when the connection breaks. */
function asker(connection: SMTPConnection): SmtpLine['ask'] {
  const broken = new Promise<never>((_, reject) => {
    connection.on('error', reject);
    connection.on('end', () => reject(Object.assign(new Error('the server closed it'), { code: 'ECONNECTION' })));
  });
  broken.catch(() => {});
  return async <T>(command: (done: Done<T>) => void): Promise<T> => {
    const answer = new Promise<T>((resolve, reject) => {
      command((error, value) => {
        if (error) reject(error);
        else resolve(value as T);
      });
    });
    return await Promise.race([answer, broken]);
  };
}
