import type { ExchangeError } from '../../errors.js';
import type { Trail } from '../../network/dial.js';
import type { HttpClient, HttpRequest, HttpStream } from '../../network/http.js';
import { userAgent } from '../../network/user-agent.js';
import { claimsChallenge } from '../claims-challenge.js';
import type { Credentials, Renewal } from '../credentials.js';
import { authorization } from './authorization.js';
import { CookieJar } from './cookie-jar.js';
import type { Attempt } from './ews-errors.js';
import { httpFailure, type FailedAnswer } from './http-failures.js';

export interface EwsHttpOptions {
  readonly url: string;
  /** The mailbox, for the front end to route by. */
  readonly address: string;
  readonly credentials: Credentials;
  readonly http: HttpClient;
}

/** One SOAP request on its way. */
export interface EwsCall extends Attempt {
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly timeout?: number;
  readonly repeatable?: boolean;
  /** The longest answer that is accepted, in octets. @default what the HTTP client accepts */
  readonly maxBody?: number;
  /** Is kept up to date with how far the request has come. */
  readonly trail?: Trail;
}

type Answer = Pick<HttpStream, 'status' | 'headers'> & Partial<Pick<HttpStream, 'close'>>;

/** Posts SOAP documents, signed in, and resolves for status 200 only. */
export class EwsHttp {
  readonly #options: EwsHttpOptions;
  readonly #cookies = new CookieJar();

  constructor(options: EwsHttpOptions) {
    this.#options = options;
  }

  async post(soap: string, call: EwsCall): Promise<string> {
    const answer = await this.#signedIn(soap, call, (request) => this.#options.http.request(request));
    const body = answer.body.toString();
    if (answer.status !== 200) throw this.#failure(call, { ...answer, body });
    return body;
  }

  async stream(soap: string, call: EwsCall): Promise<HttpStream> {
    const stream = await this.#signedIn(soap, call, (request) => this.#options.http.stream(request));
    if (stream.status === 200) return stream;
    const body = await beginning(stream);
    throw this.#failure(call, { ...stream, body });
  }

  #failure(call: EwsCall, { status, headers, body }: Omit<FailedAnswer, 'url' | 'scheme'>): ExchangeError {
    const { url, credentials } = this.#options;
    return httpFailure(call, { url, scheme: credentials.type, status, headers, body });
  }

  /** A token that was withdrawn before its time is renewed once, with the claims that are asked for. */
  async #signedIn<T extends Answer>(
    soap: string,
    call: EwsCall,
    send: (request: HttpRequest) => Promise<T>,
  ): Promise<T> {
    let answer = await send(await this.#request(soap, call));
    if (answer.status === 401 && this.#options.credentials.type === 'bearer') {
      answer.close?.();
      const claims = claimsChallenge(answer.headers);
      answer = await send(await this.#request(soap, call, { renew: true, claims }));
    }
    this.#cookies.store(answer.headers['set-cookie']);
    return answer;
  }

  async #request(soap: string, call: EwsCall, renewal: Renewal = { renew: false }): Promise<HttpRequest> {
    const cookie = this.#cookies.header();
    const { signal, timeout, maxBody, trail, repeatable = false } = call;
    return {
      method: 'POST',
      url: this.#options.url,
      body: soap,
      signal,
      repeatable,
      ...(timeout !== undefined && { timeout }),
      ...(maxBody !== undefined && { maxBody }),
      ...(trail && { trail }),
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        Accept: 'text/xml',
        'User-Agent': userAgent(),
        'X-AnchorMailbox': this.#options.address,
        'X-PreferServerAffinity': 'true',
        Authorization: await authorization(this.#options.credentials, { signal, ...renewal }),
        ...(cookie && { Cookie: cookie }),
      },
    };
  }
}

const longestFault = 256 * 1024;

async function beginning(stream: HttpStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestFault) stream.close();
  }
  return Buffer.concat(chunks).toString();
}
