import { libmime } from '../../../vendor/libmime.js';
import { decodeText } from './decode-text.js';
import { decodeWords, parseHeaderValue, type HeaderValue } from './header-text.js';
import type { HeaderField, MimePart } from './mime-part.js';
import { afterLine, readFields } from './read-fields.js';

/** How much of a message is taken apart: real mail comes nowhere near, and a hostile one costs no more. */
const mostParts = 2000;
const deepest = 100;
/** RFC 2046 section 5.1.1 allows 70 characters; some mailers write more. */
const longestBoundary = 250;
/** Octets at the start of a multipart in which a boundary is looked for that is not named, or not the one in use. */
const guessWithin = 4096;

/**
 * Takes a message apart (RFC 2045, RFC 2046) in one pass over its octets, without recursion. What is missing or
 * broken is read as mail programs read it: a closing boundary, a boundary that is not named, an empty line after
 * the fields.
 */
export function splitMessage(given: Buffer): MimePart {
  const source = withLineFeeds(given);
  const root = new Splitter(source).split();
  if (root.parts.length > 0 || !root.type.startsWith('multipart/')) return finish(root, source);
  const boundary = guessBoundary(source, root.bodyStart);
  return finish(boundary === undefined ? root : new Splitter(source, boundary).split(), source);
}

/** A part while it is being read. */
interface OpenPart {
  readonly fields: readonly HeaderField[];
  readonly contentType: HeaderValue;
  readonly type: string;
  readonly bodyStart: number;
  readonly parts: OpenPart[];
  /** Of a multipart whose next part may come. */
  boundary?: string;
  bodyEnd: number;
  fault?: string;
}

class Splitter {
  readonly #source: Buffer;
  readonly #rootBoundary: string | undefined;
  /** From the message down to the part that is being read. */
  readonly #open: OpenPart[] = [];
  /** The multiparts among them whose next part may come. */
  readonly #boundaries = new Map<string, OpenPart>();
  #count = 0;

  constructor(source: Buffer, rootBoundary?: string) {
    this.#source = source;
    this.#rootBoundary = rootBoundary;
  }

  split(): OpenPart {
    const source = this.#source;
    const root = this.#begin(0, 'text/plain');
    let at = nextDelimiter(source, root.bodyStart);
    while (at >= 0) {
      const delimiter = this.#delimiterAt(at);
      const last = delimiter && this.#pass(delimiter, at);
      if (this.#count > mostParts) {
        root.fault = `it has more than ${mostParts} parts`;
        break;
      }
      at = nextDelimiter(source, last ? last.bodyStart : at + 2);
    }
    return root;
  }

