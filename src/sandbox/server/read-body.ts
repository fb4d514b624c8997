import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import { collect } from '../../async/collect.js';
import { HttpRefusal } from './http-refusal.js';

type Reader = (body: Buffer) => void;

const readers = new WeakMap<IncomingMessage, Reader>();

/** Has a request's body shown to somebody beside its door, as soon as that has read it. */
export function onBody(request: IncomingMessage, reader: Reader): void {
  readers.set(request, reader);
}

/**
 * A request's whole body; nothing where whoever sent it went away, or took too long. One that is too large is let
 * pass to its end, so that its sender hears why it was refused, and is not kept.
 * @param limit in octets
 * @param timeout in milliseconds; as with Node's own servers
 * @throws HttpRefusal 413
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  timeout = 300_000,
): Promise<Buffer | undefined> {
  const timer = setTimeout(() => request.destroy(), timeout);
  try {
    const body = await collect(request.iterator({ destroyOnReturn: false }), limit);
    if (body) readers.get(request)?.(body);
    if (body) return body;
    await finished(request.resume());
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
  throw new HttpRefusal(413, `The request is larger than ${limit} octets.`);
}
