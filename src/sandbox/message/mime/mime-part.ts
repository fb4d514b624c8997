import { MimeHeader, type ParameterisedValue } from './mime-header.js';

/** Deeper than any mail that was meant: what lies below is left in one piece. */
const depthLimit = 50;

const plainText: ParameterisedValue = { value: 'text/plain', parameters: [['charset', 'us-ascii']] };
const embeddedMessage: ParameterisedValue = { value: 'message/rfc822', parameters: [] };
const unknown: ParameterisedValue = { value: 'application/octet-stream', parameters: [] };

/** A message, or a part of one (RFC 2045, RFC 2046). What is inside is looked at when it is asked for. */
export class MimePart {
  /** All of it, with CRLF at the line ends. */
  readonly source: Buffer;
  readonly #bodyStart: number;
  readonly #depth: number;
  readonly #defaultType: ParameterisedValue;
  #header: MimeHeader | undefined;
  #parts: readonly MimePart[] | undefined;
  #message: MimePart | undefined;

  constructor(source: Buffer, depth = 0, defaultType = plainText) {
    this.source = source;
    this.#bodyStart = endOfHeader(source);
    this.#depth = depth;
    this.#defaultType = defaultType;
  }

  get header(): MimeHeader {
    return (this.#header ??= new MimeHeader(this.headerSource.toString('latin1')));
  }

  /** With the empty line that ends it. */
  get headerSource(): Buffer {
    return this.source.subarray(0, this.#bodyStart);
  }

  get body(): Buffer {
    return this.source.subarray(this.#bodyStart);
  }

  get contentType(): ParameterisedValue {
    const given = this.header.parameterised('content-type');
    if (!given) return this.#defaultType;
    if (!/^[^\s/]+\/[^\s/]+$/.test(given.value)) return plainText;
    const holdsMore = given.value.startsWith('multipart/') || given.value === 'message/rfc822';
    return holdsMore && this.#depth >= depthLimit ? unknown : given;
  }

  get isMultipart(): boolean {
    return this.contentType.value.startsWith('multipart/');
  }

  /** A multipart's parts, one at the least; else none. */
  get parts(): readonly MimePart[] {
    return (this.#parts ??= this.isMultipart ? this.#split() : []);
  }

  /** The message inside a message/rfc822. */
  get message(): MimePart | undefined {
    if (this.contentType.value !== 'message/rfc822') return undefined;
    return (this.#message ??= new MimePart(this.body, this.#depth + 1));
  }

  #split(): MimePart[] {
    const { value, parameters } = this.contentType;
    const boundary = parameters.find(([name]) => name === 'boundary')?.[1];
    const sources = boundary ? splitBody(this.body, boundary) : [];
    const defaultType = value === 'multipart/digest' ? embeddedMessage : plainText;
    const parts = sources.map((source) => new MimePart(source, this.#depth + 1, defaultType));
    return parts.length > 0 ? parts : [new MimePart(Buffer.from('\r\n'))];
  }
}

function endOfHeader(source: Buffer): number {
  if (source.subarray(0, 2).equals(crlf)) return 2;
  const end = source.indexOf('\r\n\r\n');
  return end < 0 ? source.length : end + 4;
}

const crlf = Buffer.from('\r\n');

/** RFC 2046 section 5.1.1: the line end before a delimiter belongs to it. */
function splitBody(body: Buffer, boundary: string): Buffer[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const lineEnd = body.indexOf(crlf, at + delimiter.length);
    const tail = body.toString('latin1', at + delimiter.length, lineEnd < 0 ? body.length : lineEnd);
    if (!/^(?:--)?[ \t]*$/.test(tail)) continue;
    if (start >= 0) parts.push(body.subarray(start, Math.max(start, at - 2)));
    if (tail.startsWith('--')) return parts;
    start = lineEnd < 0 ? body.length : lineEnd + 2;
  }
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}
