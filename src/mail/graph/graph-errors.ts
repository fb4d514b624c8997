import { ExchangeError } from '../../errors.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { challengedError, claimsChallenge } from '../claims-challenge.js';
import { busy, exchangeCodes, gone, Meanings, noFolder, offline, type Meaning } from '../exchange-meanings.js';
import { errorObject, type GraphAnswer } from './graph-answer.js';

const noMailbox: Meaning = {
  code: 'MAILBOX_NOT_FOUND',
  advice: ['see whether the address is right, and whether its mailbox lives in the tenant that the app signs in to'],
};
const notOnline: Meaning = {
  code: 'MAILBOX_NOT_FOUND',
  advice: [
    'Graph serves mailboxes of Exchange Online that have a licence and are active',
    "one on your own Exchange Server is reached with protocol: 'ews' and that server as host",
  ],
};
const tooLarge: Meaning = {
  code: 'PROTOCOL',
  advice: [
    'Graph takes messages of up to 3 MB beside their attachments, and attachments of up to 150 MB each, where the ' +
      "tenant allows that much: send a smaller one, or use protocol: 'imap' for a connection that sends larger ones",
  ],
};
const refused: Meaning = {
  code: 'AUTH_REFUSED',
  advice: ['see whether the scopes are those of Microsoft Graph, and whether auth.cloud is the cloud of the tenant'],
};

const meanings = new Meanings(exchangeCodes, {
  ApplicationThrottled: busy,
  TooManyRequests: busy,
  ActivityLimitReached: busy,
  ErrorExceededConnectionCount: busy,
  ErrorInvalidUser: noMailbox,
  ErrorNonExistentMailbox: noMailbox,
  Request_ResourceNotFound: noMailbox,
  ResourceNotFound: noMailbox,
  MailboxNotEnabledForRESTAPI: notOnline,
  MailboxNotSupportedForRESTAPI: notOnline,
  ErrorMessageSizeExceeded: tooLarge,
  InvalidAuthenticationToken: refused,
});

const meaningsByStatus: ReadonlyMap<number, Meaning> = new Map([
  [401, refused],
  [403, { code: 'ACCESS_DENIED' }],
  // Where a new link is gone at once, another one may last.
  [410, offline],
  [413, tooLarge],
  [429, busy],
  [503, busy],
]);

/** What was tried, in user words, and in which mailbox. */
export interface Attempt {
  /** `reading the messages of the folder Inbox` */
  readonly operation: string;
  readonly mailbox: string;
  /** It is about a folder: Graph has one code for folders and messages that are not there. */
  readonly isAboutFolder?: boolean | undefined;
}

/** What an answer that is no success means, in Microsoft's words and in this package's. */
export function graphError(attempt: Attempt, answer: GraphAnswer): ExchangeError {
  if (answer.status === 401 && claimsChallenge(answer.headers)) return challengedError(failureOf(attempt, answer));
  const { code } = errorObject(answer);
  const known = meanings.of(code) ?? meaningsByStatus.get(answer.status) ?? unknown(answer);
  const meaning = known === gone && attempt.isAboutFolder ? noFolder : known;
  const after = retryAfterOf(answer.headers);
  return new ExchangeError(meaning.code, failureOf(attempt, answer), {
    cause: new GraphFault(answer.status, code),
    advice: meaning.advice ?? [],
    transient: meaning.transient ?? false,
    ...(after !== undefined && { retryAfter: after }),
  });
}

/**
 * A message is not there any more. Not every 404 says so: a whole mailbox may not be found for a while
 * (https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/4340).
 */
export function isGone(answer: GraphAnswer): boolean {
  return answer.status === 404 && meanings.of(errorObject(answer).code) === gone;
}

/** A message that Graph does not take, so that it was not asked. */
export function tooLargeError({ operation, mailbox }: Attempt, octets: number): ExchangeError {
  const size = (octets / 1_000_000).toFixed(1);
  return new ExchangeError('PROTOCOL', `${operation} in the mailbox ${mailbox} was not tried: it has ${size} MB`, {
    advice: tooLarge.advice ?? [],
  });
}

/** `reading ... failed: 404 ErrorItemNotFound: The specified object was not found in the store. (request-id ...)` */
export function failureOf({ operation, mailbox }: Attempt, answer: GraphAnswer): string {
  const { code, message, requestId } = errorObject(answer);
  const said = [[answer.status, code].filter(Boolean).join(' '), message].filter(Boolean).join(': ');
  const after = retryAfterOf(answer.headers);
  const wait = after ? `, and asks to wait for ${Math.round(after / 1000)} s` : '';
  return `${operation} in the mailbox ${mailbox} failed: ${said}${requestId ? ` (request-id ${requestId})` : ''}${wait}`;
}

/** The delta link can't be followed any further: start over (410 Gone, or a code that says so). */
export function isSyncStateLost(error: unknown): boolean {
  const cause = error instanceof ExchangeError ? error.cause : undefined;
  if (!(cause instanceof GraphFault)) return false;
  return cause.status === 410 || /^(syncState(NotFound|Invalid)|resyncRequired)$/i.test(cause.code);
}

class GraphFault extends Error {
  override readonly name = 'GraphFault';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`.trim());
    this.status = status;
    this.code = code;
  }
}

function unknown({ status }: GraphAnswer): Meaning {
  return status >= 500 ? offline : { code: 'PROTOCOL' };
}
