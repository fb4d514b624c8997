import { ExchangeError, type ExchangeErrorCode } from '../../errors.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { errorObject, type GraphAnswer } from './graph-answer.js';

interface Meaning {
  readonly code: ExchangeErrorCode;
  readonly advice?: readonly string[];
  readonly transient?: boolean;
}

const busy: Meaning = { code: 'SERVER_BUSY', transient: true };
const offline: Meaning = { code: 'NETWORK', transient: true };
const gone: Meaning = { code: 'MESSAGE_NOT_FOUND', advice: ['it was moved or deleted in the meantime'] };
const noFolder: Meaning = {
  code: 'FOLDER_NOT_FOUND',
  advice: ['the mailbox has no such folder, or it was renamed or deleted in the meantime'],
};
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
const noSendAs: Meaning = {
  code: 'ACCESS_DENIED',
  advice: ["send from the mailbox's own address, or have Send As granted for the other one"],
};
const tooLarge: Meaning = {
  code: 'PROTOCOL',
  advice: [
    'Graph takes messages of up to 3 MB, which is attachments of 2 MB: send a smaller one, ' +
      "or use protocol: 'imap' for a connection that sends larger ones",
  ],
};
const refused: Meaning = {
  code: 'AUTH_REFUSED',
  advice: ['see whether the scopes are those of Microsoft Graph, and whether auth.cloud is the cloud of the tenant'],
};

/** By code, in lower case: Graph writes some of them in several ways. */
const meanings: Readonly<Record<string, Meaning>> = {
  applicationthrottled: busy,
  toomanyrequests: busy,
  activitylimitreached: busy,
  errorserverbusy: busy,
  errortoomanyobjectsopened: busy,
  errorexceededconnectioncount: busy,
  errormailboxstoreunavailable: offline,
  errorconnectionfailed: offline,
  errorinternalservertransienterror: offline,
  errortimeoutexpired: offline,
  errormailboxmoveinprogress: offline,
  errormailboxfailover: offline,
  erroritemnotfound: gone,
  errorfoldernotfound: noFolder,
  errortofoldernotfound: noFolder,
  errorinvaliduser: noMailbox,
  errornonexistentmailbox: noMailbox,
  request_resourcenotfound: noMailbox,
  resourcenotfound: noMailbox,
  mailboxnotenabledforrestapi: notOnline,
  mailboxnotsupportedforrestapi: notOnline,
  errorsendasdenied: noSendAs,
  errormessagesizeexceeded: tooLarge,
  errorquotaexceeded: { code: 'ACCESS_DENIED', advice: ['empty the mailbox, or have its quota raised'] },
  invalidauthenticationtoken: refused,
};

const meaningsByStatus: Readonly<Record<number, Meaning>> = {
  401: refused,
  403: { code: 'ACCESS_DENIED' },
  413: tooLarge,
  429: busy,
  503: busy,
};

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
  const { code } = errorObject(answer);
  const known = meanings[code.toLowerCase()] ?? meaningsByStatus[answer.status] ?? unknown(answer);
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
  return answer.status === 404 && meanings[errorObject(answer).code.toLowerCase()] === gone;
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
