import type { IncomingHttpHeaders } from 'node:http';
import { ExchangeError } from '../../errors.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { ewsError, type Attempt } from './ews-errors.js';
import { responseErrors } from './response-codes.js';

export interface FailedAnswer {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What an HTTP status other than 200 means, after a token was renewed once. */
export function httpFailure(attempt: Attempt, answer: FailedAnswer): ExchangeError {
  const { status, body } = answer;
  const [fault] = status === 500 ? responseErrors(body) : [];
  if (fault) return ewsError(attempt, fault);
  const summary = `${attempt.operation} in the mailbox ${attempt.mailbox} failed: ${answer.url} answered ${status}`;
  if (status === 401) return refused(summary, answer);
  if (status === 403) return disabled(summary);
  if (status === 429 || status === 503) return busy(summary, answer);
  if (status >= 500) return new ExchangeError('NETWORK', summary, { transient: true });
  if (status >= 300 && status < 400) return elsewhere(summary, answer);
  return new ExchangeError('PROTOCOL', summary, { advice: ['see whether host names an Exchange server with EWS'] });
}

function refused(summary: string, { headers }: FailedAnswer): ExchangeError {
  const said = [headers['x-ms-diagnostics']].flat().find(Boolean);
  const offered = headers['www-authenticate'];
  return new ExchangeError('AUTH_REFUSED', [summary, said].filter(Boolean).join(': '), {
    advice: [
      'see whether the permissions are granted: EWS.AccessAsUser.All, or full_access_as_app for an app without a user',
      'with a password: see whether it is right, and whether the server takes Basic authentication',
      ...(offered ? [`the server offers: ${offered}`] : []),
    ],
  });
}

/**
 * Exchange Online, from 2026-10-01, where EWS is off or the app is not on its list; the body tells nothing.
 * https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-ews-exchange-online
 */
function disabled(summary: string): ExchangeError {
  const cause = 'Exchange Web Services is switched off for this tenant, or this App ID is not on its list';
  return new ExchangeError('EWS_DISABLED', `${summary}: ${cause}`, {
    advice: [
      "use protocol: 'imap' for this connection: every spec runs as before",
      'or, until 2027-04-01, have an Exchange administrator list the app (it takes up to 24 hours): ' +
        'Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs "<the list so far>,<this clientId>"',
    ],
  });
}

function busy(summary: string, { headers }: FailedAnswer): ExchangeError {
  const after = retryAfterOf(headers);
  return new ExchangeError('SERVER_BUSY', summary, {
    transient: true,
    ...(after !== undefined && { retryAfter: after }),
  });
}

function elsewhere(summary: string, { headers }: FailedAnswer): ExchangeError {
  const to = headers.location ? ` with a redirect to ${headers.location.replace(/\?.*/s, '')}` : '';
  return new ExchangeError('PROTOCOL', summary + to, {
    advice: ["name the server that holds the mailbox as host, or use host: 'autodiscover'"],
  });
}
