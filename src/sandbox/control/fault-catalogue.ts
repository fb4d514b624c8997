import { smtpRefusalCodes, type Faults } from '../faults.js';

/** What a fault's value looks like, beside what it is off. */
export type FaultKind = keyof typeof checks;

export interface FaultDescription {
  /** The door it is at. */
  readonly door: 'Delivery' | 'Every door' | 'Sign-in' | 'EWS' | 'Graph' | 'IMAP' | 'SMTP';
  readonly kind: FaultKind;
  /** What a client will see. */
  readonly effect: string;
}

/** Every fault that can be asked for. */
export const faultCatalogue: Readonly<Record<keyof Faults, FaultDescription>> = {
  unauthentic: {
    door: 'Delivery',
    kind: 'switch',
    effect:
      'What comes is recorded as failing SPF, DKIM and DMARC (Authentication-Results), where it passes otherwise.',
  },
  delay: { door: 'Every door', kind: 'milliseconds', effect: 'Every answer comes so much later.' },
  unauthorized: {
    door: 'Every door',
    kind: 'requests',
    effect: 'The next requests over HTTP: 401, whatever their token.',
  },
  claimsChallenges: {
    door: 'Every door',
    kind: 'limit',
    effect:
      'So many access tokens, those that come next to Graph and EWS: 401 from then on, with the claims that a new one has to have, as with continuous access evaluation.',
  },
  dropRequests: {
    door: 'Every door',
    kind: 'requests',
    effect: 'The next requests over HTTP are read, then the connection is cut: no answer.',
  },
  losePushes: {
    door: 'Every door',
    kind: 'share',
    effect: 'This share of the push events, of EWS streams and of IMAP IDLE, is never sent: 0.5 is every other.',
  },
  unreadable: {
    door: 'Every door',
    kind: 'message',
    effect:
      'Messages with this subject are listed and not given: EWS, and Graph with status 500, answer with the code, IMAP with NO. The part is the source, or all.',
  },
  token: {
    door: 'Sign-in',
    kind: 'failure',
    effect:
      'The token endpoint answers with this AADSTS code, in Microsoft’s words: 50173 revoked, 700082 expired, 65001 no consent ...',
  },
  signIn: {
    door: 'Sign-in',
    kind: 'failure',
    effect: 'The sign-in page shows this AADSTS code once the password was given.',
  },
  ignoreFormPost: {
    door: 'Sign-in',
    kind: 'switch',
    effect: 'Sign-in comes back by a redirect (302), although the client asked for response_mode=form_post.',
  },
  ewsDisabled: {
    door: 'EWS',
    kind: 'switch',
    effect: '403 with an empty body, as for a tenant where EWS is switched off.',
  },
  busy: { door: 'EWS', kind: 'busy', effect: 'The next requests: ErrorServerBusy, with the time to back off.' },
  maxEwsRequests: {
    door: 'EWS',
    kind: 'limit',
    effect: 'An account may have so many requests under way, streams apart; above it ErrorExceededConnectionCount.',
  },
  maxStreams: { door: 'EWS', kind: 'limit', effect: 'An account may hold so many streaming connections at once.' },
  chunkSize: {
    door: 'EWS',
    kind: 'octets',
    effect: 'Streams come in pieces of this size, wherever that cuts; 0 is whole.',
  },
  silentStreams: {
    door: 'EWS',
    kind: 'switch',
    effect: 'Streams fall silent: no events, no heartbeats, and the connection stays open.',
  },
  graphDisabled: {
    door: 'Graph',
    kind: 'switch',
    effect: '404 MailboxNotEnabledForRESTAPI, as for a mailbox that is not in Exchange Online.',
  },
  noArticleNumbers: {
    door: 'Graph',
    kind: 'switch',
    effect: 'Folders without PidTagArticleNumNext: clients follow them by delta queries.',
  },
  throttleGraph: {
    door: 'Graph',
    kind: 'throttle',
    effect: 'The next requests, a batch’s one by one: 429 TooManyRequests with Retry-After.',
  },
  maxGraphRequests: {
    door: 'Graph',
    kind: 'limit',
    effect: 'An app may have so many requests under way at a mailbox; above it 429 ApplicationThrottled.',
  },
  graphRequestsPerTenMinutes: {
    door: 'Graph',
    kind: 'limit',
    effect:
      'An app may make so many requests at a mailbox; above it 429 TooManyRequests with Retry-After. 0 is any number.',
  },
  lostSyncStates: {
    door: 'Graph',
    kind: 'requests',
    effect: 'The next requests that go on with a delta query: 410 SyncStateNotFound.',
  },
  delayDelta: { door: 'Graph', kind: 'milliseconds', effect: 'Every page of a delta query comes so much later.' },
  dropDuringDelta: {
    door: 'Graph',
    kind: 'requests',
    effect: 'The next pages of a delta query break off in the middle.',
  },
  dropAfterLogin: { door: 'IMAP', kind: 'requests', effect: 'The next sessions are cut right after they signed in.' },
  dropDuringFetch: { door: 'IMAP', kind: 'requests', effect: 'The next answers to a FETCH break off in the middle.' },
  silentImap: {
    door: 'IMAP',
    kind: 'switch',
    effect: 'A black hole: connections are taken and stay open, and nothing is answered or pushed.',
  },
  notConnected: {
    door: 'IMAP',
    kind: 'requests',
    effect: 'The next commands of who is signed in: BAD User is authenticated but not connected.',
  },
  throttleImap: {
    door: 'IMAP',
    kind: 'busy',
    effect: 'The next commands: BAD Request is throttled, with the time to back off.',
  },
  maxImapConnections: {
    door: 'IMAP',
    kind: 'limit',
    effect: 'An account may have so many sessions at once; those above it are authenticated, but not connected.',
  },
  sendsPerMinute: {
    door: 'SMTP',
    kind: 'limit',
    effect: 'An account may hand in so many mails in a minute; above it 421 4.4.2. 0 is any number.',
  },
  smtpRefusal: {
    door: 'SMTP',
    kind: 'refusal',
    effect:
      'What smtp.office365.com refuses: 5.7.57 not signed in, 5.7.139 SMTP AUTH switched off, 5.7.60 and 5.2.252 no right to send as the sender, 4.3.2 too many connections.',
  },
  maxSmtpConnections: {
    door: 'SMTP',
    kind: 'limit',
    effect: 'An account may have so many sessions at once; above it 432 4.3.2. 0 is any number.',
  },
};

