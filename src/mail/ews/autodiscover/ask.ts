import { ExchangeError } from '../../../errors.js';
import type { HttpClient, HttpResponse } from '../../../network/http.js';
import { isLoopback } from '../../../network/loopback.js';
import { userAgent } from '../../../network/user-agent.js';
import type { Credentials } from '../../credentials.js';
import { authorization } from '../authorization.js';
import { isOffered, offeredSchemes } from '../offered-schemes.js';
import type { AutodiscoverService, Finding } from './autodiscover-service.js';
import type { Trust } from './trust.js';

export interface AskOptions extends Trust {
  readonly http: HttpClient;
  readonly credentials: Credentials;
  readonly signal?: AbortSignal;
}

export interface Question {
  readonly service: AutodiscoverService;
  readonly address: string;
  readonly url: URL;
}

/** What asking comes to in the end. */
export type Found = Exclude<Finding, { readonly redirectUrl: string }>;

export const maxRedirects = 5;
const timeout = 10_000;
const maxBody = 256 * 1024;

/**
 * Asks one service of one server, and follows where it leads: over https only, unless the server asked is
 * this machine, and to servers that are trusted only. Credentials go to a server that asks for them.
 *
 * @throws Error that says what the server answered instead; AUTH_REFUSED where it refused the credentials
 */
export async function ask(question: Question, options: AskOptions): Promise<Found> {
  const { service, url: asked } = question;
  let url = asked;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const answer = await signedIn({ ...question, url }, options);
    const finding = movedTo(answer, url) ?? service.read(answer);
    if ('redirectAddress' in finding) return finding;
    if ('ewsUrl' in finding) return { ewsUrl: assertReceiver(secureUrl(finding.ewsUrl, asked), options).href };
    url = assertTrusted(secureUrl(finding.redirectUrl, asked), options);
  }
  throw new Error(`more than ${maxRedirects} redirects, the last one to ${url.origin}${url.pathname}`);
}

async function signedIn(question: Question, options: AskOptions): Promise<HttpResponse> {
  const answer = await send(question, options);
  if (answer.status !== 401 || !question.service.needsSignIn) return answer;
  assertReceiver(question.url, options);
  const scheme = options.credentials.type;
  const offered = offeredSchemes(answer.headers);
  if (!isOffered(scheme, offered)) throw new Error(`401, and it takes ${offered.join(', ')} only`);
  const again = await send(question, options, await authorization(options.credentials, options));
  if (again.status === 401) throw refused(question, options.credentials);
  return again;
}

function send(
  { service, address, url }: Question,
  { http, signal }: AskOptions,
  Authorization?: string,
): Promise<HttpResponse> {
  const { headers, ...request } = service.request(url, address);
  return http.request({
    ...request,
    url: url.href,
    headers: { ...headers, 'User-Agent': userAgent(), ...(Authorization && { Authorization }) },
    timeout,
    maxBody,
    ...(signal && { signal }),
  });
}

function movedTo({ status, headers }: HttpResponse, url: URL): Finding | undefined {
  if (status < 300 || status >= 400 || !headers.location) return undefined;
  const { location } = headers;
  return { redirectUrl: URL.canParse(location, url) ? new URL(location, url).href : location };
}

/** Credentials go to that address next, and not those that it holds itself. */
function secureUrl(text: string, asked: URL): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url) url.username = url.password = '';
  const isLocal = url !== undefined && isLoopback(url.hostname) && isLoopback(asked.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw new Error(`it led to ${text.replace(/\?.*/s, '')}, which is not https`);
}

function assertTrusted(url: URL, { mayBeAsked }: AskOptions): URL {
  if (mayBeAsked(url)) return url;
  throw new Error(`it leads to ${url.host}, which is neither of the mail's own domain nor of Microsoft's cloud`);
}

function assertReceiver(url: URL, { mayReceive, credentials, ...options }: AskOptions): URL {
  if (mayReceive(url)) return url;
  assertTrusted(url, { mayReceive, credentials, ...options });
  throw new Error(`it leads to ${url.host}, for which the access token is not meant`);
}

/** Asking on with a password that is wrong could lock the account. */
function refused({ url }: Question, { type, username }: Credentials): ExchangeError {
  const what = type === 'basic' ? 'user name and password' : 'the access token';
  return new ExchangeError('AUTH_REFUSED', `${url.origin}${url.pathname} refused ${what} of ${username}`, {
    advice:
      type === 'basic'
        ? ['see whether they are right: auth.username may have to be CONTOSO\\name', 'no other server was asked']
        : ['see whether the permissions are granted', 'no other server was asked'],
  });
}