  /** Ends what a delimiter ends, and begins the part that follows it. */
  #pass({ multipart, closes }: Delimiter, at: number): OpenPart | undefined {
    for (let part = this.#open.at(-1); part && part !== multipart; part = this.#open.at(-1)) {
      part.bodyEnd = Math.max(part.bodyStart, beforeLineBreak(this.#source, at));
      this.#expectNoMore(part);
      this.#open.pop();
    }
    if (closes) {
      this.#expectNoMore(multipart);
      return undefined;
    }
    const inherited = multipart.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const part = this.#begin(afterLine(this.#source, at), inherited);
    multipart.parts.push(part);
    return part;
  }

  #begin(at: number, inherited: string): OpenPart {
    const isDelimiter = (lineStart: number): boolean => this.#delimiterAt(lineStart) !== undefined;
    const { fields, end } = readFields(this.#source, at, isDelimiter);
    const contentType = parseHeaderValue(valueOf(fields, 'content-type'));
    // RFC 2045 section 5.2: what is no type is plain text.
    const unnamed = fields.some(({ name }) => name === 'content-type') ? 'text/plain' : inherited;
    const type = /^[^\s/]+\/[^\s/]+$/.test(contentType.value) ? contentType.value : unnamed;
    const part: OpenPart = { fields, contentType, type, bodyStart: end, bodyEnd: this.#source.length, parts: [] };
    if (type.startsWith('multipart/')) this.#expectParts(part);
    this.#open.push(part);
    this.#count++;
    return part;
  }

  #expectParts(part: OpenPart): void {
    const named = (this.#count === 0 && this.#rootBoundary) || part.contentType.params['boundary']?.trimEnd();
    const boundary = named || guessBoundary(this.#source, part.bodyStart);
    // With the boundary of an outer multipart, its parts are taken for the outer one's.
    if (!boundary || boundary.length > longestBoundary || this.#boundaries.has(boundary)) return;
    if (this.#open.length >= deepest) {
      part.fault = `it is nested more than ${deepest} deep`;
      return;
    }
    part.boundary = boundary;
    this.#boundaries.set(boundary, part);
  }

  #expectNoMore({ boundary }: OpenPart): void {
    if (boundary !== undefined) this.#boundaries.delete(boundary);
  }

  #delimiterAt(at: number): Delimiter | undefined {
    if (this.#source[at] !== dash || this.#source[at + 1] !== dash) return undefined;
    const end = Math.min(afterLine(this.#source, at), at + longestBoundary + 8);
    const text = this.#source.toString('latin1', at + 2, end).trimEnd();
    const multipart = this.#boundaries.get(text);
    if (multipart) return { multipart, closes: false };
    const closed = text.endsWith('--') ? this.#boundaries.get(text.slice(0, -2)) : undefined;
    return closed && { multipart: closed, closes: true };
  }
}

interface Delimiter {
  readonly multipart: OpenPart;
  readonly closes: boolean;
}

const dash = 0x2d;
const octets = 'application/octet-stream';

/** Where the next line begins that may be a delimiter, at or after `from`. */
function nextDelimiter(source: Buffer, from: number): number {
  const found = source.indexOf('\n--', Math.max(0, from - 1), 'latin1');
  return found < 0 ? -1 : found + 1;
}

/** The line break before a delimiter is the delimiter's (RFC 2046 section 5.1.1). */
function beforeLineBreak(source: Buffer, at: number): number {
  return source[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** The first line that looks like a delimiter: fields of a part follow. */
function guessBoundary(source: Buffer, bodyStart: number): string | undefined {
  const start = source.toString('latin1', bodyStart, bodyStart + guessWithin);
  return /^--(\S{1,250})[ \t]*\r?\n(?=content-[a-z-]+[ \t]*:)/im.exec(start)?.[1];
}

function finish({ fields, contentType, type, parts, ...part }: OpenPart, source: Buffer): MimePart {
  const disposition = parseHeaderValue(valueOf(fields, 'content-disposition'));
  const filename = disposition.params['filename'] || contentType.params['name'] || '';
  const isEmptyMultipart = type.startsWith('multipart/') && parts.length === 0 && part.fault === undefined;
  return {
    fields,
    type: isEmptyMultipart ? 'text/plain' : type === octets && filename ? libmime.detectMimeType(filename) : type,
    params: contentType.params,
    disposition: disposition.value,
    filename,
    contentId: withoutBrackets(decodeWords(valueOf(fields, 'content-id'))),
    contentLocation: decodeWords(valueOf(fields, 'content-location')).replace(/\s+/g, ''),
    encoding: parseHeaderValue(valueOf(fields, 'content-transfer-encoding')).value,
    body: source.subarray(part.bodyStart, part.bodyEnd),
    parts: parts.map((inner) => finish(inner, source)),
    ...(part.fault !== undefined && { fault: part.fault }),
  };
}

function valueOf(fields: readonly HeaderField[], wanted: string): string {
  const value = fields.find(({ name }) => name === wanted)?.value ?? '';
  return decodeText(Buffer.from(value, 'latin1'), '').trim();
}

function withoutBrackets(id: string): string {
  return id.replace(/^</, '').replace(/>$/, '').trim();
}

/** Line ends of CR alone are older than the Internet's; nothing else in the message is touched. */
function withLineFeeds(source: Buffer): Buffer {
  if (source.includes(10) || !source.includes(13)) return source;
  return Buffer.from(source.toString('latin1').replaceAll('\r', '\r\n'), 'latin1');
}
