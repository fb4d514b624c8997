import type { IncomingHttpHeaders } from 'node:http';
import { openGraphTransport, type GraphTransportOptions } from '../../src/mail/graph/open-graph-transport.js';
import type { MailTransport } from '../../src/mail/transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { serveHttp } from './network-servers.js';

/** What is asked, alone or within a batch. */
export interface GraphAsked {
  readonly method: string;
  /** Below `/v1.0`, decoded, without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface GraphAnswered {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

export type Answering = (asked: GraphAsked) => GraphAnswered | Promise<GraphAnswered>;

/** A server that speaks as Graph does and answers as a test says. */
export interface GraphServer extends AsyncDisposable {
  readonly origin: string;
  /** All that was asked, `GET /me/mailFolders/inbox`, that within batches too. */
  readonly asked: string[];
  /** How many requests came in each batch. */
  readonly batches: number[];
  open(options?: Partial<GraphTransportOptions>): MailTransport;
}

export async function startGraphServer(answering: Answering): Promise<GraphServer> {
  const asked: string[] = [];
  const batches: number[] = [];
  const answer = async (request: Omit<GraphAsked, 'path' | 'query'>, target: string): Promise<GraphAnswered> => {
    const { pathname, searchParams: query } = new URL(target, 'http://graph');
    const path = decodeURIComponent(pathname);
    if (path === '/$batch') return await answerBatch(request.body);
    asked.push(`${request.method} ${path}`);
    return await answering({ ...request, path, query });
  };
  const answerBatch = async (body: string): Promise<GraphAnswered> => {
    const { requests } = JSON.parse(body) as { requests: readonly BatchEntry[] };
    batches.push(requests.length);
    const writes = requests.filter(({ method }) => ['POST', 'PATCH'].includes(method));
    if (writes.some(({ headers, body: content }) => !headers?.['Content-Type'] || !content)) {
      return graphFault(400, 'BadRequest');
    }
    const responses = requests.map(async ({ id, method, url, headers = {}, body: content }) => {
      const entry = { method, headers: lowerCase(headers), body: content ? JSON.stringify(content) : '' };
      return formatEntry(id, await answer(entry, url));
    });
    // Their order says nothing.
    return { json: { responses: (await Promise.all(responses)).toReversed() } };
  };

  const server = await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = '', headers, url = '' } = request;
      const body = Buffer.concat(chunks).toString();
      const {
        status = 200,
        headers: own,
        json,
        text,
      } = await answer({ method, headers, body }, url.replace('/v1.0', ''));
      const type = json === undefined ? 'text/plain' : 'application/json;odata.metadata=minimal';
      response.writeHead(status, { 'Content-Type': type, ...own });
      response.end(json === undefined ? text : JSON.stringify(json));
    });
  });
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const opened: MailTransport[] = [];
  return {
    origin: server.url,
    asked,
    batches,
    open(options) {
      const transport = openGraphTransport({
        url: `${server.url}/v1.0`,
        address: 'qa@contoso.com',
        credentials: { type: 'bearer', username: 'qa@contoso.com', appOnly: false, token: async () => 'one' },
        http,
        appOnly: false,
        isShared: false,
        adminConsentUrl: 'https://login.microsoftonline.com/contoso.com/adminconsent?client_id=app',
        pollIntervals: [1000],
        ...options,
      });
      opened.push(transport);
      return transport;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((transport) => transport[Symbol.asyncDispose]()));
      http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** An error object as Graph writes it. */
export function graphFault(status: number, code: string, headers: Record<string, string> = {}): GraphAnswered {
  const innerError = { date: '2026-11-23T12:00:00', 'request-id': 'r-1', 'client-request-id': 'c-1' };
  return { status, headers, json: { error: { code, message: `It is ${code}.`, innerError } } };
}

interface BatchEntry {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function formatEntry(id: string, { status = 200, headers = {}, json, text }: GraphAnswered): object {
  const type = json === undefined ? 'text/plain' : 'application/json';
  const body = json ?? (text === undefined ? undefined : Buffer.from(text).toString('base64'));
  return { id, status, headers: { 'Content-Type': type, ...headers }, ...(body !== undefined && { body }) };
}

function lowerCase(headers: Readonly<Record<string, string>>): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
