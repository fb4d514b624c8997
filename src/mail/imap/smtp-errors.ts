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

/** https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online */
const replies: readonly (readonly [RegExp, string])[] = [
  [/5\.7\.60|5\.2\.252|SendAsDenied/, "send from the mailbox's own address, or have Send As granted for the other one"],
  [/5\.3\.4|^552/, 'send a smaller message, or have the limit raised'],
  [/5\.1\.|^553/, 'see whether the recipients exist'],
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
    return new ExchangeError('SERVER_BUSY', summary, { cause: failure, transient: true });
  }
  if (code === 'EAUTH') return new ExchangeError('AUTH_REFUSED', summary, { cause: failure, advice: signIn(attempt) });
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
  const advice = replies.filter(([pattern]) => pattern.test(failure?.response ?? '')).map(([, line]) => line);
  const isDenied = /^5\d\d[ -]5\.7\./.test(failure?.response ?? '');
  return new ExchangeError(isDenied ? 'ACCESS_DENIED' : 'PROTOCOL', summary, { cause: failure, advice });
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
