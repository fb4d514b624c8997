import { randomUUID } from 'node:crypto';
import { parseJson } from '../server/parse-json.js';
import { badRequest, type RequestIds } from './graph-error.js';
import { versionOf } from './graph-sign.js';

/** A request to Graph, read whole: one over HTTP, or a part of a batch. */
export interface GraphRequest extends RequestIds {
  readonly method: string;
  /** What the path names below the version, decoded; `messages('id')` is two segments. */
  readonly segments: readonly string[];
  /** Parameters by their name in lower case: `$select`. */
  readonly query: ReadonlyMap<string, string>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Scheme, host and port as the client knows them. */
  readonly origin: string;
  /** What addresses of resources begin with: the origin and the version. */
  readonly root: string;
}

export interface GraphRequestParts {
  readonly method: string;
  /** Where it goes, with the version. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export function readGraphRequest({ method, url, headers, body }: GraphRequestParts): GraphRequest {
  const requestId = randomUUID();
  const version = versionOf(url.pathname) ?? '';
  return {
    method,
    segments: readSegments(url.pathname.slice(version.length)),
    query: new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value])),
    headers,
    body,
    origin: url.origin,
    root: url.origin + version,
    requestId,
    clientRequestId: headers['client-request-id'] ?? requestId,
  };
}

/** What a `Prefer` header asks for (RFC 7240), by lower-case name. */
export function preferences({ headers }: Pick<GraphRequest, 'headers'>): ReadonlyMap<string, string> {
  const found = (headers['prefer'] ?? '').matchAll(/([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;]*)))?/g);
  return new Map([...found].map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain]));
}

/** The body as a JSON object; an empty one where there is none. @throws GraphError BadRequest */
export function readJson({ body }: GraphRequest): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  const json = parse(body.toString());
  if (isRecord(json)) return json;
  throw badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** The parameters of an action, by name in lower case: clients write them as they like. @throws GraphError BadRequest */
export function readParameters(request: GraphRequest): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(readJson(request)).map(([name, value]) => [name.toLowerCase(), value]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property by its name in whatever case: Exchange reads `EmailAddress` as `emailAddress`. */
export function fieldOf(value: unknown, name: string): unknown {
  if (!isRecord(value)) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Keys and parameters may stand in parentheses, actions may bear their namespace, functions may end with `()` (OData 4.01). */
export function readSegments(path: string): string[] {
  const parts = path.split('/').filter(Boolean).map(decode);
  return parts.flatMap((part) => {
    const [, name = part, key] = /^([^()]+)\((?:\w+=)?[\w.]*'(.*)'\)$/.exec(part) ?? [];
    const bare = name.replace(/^microsoft\.graph\./i, '').replace(/\(\)$/, '');
    return key === undefined ? [bare] : [bare, key.replaceAll("''", "'")];
  });
}

/** What is not encoded as it should be stands for itself, and names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
