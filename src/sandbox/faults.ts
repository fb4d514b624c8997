/**
 * What goes wrong on purpose. Every field is off by default and takes effect on the next request;
 * counters count down as they strike.
 */
export interface Faults {
  /** What is delivered is recorded as failing SPF, DKIM and DMARC, where it passes otherwise. */
  unauthentic: boolean;
  /** EWS answers 403 with an empty body, as for a tenant where it is switched off. */
  ewsDisabled: boolean;
  /** The next requests to EWS are answered with ErrorServerBusy. */
  busy: { times: number; backOffMilliseconds: number };
  /** The next requests over HTTP are answered 401, whatever their token. */
  unauthorized: number;
  /** So many access tokens, those that come next, are refused by Graph and EWS for good, with the claims that a new one has to have. */
  claimsChallenges: number;
  /** The next requests over HTTP are cut off after they were read: no answer. */
  dropRequests: number;
  /** How many EWS requests an account may have under way; those above it are answered ErrorExceededConnectionCount. */
  maxEwsRequests: number;
  /** How many streaming connections an account may hold at once. */
  maxStreams: number;
  /** The share (0 to 1) of push events that are never sent. */
  losePushes: number;
  /** Streams are sent in chunks of this many octets, wherever that cuts; 0 sends an envelope whole. */
  chunkSize: number;
  /** Streams fall silent: no events, no heartbeats, the connection stays open. */
  silentStreams: boolean;
  /** Every answer is held back this many milliseconds. */
  delay: number;
  /** The next IMAP sessions are cut right after they signed in. */
  dropAfterLogin: number;
  /** The next answers to an IMAP FETCH are cut off in the middle. */
  dropDuringFetch: number;
  /** IMAP is a black hole: connections are taken and stay open, and nothing is answered or pushed. */
  silentImap: boolean;
  /** The next IMAP commands of who is signed in are answered `BAD User is authenticated but not connected.` */
  notConnected: number;
  /** The next IMAP commands that sign in or work in the mailbox are answered `BAD Request is throttled.` */
  throttleImap: { times: number; backOffMilliseconds: number };
  /** How many IMAP sessions an account may have at once; those above it are authenticated, but not connected. */
  maxImapConnections: number;
  /** How many mails an account may hand in over SMTP in a minute; those above it are refused with 421. 0 is any number. */
  sendsPerMinute: number;
  /** What SMTP refuses, in the words of smtp.office365.com. */
  smtpRefusal: SmtpRefusalFault | undefined;
  /** How many SMTP sessions an account may have at once; those above it are refused with 432. 0 is any number. */
  maxSmtpConnections: number;
  /** Graph answers 404 MailboxNotEnabledForRESTAPI, as for a mailbox that is not in Exchange Online. */
  graphDisabled: boolean;
  /** Graph does not tell which number the next message of a folder gets (PidTagArticleNumNext): clients have delta queries. */
  noArticleNumbers: boolean;
  /** The next requests to Graph, a batch's one by one, are answered 429 TooManyRequests. */
  throttleGraph: { times: number; retryAfterSeconds: number };
  /** How many requests an app may have under way at a mailbox in Graph; those above it are answered 429. */
  maxGraphRequests: number;
  /** How many requests an app may make at a mailbox in ten minutes; those above it are answered 429. 0 is any number. */
  graphRequestsPerTenMinutes: number;
  /** The next requests that go on with a delta query of Graph are answered 410 SyncStateNotFound. */
  lostSyncStates: number;
  /** Every page of a delta query is held back this many milliseconds. */
  delayDelta: number;
  /** The next pages of a delta query are cut off in the middle. */
  dropDuringDelta: number;
  /** Messages that are there, are listed, and are not given to whoever asks for them. */
  unreadable: UnreadableFault | undefined;
  /** What the token endpoint answers instead of tokens. */
  token: TokenFault | undefined;
  /** What the sign-in page shows once the password was given. */
  signIn: TokenFault | undefined;
  /** Sign-in answers with a redirect (302) where the client asked for `response_mode=form_post`. */
  ignoreFormPost: boolean;
}

/** Messages that a server can't convert, or that are corrupt. */
export interface UnreadableFault {
  /** Their subject. */
  readonly subject: string;
  /** What of them is not given: the MIME source, or the envelope too. @default 'source' */
  readonly part?: 'source' | 'all';
  /** Exchange's code for why; IMAP knows none. @default 'ErrorMimeContentConversionFailed' */
  readonly code?: string;
  /** How often it strikes. @default always */
  times?: number;
}

/**
 * What smtp.office365.com refuses: `5.7.57` who is not signed in, `5.7.139` a sign-in where SMTP AUTH is switched off,
 * `5.7.60` and `5.2.252` a sender that the user may not send as, `4.3.2` too many connections at once.
 */
export type SmtpRefusalCode = (typeof smtpRefusalCodes)[number];

/** A refusal of smtp.office365.com. */
export interface SmtpRefusalFault {
  readonly code: SmtpRefusalCode;
  /** How often it strikes. @default always */
  times?: number;
}

/** A failure of the identity platform, in Microsoft's words. */
export interface TokenFault {
  /** The AADSTS code, without its prefix: 50173 (revoked), 700082 (expired) ... */
  readonly code: number;
  /** How many requests it strikes. @default all */
  times?: number;
}

export const smtpRefusalCodes = ['5.7.57', '5.7.139', '5.7.60', '5.2.252', '4.3.2'] as const;

export function noFaults(): Faults {
  return {
    unauthentic: false,
    ewsDisabled: false,
    busy: { times: 0, backOffMilliseconds: 0 },
    unauthorized: 0,
    claimsChallenges: 0,
    dropRequests: 0,
    maxEwsRequests: 27,
    maxStreams: 10,
    losePushes: 0,
    chunkSize: 0,
    silentStreams: false,
    delay: 0,
    dropAfterLogin: 0,
    dropDuringFetch: 0,
    silentImap: false,
    notConnected: 0,
    throttleImap: { times: 0, backOffMilliseconds: 0 },
    maxImapConnections: 20,
    sendsPerMinute: 0,
    smtpRefusal: undefined,
    maxSmtpConnections: 0,
    graphDisabled: false,
    noArticleNumbers: false,
    throttleGraph: { times: 0, retryAfterSeconds: 0 },
    maxGraphRequests: 4,
    graphRequestsPerTenMinutes: 0,
    lostSyncStates: 0,
    delayDelta: 0,
    dropDuringDelta: 0,
    unreadable: undefined,
    token: undefined,
    signIn: undefined,
    ignoreFormPost: false,
  };
}
