import type { NodemailerError } from 'nodemailer';
import type { ResolvedSmtp } from '../../config/resolved.js';
import { ExchangeError } from '../../errors.js';
import { certificateFault } from '../../network/certificate-faults.js';
import { connectionError } from '../../network/connection-error.js';
import type { Credentials } from '../credentials.js';
import { oauthAdvice, passwordAdvice } from './sign-in-advice.js';

/** What was tried, in user words, and where. */
export interface SmtpAttempt {
  readonly operation: string;
  readonly address: string;
  readonly smtp: ResolvedSmtp;
  /** The proxy on the way, without its credentials. */
  readonly through?: string | undefined;
  readonly credentials: Credentials;
}

/**
 * What to do about a reply, by what stands in it.
 * https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
 * https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 */
const replies: readonly (readonly [RegExp, string])[] = [
  [/SendAsDenied|5\.7\.60\b/, "send from the mailbox's own address, or have Send As granted for the other one"],
  [/5\.7\.57\b/, "have clients sign in: give the connection an 'auth' that may send, and the right smtp.host"],
  [
    /SmtpClientAuthentication is disabled/i,
    'have an admin switch authenticated SMTP on: Set-CASMailbox -SmtpClientAuthenticationDisabled $false for the mailbox, Set-TransportConfig for the organisation',
  ],
  [
    /\b4\.3\.2\b/,
    'let fewer workers send at once, or share several mailboxes out: Exchange Online takes three connections a mailbox',
  ],
  [/5\.3\.4|5\.2\.3\b|^552/, 'send a smaller message, or have the limit raised'],
  [/5\.1\.|^553/, 'see whether the recipients exist'],
];

/** What a refusal is, where it is not that the server makes no sense of something. */
const kinds: readonly (readonly [RegExp, 'AUTH_REFUSED' | 'ACCESS_DENIED'])[] = [
  [/^530|5\.7\.57\b/, 'AUTH_REFUSED'],
  [/^5\d\d[ -]5\.7\.|SendAsDenied/, 'ACCESS_DENIED'],
];

/** The library's codes for what no connection is to blame for. */
const unsendable: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM', 'EPROTOCOL']);

const noTls = [`set smtp.security: 'tls' where the server has a port for it`];

/** Says in one of this package's errors what a failure to hand mail in means. */
export function smtpError(error: unknown, attempt: SmtpAttempt): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const failure: NodemailerError = error instanceof Error ? error : new Error(String(error));
  const { responseCode = 0, code } = failure;
  const summary = `${describe(attempt)} failed: ${failure.message}`;
  if (responseCode >= 400 && responseCode < 500) {
    return new ExchangeError('SERVER_BUSY', summary, { cause: failure, transient: true, advice: adviceOn(failure) });
  }
  if (code === 'EAUTH') {
    const advice = [...adviceOn(failure), ...signIn(attempt)];
    return new ExchangeError('AUTH_REFUSED', summary, { cause: failure, advice });
  }
  if (code === 'ETLS' && responseCode > 0)
    return new ExchangeError('NETWORK', summary, { cause: failure, advice: noTls });
  if (responseCode > 0 || unsendable.has(code ?? '')) return refusal(summary, failure);
  return brokenConnection(failure, attempt);
}

/** Some recipients were refused, and the message went to the others. Trying again would send it to them twice. */
export function partlyRefused(attempt: SmtpAttempt, errors: readonly NodemailerError[]): ExchangeError {
  const said = errors.map(({ message }) => message).join('; ');
  return refusal(`${describe(attempt)} failed for some of its recipients, the others got it: ${said}`, errors[0]);
}

function refusal(summary: string, failure: NodemailerError | undefined): ExchangeError {
  const kind = kinds.find(([pattern]) => pattern.test(failure?.response ?? ''))?.[1] ?? 'PROTOCOL';
  return new ExchangeError(kind, summary, { cause: failure, advice: adviceOn(failure) });
}

function adviceOn(failure: NodemailerError | undefined): readonly string[] {
  return replies.filter(([pattern]) => pattern.test(failure?.response ?? '')).map(([, line]) => line);
}

function brokenConnection(failure: NodemailerError, attempt: SmtpAttempt): ExchangeError {
  // The library puts a code of its own in place of the one that tells what is wrong with a certificate.
  const original = (failure as { originalCode?: string }).originalCode;
  const code = original ?? failure.code ?? '';
  const { advice, transient } = connectionError(Object.assign(failure, { code }), attempt.smtp);
  const problem = certificateFault(failure, code)?.problem ?? failure.message;
  const summary = `${describe(attempt)} failed: ${problem}`;
  return new ExchangeError('NETWORK', summary, { cause: failure, advice, transient });
}

function signIn({ credentials }: SmtpAttempt): readonly string[] {
  const advice = credentials.type === 'bearer' ? oauthAdvice(credentials) : passwordAdvice;
  return [...advice, 'see whether authenticated SMTP is switched on for the mailbox and for the organisation'];
}

function describe({ operation, address, smtp, through }: SmtpAttempt): string {
  const way = through ? ` through the proxy ${through}` : '';
  return `${operation} from the mailbox ${address} by ${smtp.host}:${smtp.port}${way}`;
}
