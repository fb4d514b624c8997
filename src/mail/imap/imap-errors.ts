import type { ImapFlowError } from 'imapflow';
import type { ResolvedServer } from '../../config/resolved.js';
import { ExchangeError, type ExchangeErrorCode, type ExchangeErrorOptions } from '../../errors.js';
import { certificateFault } from '../../network/certificate-faults.js';
import { connectionError } from '../../network/connection-error.js';
import type { Credentials } from '../credentials.js';
import { oauthAdvice, passwordAdvice } from './sign-in-advice.js';

/** What was tried, in user words, and where. */
export interface Attempt {
  /** `reading the folder INBOX` */
  readonly operation: string;
  readonly address: string;
  readonly imap: ResolvedServer;
  /** The proxy on the way, without its credentials. */
  readonly through?: string | undefined;
  readonly credentials: Credentials;
  /** A connection with the same settings has worked before. */
  readonly hasWorked: boolean;
}

interface Meaning extends Pick<ExchangeErrorOptions, 'advice' | 'transient'> {
  readonly code: ExchangeErrorCode;
}

const busy: Meaning = { code: 'SERVER_BUSY', transient: true };

const tooManyConnections: Meaning = {
  ...busy,
  advice: [
    'run fewer workers on this mailbox, or spread them over more mailboxes',
    'mail programs that are open on the mailbox count too',
  ],
};

/** Exchange's word for much. Where it comes after all went well, it is about the number of connections. */
const notConnected: Meaning = {
  code: 'ACCESS_DENIED',
  advice: [
    'the token may lack IMAP.AccessAsUser.All, or IMAP.AccessAsApp for an app without a user',
    'the account, or the app, may have no permission on this mailbox: it needs full access',
    'user or mailbox may name a mailbox that does not exist, or on which IMAP is switched off',
    'the mailbox may have too many connections open already',
  ],
};

/** Response codes: RFC 5530, and RFC 9051 section 7.1. */
const responseCodes: Readonly<Record<string, Meaning>> = {
  UNAVAILABLE: busy,
  INUSE: busy,
  LIMIT: tooManyConnections,
  NONEXISTENT: { code: 'FOLDER_NOT_FOUND', advice: ['it was renamed or deleted in the meantime'] },
  TRYCREATE: { code: 'FOLDER_NOT_FOUND', advice: ['it was renamed or deleted in the meantime'] },
  NOPERM: { code: 'ACCESS_DENIED', advice: ['give the account the permission on this folder'] },
  AUTHORIZATIONFAILED: { code: 'ACCESS_DENIED', advice: ['give the account the permission on this mailbox'] },
  OVERQUOTA: { code: 'ACCESS_DENIED', advice: ['empty the mailbox, or have its quota raised'] },
};

/** Says in one of this package's errors what a failure of the library, the server or the connection means. */
export function imapError(error: unknown, attempt: Attempt): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const failure: ImapFlowError = error instanceof Error ? error : new Error(String(error));
  const said = wordsOf(failure);
  const meaning = meaningOf(failure, said, attempt);
  if (!meaning) return brokenConnection(failure, said, attempt);
  const { code, advice, transient } = meaning;
  return new ExchangeError(code, `${describe(attempt)} failed: ${said}`, {
    cause: failure,
    ...(advice && { advice }),
    ...(transient && { transient }),
    ...retryAfter(failure),
  });
}

/** A command that the server refused, where the library does not say in which words. */
export function refused(attempt: Attempt): ExchangeError {
  return new ExchangeError('PROTOCOL', `${describe(attempt)} failed: the server refused it`);
}

function meaningOf(failure: ImapFlowError, said: string, { credentials, hasWorked }: Attempt): Meaning | undefined {
  if (failure.code === 'ETHROTTLE') return busy;
  if (/authenticated but not connected/i.test(said)) return { ...notConnected, transient: hasWorked };
  if (/too many.{0,20} connections|maximum number of connections/i.test(said)) return tooManyConnections;
  const known = responseCodes[failure.serverResponseCode?.toUpperCase() ?? ''];
  if (known) return known;
  if (failure.mailboxMissing) return responseCodes['NONEXISTENT'];
  if (failure.authenticationFailed || isMechanismMissing(failure)) {
    const advice = credentials.type === 'bearer' ? oauthAdvice(credentials) : passwordAdvice;
    return { code: 'AUTH_REFUSED', advice };
  }
  if (failure.tlsFailed && !failure.code) {
    return { code: 'NETWORK', advice: [`set security: 'tls' where the server has a port for it`] };
  }
  return isBrokenConnection(failure) ? undefined : { code: 'PROTOCOL' };
}

/**
 * Node's codes and the library's, which speak of the connection's state; but for answers that can't be read. An
 * error without a code is somebody's mistake.
 */
function isBrokenConnection({ code = '', responseStatus }: ImapFlowError): boolean {
  if (responseStatus === 'NO' || responseStatus === 'BAD') return false;
  return code !== '' && !code.startsWith('ParserError') && !excess.includes(code);
}

/** The library's words for answers above the limits that it was given. */
const excess = ['LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge', 'TooManyTokens', 'TooManyResponses'];

/** The library's own words, for lack of a code. */
function isMechanismMissing({ message }: ImapFlowError): boolean {
  return message === 'Unsupported authentication mechanism';
}

/** A broken connection is worth another try, an untrusted certificate is not. */
function brokenConnection(failure: ImapFlowError, said: string, attempt: Attempt): ExchangeError {
  const { cause, advice, transient } = connectionError(failure, attempt.imap);
  const problem = certificateFault(failure, failure.code ?? '')?.problem ?? said;
  return new ExchangeError('NETWORK', `${describe(attempt)} failed: ${problem}`, { cause, advice, transient });
}

/** The server's own words where it said any, with what it told about a token. */
function wordsOf({ message, responseText, response, reason, oauthError, code }: ImapFlowError): string {
  const words = [responseText, typeof response === 'string' ? response : undefined, reason, message, code];
  const said = words.find(Boolean) ?? 'no reason was given';
  return oauthError === undefined ? said : `${said} ${JSON.stringify(oauthError)}`;
}

/** The library has waited out a part already. */
function retryAfter({ throttleReset = 0, throttleWaited = 0 }: ImapFlowError): { retryAfter?: number } {
  return throttleReset > throttleWaited ? { retryAfter: throttleReset - throttleWaited } : {};
}

function describe({ operation, address, imap, through }: Attempt): string {
  const way = through ? ` through the proxy ${through}` : '';
  return `${operation} in the mailbox ${address} on ${imap.host}:${imap.port}${way}`;
}
