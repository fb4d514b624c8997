import type { IncomingHttpHeaders } from 'node:http';
import type { Trail } from './dial.js';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole answer is here; for a stream with status 200, until its head is. @default 60000 */
  readonly timeout?: number;
  /** The largest body that is accepted, in octets. @default 32 MiB */
  readonly maxBody?: number;
  /**
   * Doing it twice does no harm, so it may be sent again where a kept-alive connection turns out to be dead.
   * @default true for GET and HEAD, else false
   */
  readonly repeatable?: boolean;
  /** Is kept up to date with how far the request has come. */
  readonly trail?: Trail;
  /** Lets plain `http:` go to another machine: for what is public anyway. @default false */
  readonly plain?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Ends with the answer; throws NETWORK where the connection breaks. */
  readonly body: AsyncIterable<Buffer>;
  /** Cuts the connection. */
  close(): void;
}

/**
 * HTTP/1.1 with keep-alive over one connection's proxy and TLS settings.
 *
 * Any status is an answer, redirects too. Rejects with NETWORK (transient: refused, reset, unknown
 * host), with PROXY, with DEADLINE (transient), with PROTOCOL (body too large), or with the signal's reason.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
  stream(request: HttpRequest): Promise<HttpStream>;
  close(): void;
}
