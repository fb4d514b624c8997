import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets the scripts of any page read what is answered, as Microsoft does where a page's token alone opens anything, and
 * answers the question that a browser asks before it sends more than a form could.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 * @param exposed header fields of the answer that scripts may read
 * @returns true where nothing is left to answer
 */
export function shareWithPages(request: IncomingMessage, response: ServerResponse, exposed: string[] = []): boolean {
  const { method, headers } = request;
  if (headers.origin === undefined) return false;
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (exposed.length > 0) response.setHeader('Access-Control-Expose-Headers', exposed.join(','));
  const wanted = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || wanted === undefined) return false;
  response.setHeader('Access-Control-Allow-Methods', wanted);
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('Access-Control-Max-Age', '3600');
  response.writeHead(200, { 'Content-Length': 0 }).end();
  return true;
}
