import type { IncomingMessage, ServerResponse } from 'node:http';
import { nothingAt } from './http-refusal.js';
import { jsonAnswer, sendAnswer, type Answer } from './answer.js';

/** What a route is asked. */
export interface Asked {
  readonly request: IncomingMessage;
  /** What the path names, in its order. */
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  /** Scheme, host and port of the sandbox, as whoever asks knows them. */
  readonly origin: string;
  /** Has something done once the answer is on its way. */
  readonly afterwards: (act: () => void) => void;
}

/** Nothing where what the path names is not there. */
type Handler = (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;

export interface Route {
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** Answers a request at the path of a route. @throws HttpRefusal 404 */
export async function followRoute(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const route = routes.find(({ path }) => path.test(url.pathname));
  if (!route) throw nothingAt(url.pathname);
  const { path, methods } = route;
  // RFC 9110 section 9.3.2: what is sent to HEAD has no body, which Node sees to.
  const name = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
  const handler = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!handler) return sendAnswer(response, notAllowed(Object.keys(methods)));
  const [, ...names] = path.exec(url.pathname) ?? [];
  const answer = await handler({
    request,
    names,
    query: url.searchParams,
    origin: `${url.protocol}//${request.headers.host ?? url.host}`,
    afterwards: (act) => void response.once('finish', act),
  });
  sendAnswer(response, answer ?? jsonAnswer({ error: `there is nothing at ${url.pathname}` }, 404));
}

export const done: Answer = { status: 204, body: '' };

function notAllowed(methods: readonly string[]): Answer {
  const allowed = methods.join(', ');
  return { ...jsonAnswer({ error: `${allowed} is wanted` }, 405), headers: { Allow: allowed } };
}
