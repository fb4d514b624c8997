import type { IncomingMessage } from 'node:http';
import { jsonAnswer, type Answer } from '../server/answer.js';

/** What a route is asked. */
export interface Asked {
  /** What the path names, in its order. */
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  /** Scheme, host and port of the sandbox, as whoever asks knows them. */
  readonly origin: string;
}

/** Nothing where what the path names is not there. */
type Handler = (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;

export interface Route {
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Handler>>;
}

export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes.find((route) => route.path.test(path));
}

/** Answers a request at a route's path. */
export async function followRoute(
  { path, methods }: Route,
  { method = '', headers }: IncomingMessage,
  url: URL,
): Promise<Answer> {
  // RFC 9110 section 9.3.2: what is sent to HEAD has no body, which Node sees to.
  const name = method === 'HEAD' ? 'GET' : method;
  const handler = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!handler) {
    const allowed = Object.keys(methods).join(', ');
    return { ...jsonAnswer({ error: `${allowed} is wanted` }, 405), headers: { Allow: allowed } };
  }
  const [, ...names] = path.exec(url.pathname) ?? [];
  const origin = `${url.protocol}//${headers.host ?? url.host}`;
  const answer = await handler({ names, query: url.searchParams, origin });
  return answer ?? jsonAnswer({ error: `there is nothing at ${url.pathname}` }, 404);
}

export const done: Answer = { status: 204, body: '' };
