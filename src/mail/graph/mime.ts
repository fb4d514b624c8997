import { ExchangeError } from '../../errors.js';
import { immutableIds, type GraphSession } from './graph-session.js';

/** The request for a message's source: https://learn.microsoft.com/graph/outlook-get-mime-message */
export function mimeRequest({ root }: GraphSession, id: string) {
  return { method: 'GET', path: `${root}/messages/${encodeURIComponent(id)}/$value`, prefer: immutableIds } as const;
}

/** A source as it came: octets, or within a batch base64. */
export function readMime(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body !== 'string') throw new ExchangeError('PROTOCOL', 'the server gave a message without its source');
  // No header field is base64, because of its colon.
  return Buffer.from(body, /^[\w+/=\s-]*$/.test(body) ? 'base64' : 'utf8');
}
