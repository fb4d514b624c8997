import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { ExchangeError } from '../errors.js';
import { Agents, type Passenger } from './agents.js';
import { collect } from '../async/collect.js';
import { beginRequest } from './begin-request.js';
import type { NetworkSettings } from './dial.js';
import type { HttpClient, HttpRequest, HttpStream } from './http.js';
import { Limit } from '../async/limit.js';
import { isLoopback } from './loopback.js';
import { deadlineError, describe, networkError, type Target } from './network-errors.js';

const defaultTimeout = 60_000;
const defaultMaxBody = 32 * 1024 * 1024;

/**
 * HTTP/1.1 with keep-alive over one connection's proxy and certificate authorities.
 *
 * Plain `http:` is refused (CONFIGURATION, before anything is sent) unless the host is this machine, or it is asked for.
 */
export function createHttpClient(settings: NetworkSettings): HttpClient {
  const agents = new Agents(settings);
  return {
    async request(request) {
      const way = aim(agents, request);
      using limit = limitOf(request, way);
      const response = await limit.race(send(request, way, limit.signal));
      const body = await limit.race(readBody(response, request.maxBody ?? defaultMaxBody, way));
      return { status: response.statusCode ?? 0, headers: response.headers, body };
    },
    async stream(request) {
      const way = aim(agents, request);
      const limit = limitOf(request, way);
      try {
        const response = await limit.race(send(request, way, limit.signal));
        if (response.statusCode === 200) limit.lift();
        return streamOf(response, limit, way);
      } catch (error) {
        limit[Symbol.dispose]();
        throw error;
      }
    },
    close: () => agents.close(),
  };
}

type Way = Target & { readonly agents: Agents };

function aim(agents: Agents, { method, url: text, signal, plain = false, trail = {} }: HttpRequest): Way {
  signal?.throwIfAborted();
  if (!URL.canParse(text)) throw new ExchangeError('CONFIGURATION', `not a URL: ${text}`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (plain || isLoopback(url.hostname)))) {
    throw new ExchangeError('CONFIGURATION', `${url.origin} is refused: plain text goes to this machine only`, {
      advice: ['use https:'],
    });
  }
  return { method, url, agents, trail };
}

function limitOf({ signal, timeout = defaultTimeout }: HttpRequest, way: Way): Limit {
  return new Limit({ signal, timeout, error: () => deadlineError(way, timeout) });
}

/** Sends, and resolves with the answer's head. */
async function send(request: HttpRequest, way: Way, signal: AbortSignal): Promise<IncomingMessage> {
  for (;;) {
    let sent: ClientRequest | undefined;
    try {
      sent = begin(request, way, signal);
      return await head(sent);
    } catch (error) {
      if (!sent || !isStale(error, sent) || !isRepeatable(request)) throw networkError(error, way);
    }
  }
}

function begin(request: HttpRequest, { method, url, agents, trail }: Way, signal: AbortSignal): ClientRequest {
  const options: RequestOptions & { readonly passenger: Passenger } = {
    method,
    signal,
    agent: agents.agentFor(url),
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED does not say otherwise.
    rejectUnauthorized: true,
    passenger: { trail, signal },
  };
  const sent = beginRequest(url, request.headers ?? {}, options);
  trail.hasLeft = false;
  sent.once('socket', (socket) => (trail.proxy = agents.proxyOf(socket)));
  sent.once('finish', () => (trail.hasLeft = true));
  sent.end(request.body);
  return sent;
}

function head(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.once('response', resolve);
  });
}

/** The server had closed the kept-alive connection, and this request crossed with the news. */
function isStale(error: unknown, sent: ClientRequest): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return sent.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
}

function isRepeatable({ method, repeatable }: HttpRequest): boolean {
  return repeatable ?? (method === 'GET' || method === 'HEAD');
}

async function readBody(response: IncomingMessage, maxBody: number, way: Way): Promise<Buffer> {
  try {
    const isTooLarge = Number(response.headers['content-length']) > maxBody;
    const body = isTooLarge ? undefined : await collect(response, maxBody);
    if (body) return body;
  } catch (error) {
    throw networkError(error, way);
  }
  response.destroy();
  throw tooLarge(maxBody, way);
}

function tooLarge(maxBody: number, way: Way): ExchangeError {
  return new ExchangeError('PROTOCOL', `${describe(way)}: the answer is larger than ${maxBody} octets`);
}

function streamOf(response: IncomingMessage, limit: Limit, way: Way): HttpStream {
  let closed = false;
  function close(): void {
    closed = true;
    response.destroy();
    limit[Symbol.dispose]();
  }
  async function* body(): AsyncGenerator<Buffer> {
    try {
      yield* response as AsyncIterable<Buffer>;
    } catch (error) {
      if (limit.signal.aborted) throw limit.signal.reason;
      if (!closed) throw networkError(error, way);
    } finally {
      close();
    }
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: body(), close };
}
