import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { collect } from '../../async/collect.js';
import { beginRequest } from '../begin-request.js';
import { secureContext } from '../certificates.js';

export interface PacSource {
  /** `http:`, `https:`, `file:` or `data:`, without credentials. */
  readonly url: URL;
  /** For its server. */
  readonly authorization: string | undefined;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** In octets; browsers take no more either. */
const maxSize = 1024 * 1024;
const maxRedirects = 5;

type Octets = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Loads a PAC file. @throws Error that says why it can't be had */
export async function loadPac(source: PacSource): Promise<string> {
  const octets = await collect(await open(source), maxSize);
  if (!octets) throw new Error(`it is larger than ${maxSize} octets`);
  return octets.toString('utf8');
}

async function open({ url, ...source }: PacSource): Promise<Octets> {
  const abortable = source.signal && { signal: source.signal };
  if (url.protocol === 'file:') return createReadStream(url, { ...abortable });
  if (url.protocol === 'data:') return [Buffer.from(await (await fetch(url, { ...abortable })).arrayBuffer())];
  // Whoever it redirects to is not meant to have them.
  return await openHttp({ url, ...source }, source.authorization ? 0 : maxRedirects);
}

async function openHttp({ url, ...source }: PacSource, redirects: number): Promise<IncomingMessage> {
  const answer = await head(request({ url, ...source }));
  const { statusCode: status = 0, headers } = answer;
  if (status >= 200 && status < 300) return answer;
  answer.destroy();
  const { location } = headers;
  const next = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined;
  if (status < 300 || status >= 400 || !next) throw new Error(`its server answered ${status}`);
  if (redirects === 0 || !/^https?:$/.test(next.protocol))
    throw new Error(`its server answered ${status}: it has moved`);
  return await openHttp({ url: next, ...source }, redirects - 1);
}

function request({ url, authorization, ca, signal }: PacSource): ClientRequest {
  const context = secureContext(ca);
  const headers: OutgoingHttpHeaders = { authorization };
  const options: RequestOptions = {
    ...(signal && { signal }),
    // Node's shared one would hand on connections that were trusted by another `ca`.
    agent: false,
    ...(context && { secureContext: context }),
    rejectUnauthorized: true,
  };
  const begun = beginRequest(url, headers, options);
  // What happens after the answer has begun is the answer's error too.
  begun.on('error', () => {});
  return begun.end();
}

async function head(asked: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}