const isNumber = (value: unknown): boolean => typeof value === 'number' && value >= 0;
const hasNumbers = (value: unknown, ...names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => isNumber(value[name]));

const hasTimes = (value: Record<string, unknown>): boolean => value['times'] === undefined || isNumber(value['times']);

const smtpRefusals: readonly unknown[] = smtpRefusalCodes;

const checks = {
  switch: (value: unknown) => typeof value === 'boolean',
  /** How many of the next it strikes. */
  requests: isNumber,
  /** How many there may be. */
  limit: isNumber,
  milliseconds: isNumber,
  octets: isNumber,
  share: (value: unknown) => isNumber(value) && Number(value) <= 1,
  busy: (value: unknown) => hasNumbers(value, 'times', 'backOffMilliseconds'),
  throttle: (value: unknown) => hasNumbers(value, 'times', 'retryAfterSeconds'),
  failure: (value: unknown) => value === undefined || (isRecord(value) && isNumber(value['code']) && hasTimes(value)),
  refusal: (value: unknown) =>
    value === undefined || (isRecord(value) && smtpRefusals.includes(value['code']) && hasTimes(value)),
  message: (value: unknown) =>
    value === undefined ||
    (isRecord(value) &&
      typeof value['subject'] === 'string' &&
      [undefined, 'source', 'all'].some((part) => part === value['part']) &&
      ['string', 'undefined'].includes(typeof value['code']) &&
      hasTimes(value)),
};

export function isFault(name: string): name is keyof Faults {
  return Object.hasOwn(faultCatalogue, name);
}

/** Whether a fault can have a value. */
export function isFaultValue(name: keyof Faults, value: unknown): boolean {
  return checks[faultCatalogue[name].kind](value);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
