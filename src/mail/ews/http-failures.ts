import type { IncomingHttpHeaders } from 'node:http';
import { ExchangeError } from '../../errors.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { challengedError, claimsChallenge } from '../claims-challenge.js';
import type { Credentials } from '../credentials.js';
import { ewsError, type Attempt } from './ews-errors.js';
import { isOffered, offeredSchemes } from './offered-schemes.js';
import { responseErrors, type ResponseError } from './response-codes.js';
import { parseXml } from './xml-tree.js';

export type Scheme = Credentials['type'];

export interface FailedAnswer {
  readonly url: string;
  /** What was signed in with. */
  readonly scheme: Scheme;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What an HTTP status other than 200 means, after a token was renewed once. */
export function httpFailure(attempt: Attempt, answer: FailedAnswer): ExchangeError {
  const { status, body } = answer;
  const fault = status === 500 ? faultIn(body) : undefined;
  if (fault) return ewsError(attempt, fault);
  const summary = `${attempt.operation} in the mailbox ${attempt.mailbox} failed: ${answer.url} answered ${status}`;
  if (status === 401) return refused(summary, answer);
  if (status === 403) return disabled(summary, answer);
  if (status === 429 || status === 503) return busy(summary, answer);
  if (status >= 500) return new ExchangeError('NETWORK', summary, { transient: true });
  if (status >= 300 && status < 400) return elsewhere(summary, answer);
  return new ExchangeError('PROTOCOL', summary, { advice: ['see whether host names an Exchange server with EWS'] });
}

/** A proxy's page is no SOAP document. */
function faultIn(body: string): ResponseError | undefined {
  try {
    return responseErrors(parseXml(body))[0];
  } catch {
    return undefined;
  }
}

function refused(summary: string, answer: FailedAnswer): ExchangeError {
  const { headers, scheme } = answer;
  const offered = offeredSchemes(headers);
  if (!isOffered(scheme, offered)) return otherSchemes(`${summary}: it takes ${offered.join(', ')} only`, scheme);
  const said = [headers['x-ms-diagnostics']].flat().find(Boolean);
  const all = [summary, said].filter(Boolean).join(': ');
  if (claimsChallenge(headers)) return challengedError(all);
  return new ExchangeError('AUTH_REFUSED', all, {
    advice:
      scheme === 'basic'
        ? ["see whether user name and password are right: auth.username may have to be 'CONTOSO\\name'"]
        : ['see whether the permissions are granted: EWS.AccessAsUser.All, or full_access_as_app for an app alone'],
  });
}

/** Exchange Server has Windows authentication (NTLM, Negotiate) for EWS by default, and no other. */
function otherSchemes(summary: string, scheme: Scheme): ExchangeError {
  return new ExchangeError('AUTH_REFUSED', summary, {
    advice:
      scheme === 'basic'
        ? [
            'NTLM and Kerberos are not supported: have Basic authentication switched on for EWS, by an administrator: ' +
              "Set-WebServicesVirtualDirectory -Identity 'SERVER\\EWS (Default Web Site)' -BasicAuthentication $true",
            "or use protocol: 'imap', where the server has it",
          ]
        : ["the server takes no tokens: use auth: { type: 'basic', ... }, or have modern authentication set up for it"],
  });
}

/**
 * Exchange Online, from 2026-10-01, where EWS is off or the app is not on its list; a header says which, the body nothing.
 * https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange
 */
function disabled(summary: string, { headers }: FailedAnswer): ExchangeError {
  const said = [headers['x-ews-policy-reason']].flat().find(Boolean);
  return new ExchangeError('EWS_DISABLED', `${summary}: ${said ?? 'EWS is off for this tenant, or for this App ID'}`, {
    advice: [
      "use protocol: 'graph' for this connection, and leave out its host: every spec runs as before. " +
        'The app needs the permissions Mail.ReadWrite and Mail.Send of Microsoft Graph, and a person signs in once more',
      "or protocol: 'imap'",
      'or, until 2027-04-01, have an Exchange administrator switch EWS on and list the app (it takes up to 24 hours), ' +
        'in one command, with all that are listed so far (Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy): ' +
        'Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs "<the list so far>,<this clientId>"',
      ...(said && isPolicy.test(said)
        ? ['where the app is listed, a policy on user agents blocks it: EwsApplicationAccessPolicy of that command']
        : []),
    ],
  });
}

const isPolicy = /blocked by policy/i;

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
