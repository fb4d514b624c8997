/** What a Graph request is answered with: over HTTP, or as a part of a batch. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nothing for 202 and 204. */
  readonly content?: GraphContent;
}

export type GraphContent =
  | { readonly type: string; readonly json: object }
  | { readonly type: string; readonly octets: Buffer };

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

export function jsonContent(json: object): GraphContent {
  return { type: jsonType, json };
}

export function jsonAnswer(json: object, status = 200): GraphAnswer {
  return { status, content: jsonContent(json) };
}

export function octetsAnswer(octets: Buffer, type: string): GraphAnswer {
  return { status: 200, content: { type, octets } };
}

/** The version of OData that JSON is in, where it is no error. */
export function odataVersion({ status, content }: GraphAnswer): Readonly<Record<string, string>> {
  return status < 400 && content && 'json' in content ? { 'OData-Version': '4.0' } : {};
}

/** The content as it goes over the wire. */
export function octetsOf(content: GraphContent | undefined): Buffer {
  if (!content) return Buffer.alloc(0);
  return 'json' in content ? Buffer.from(JSON.stringify(content.json)) : content.octets;
}
