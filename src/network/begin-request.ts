import { request as requestHttp, type ClientRequest, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';

/** Begins a request. Its headers and its path are not among its options: NODE_DEBUG=http prints those, secrets and all. */
export function beginRequest(url: URL, headers: OutgoingHttpHeaders, options: RequestOptions): ClientRequest {
  const make = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = make(url.origin, options);
  request.path = `${url.pathname}${url.search}`;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) request.setHeader(name, value);
  return request;
}
