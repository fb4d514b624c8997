import { ExchangeError } from '../../errors.js';
import type { HttpClient, HttpResponse } from '../../network/http.js';
import { isLoopback } from '../../network/loopback.js';
import { userAgent } from '../../network/user-agent.js';

export interface AutodiscoverOptions {
  readonly address: string;
  readonly http: HttpClient;
  /** Base URLs in the order to ask: `https://autodiscover.contoso.com`, `https://outlook.office365.com`. */
  readonly hosts: readonly string[];
  readonly signal?: AbortSignal;
}

const maxRedirects = 5;
const timeout = 15_000;

/**
 * Asks for a mailbox's EWS URL with Autodiscover v2: one unauthenticated GET a host, the first answer
 * wins. Answers and redirects lead to https only, unless the host asked is this machine.
 *
 * @throws AUTODISCOVER, which lists each host asked and its answer
 */
export async function autodiscoverEws(options: AutodiscoverOptions): Promise<string> {
  const answers: string[] = [];
  let transient = false;
  for (const host of options.hosts) {
    try {
      return await ask(host, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      answers.push(`${new URL(host).host}: ${(error as Error).message.split('\n')[0]}`);
      transient ||= error instanceof ExchangeError && error.transient;
    }
  }
  const summary = `no EWS URL was found for ${options.address}`;
  const advice = [...answers, "name the server as host instead of 'autodiscover'"];
  throw new ExchangeError('AUTODISCOVER', summary, { advice, transient });
}

async function ask(host: string, { address, http, signal }: AutodiscoverOptions): Promise<string> {
  let url = new URL(`/autodiscover/autodiscover.json?Email=${encodeURIComponent(address)}&Protocol=EWS`, host);
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const headers = { Accept: 'application/json', 'User-Agent': userAgent() };
    const answer = await http.request({
      method: 'GET',
      url: url.href,
      headers,
      timeout,
      maxBody: 65_536,
      ...(signal && { signal }),
    });
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || !location) return safeUrl(ewsUrl(answer), host);
    url = new URL(safeUrl(new URL(location, url).href, host));
  }
  throw new Error(`more than ${maxRedirects} redirects`);
}

function ewsUrl({ status, body }: HttpResponse): string {
  const answer = parse(body);
  if (status === 200 && typeof answer?.Url === 'string') return answer.Url;
  throw new Error([status, answer?.ErrorCode, answer?.ErrorMessage].filter(Boolean).join(' '));
}

function parse(body: Buffer): { Url?: unknown; ErrorCode?: unknown; ErrorMessage?: unknown } | undefined {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}

/** A token goes to that address next. */
function safeUrl(url: string, asked: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const isLocal = isLoopback(hostname) && isLoopback(new URL(asked).hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isLocal)) return url;
  throw new Error(`led to ${url}, which is not https`);
}
