import { ExchangeError } from '../../errors.js';
import type { Trail } from '../../network/dial.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../network/http.js';
import { userAgent } from '../../network/user-agent.js';
import { claimsChallenge } from '../claims-challenge.js';
import type { BearerCredentials, Renewal } from '../credentials.js';
import type { GraphAnswer } from './graph-answer.js';

export interface GraphHttpOptions {
  /** The service's root: `https://graph.microsoft.com/v1.0`. */
  readonly url: string;
  readonly credentials: BearerCredentials;
  readonly http: HttpClient;
}

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the service's root, with its query; or a link that the service gave. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: 'application/json' | 'text/plain';
  /** Preferences (RFC 7240). */
  readonly prefer?: string;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly repeatable?: boolean;
  /** The longest answer that is accepted, in octets. @default what the HTTP client accepts */
  readonly maxBody?: number;
  /** Is kept up to date with how far the request has come. */
  readonly trail?: Trail;
}

/** A piece of a file on its way to an address that Graph gave. */
export interface UploadRequest extends Pick<GraphRequest, 'signal' | 'timeout'> {
  readonly url: string;
  readonly piece: Buffer;
  /** Which part of the file it is, as `Content-Range` says it (RFC 9110 section 14.4). */
  readonly range: string;
}

/** Requests to Graph, signed in; any status is an answer. */
export class GraphHttp {
  readonly #options: GraphHttpOptions;
  #token = '';

  constructor(options: GraphHttpOptions) {
    this.#options = options;
  }

  /** The token of the last request. */
  get token(): string {
    return this.#token;
  }

  /**
   * The answer, its body an object where it is JSON, else as it came. A token that was withdrawn is renewed once, with
   * the claims that are asked for.
   */
  async request(request: GraphRequest): Promise<GraphAnswer> {
    let answer = await this.#send(request);
    if (answer.status === 401)
      answer = await this.#send(request, { renew: true, claims: claimsChallenge(answer.headers) });
    return { ...answer, body: parse(answer) };
  }

  /** Uploads a piece; the address is its own permission, so that no token goes there. @throws PROTOCOL where it is no safe one */
  async upload({ url, piece, range, ...limits }: UploadRequest): Promise<GraphAnswer> {
    if (!this.#isSafe(url))
      throw new ExchangeError('PROTOCOL', 'Graph named no https: address to upload an attachment to');
    const headers = { 'Content-Range': range, 'Content-Type': 'application/octet-stream', 'User-Agent': userAgent() };
    const answer = await this.#options.http.request({ ...limits, method: 'PUT', url, headers, body: piece });
    return { ...answer, body: parse(answer) };
  }

  async #send(request: GraphRequest, renewal: Renewal = { renew: false }): Promise<HttpResponse> {
    const { credentials, http } = this.#options;
    this.#token = await credentials.token({ signal: request.signal, ...renewal });
    return await http.request(this.#signed(request));
  }

  #signed({ path, contentType, prefer, ...request }: GraphRequest): HttpRequest {
    return {
      ...request,
      url: this.#resolve(path),
      headers: {
        // A message's source is no JSON.
        Accept: 'application/json, */*',
        'User-Agent': userAgent(),
        Authorization: `Bearer ${this.#token}`,
        ...(contentType && { 'Content-Type': contentType }),
        ...(prefer && { Prefer: prefer }),
      },
    };
  }

  #isSafe(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, origin } = new URL(url);
    return protocol === 'https:' || origin === new URL(this.#options.url).origin;
  }

  /** Of a link only the path and the query count: the token goes nowhere but to the service. */
  #resolve(path: string): string {
    const root = this.#options.url;
    if (!URL.canParse(path)) return root + path;
    const { pathname, search } = new URL(path);
    return new URL(root).origin + pathname + search;
  }
}

function parse({ headers, body }: HttpResponse): unknown {
  if (!headers['content-type']?.includes('json')) return body;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
