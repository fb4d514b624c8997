import { ExchangeError } from '../../errors.js';
import { busy, exchangeCodes, Meanings, noFolder, type Meaning } from '../exchange-meanings.js';
import type { ResponseError } from './response-codes.js';

const watchAgain: Meaning = { code: 'NETWORK', transient: true };
const tooMany: Meaning = {
  code: 'PUSH_UNAVAILABLE',
  advice: [
    'run fewer workers on this mailbox, or spread them over more mailboxes',
    'subscriptions that killed workers left behind end by themselves within 30 minutes',
  ],
};
const notForDelegates: Meaning = {
  code: 'PUSH_UNAVAILABLE',
  advice: ['sign in as the mailbox itself, or as an app that may impersonate it, to get notifications'],
};
const noMailbox: Meaning = {
  code: 'MAILBOX_NOT_FOUND',
  advice: ['see whether the address is right, and whether its mailbox lives on this server'],
};
const denied: Meaning = {
  code: 'ACCESS_DENIED',
  advice: ['give the signed-in account full access to the mailbox, or the app permission to impersonate it'],
};
const noImpersonation: Meaning = {
  code: 'ACCESS_DENIED',
  advice: ['let the app impersonate this mailbox: the role ApplicationImpersonation, or full_access_as_app'],
};
const meanings = new Meanings(exchangeCodes, {
  ErrorSubscriptionNotFound: watchAgain,
  ErrorInvalidSubscription: watchAgain,
  ErrorExpiredSubscription: watchAgain,
  ErrorReadEventsFailed: watchAgain,
  ErrorMissedNotificationEvents: watchAgain,
  ErrorInvalidWatermark: watchAgain,
  ErrorNewEventStreamConnectionOpened: watchAgain,
  ErrorExceededConnectionCount: busy,
  ErrorExceededSubscriptionCount: tooMany,
  ErrorSubscriptionDelegateAccessNotSupported: notForDelegates,
  ErrorSubscriptionAccessDenied: notForDelegates,
  ErrorParentFolderNotFound: noFolder,
  ErrorNonExistentMailbox: noMailbox,
  ErrorNoRespondingCASInDestinationSite: noMailbox,
  ErrorMissingEmailAddress: noMailbox,
  ErrorAccountDisabled: { code: 'ACCESS_DENIED', advice: ['enable the account'] },
  ErrorAccessDenied: denied,
  ErrorImpersonateUserDenied: noImpersonation,
  ErrorImpersonationDenied: noImpersonation,
  ErrorImpersonationFailed: noImpersonation,
  ErrorMessageSizeExceeded: { code: 'PROTOCOL', advice: ['send a smaller message, or have the limit raised'] },
  ErrorInvalidServerVersion: { code: 'PROTOCOL', advice: ['the server is older than this operation'] },
});

/** What was tried, in user words, and in which mailbox. */
export interface Attempt {
  /** `reading the messages of the folder Inbox` */
  readonly operation: string;
  readonly mailbox: string;
  /** It asks for push: where there are too many connections, it goes without. */
  readonly isPush?: boolean | undefined;
}

/** An error that Exchange reported in a SOAP answer. */
export function ewsError({ operation, mailbox, isPush }: Attempt, error: ResponseError): ExchangeError {
  const isRefused = isPush && error.code === 'ErrorExceededConnectionCount';
  const meaning = (isRefused ? tooMany : meanings.of(error.code)) ??
    impersonationMissing(error) ?? { code: 'PROTOCOL' };
  const said = [error.code, error.text].filter(Boolean).join(': ');
  return new ExchangeError(meaning.code, `${operation} in the mailbox ${mailbox} failed: ${said}`, {
    cause: new ResponseFault(error),
    advice: meaning.advice ?? [],
    transient: meaning.transient ?? false,
    ...(error.backOff !== undefined && { retryAfter: error.backOff }),
  });
}

/** Whether Exchange gave one of these response codes as the reason. */
export function hasResponseCode(error: unknown, codes: readonly string[]): boolean {
  const cause = error instanceof ExchangeError ? error.cause : undefined;
  return cause instanceof ResponseFault && codes.includes(cause.code);
}

class ResponseFault extends Error {
  override readonly name = 'ResponseFault';
  readonly code: string;

  constructor({ code, text }: ResponseError) {
    super(text || code);
    this.code = code;
  }
}

/** Comes with various codes: "ExchangeImpersonation SOAP header must be present for this type of OAuth token." */
function impersonationMissing({ text }: ResponseError): Meaning | undefined {
  return text.includes('ExchangeImpersonation SOAP header must be present')
    ? {
        code: 'CONFIGURATION',
        advice: ['an app without a user must name the mailbox that it works in: set user or mailbox'],
      }
    : undefined;
}
