import { libmime } from '../../vendor/libmime.js';

/** A file that was taken out of a message. */
export interface CutAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly contentId: string | undefined;
  readonly content: Buffer;
}

export interface SplitSource {
  /** The message without them, as MIME. */
  readonly rest: Buffer;
  readonly attachments: readonly CutAttachment[];
}

/**
 * Takes the largest files out of a message until the rest is no longer than `limit` octets. Nothing where that can't be:
 * what is long is the text, or a message that is attached.
 */
export function splitSource(source: Buffer, limit: number): SplitSource | undefined {
  const parts = partsOf(source);
  const files = parts.flatMap((part) => fileOf(source.subarray(part.from, part.to), part) ?? []);
  const cut: FilePart[] = [];
  let length = source.length;
  for (const file of files.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    if (length <= limit) break;
    cut.push(file);
    length -= file.to - file.from;
  }
  if (length > limit) return undefined;
  // In their place in the message.
  const inOrder = cut.toSorted((a, b) => a.from - b.from);
  const kept = [0, ...inOrder.map(({ to }) => to)].map((from, index) => source.subarray(from, inOrder[index]?.from));
  return { rest: Buffer.concat(kept), attachments: inOrder };
}

/** A part with the delimiter before it, by its place in the source. */
interface Part {
  readonly from: number;
  readonly to: number;
}

interface FilePart extends Part, CutAttachment {}

const headEnd = '\r\n\r\n';

/** The parts of a `multipart/mixed` (RFC 2046 section 5.1); none of any other message. */
function partsOf(source: Buffer): Part[] {
  const { value, params } = fieldOf(headOf(source), 'content-type');
  const boundary = params['boundary'];
  if (value !== 'multipart/mixed' || !boundary) return [];
  const delimiter = `\r\n--${boundary}`;
  const places: number[] = [];
  for (let at = source.indexOf(delimiter); at >= 0; at = source.indexOf(delimiter, at + delimiter.length)) {
    places.push(at);
  }
  return places.slice(0, -1).map((from, index) => ({ from, to: places[index + 1]! }));
}

/** A part that is a file in base64. */
function fileOf(octets: Buffer, part: Part): FilePart | undefined {
  const start = octets.indexOf('\r\n', 2) + 2;
  const inner = octets.subarray(start);
  const head = headOf(inner);
  const disposition = fieldOf(head, 'content-disposition');
  const isBase64 = fieldOf(head, 'content-transfer-encoding').value === 'base64';
  if (disposition.value !== 'attachment' || !isBase64) return undefined;
  const type = fieldOf(head, 'content-type');
  const name = disposition.params['filename'] ?? type.params['name'] ?? 'attachment';
  const id = fieldOf(head, 'content-id').raw.replace(/^<|>$/g, '');
  return {
    ...part,
    name: libmime.decodeWords(name),
    contentType: type.value || 'application/octet-stream',
    contentId: id || undefined,
    content: Buffer.from(inner.subarray(inner.indexOf(headEnd) + headEnd.length).toString('latin1'), 'base64'),
  };
}

function headOf(octets: Buffer): string {
  const end = octets.indexOf(headEnd);
  return octets.subarray(0, end < 0 ? octets.length : end).toString('utf8');
}

interface Field {
  readonly raw: string;
  readonly value: string;
  readonly params: Readonly<Record<string, string | undefined>>;
}

function fieldOf(head: string, name: string): Field {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const line = lines.find((each) => each.toLowerCase().startsWith(`${name}:`)) ?? '';
  const raw = line.slice(line.indexOf(':') + 1).trim();
  const { value, params } = libmime.parseHeaderValue(raw);
  return { raw, value: value.toLowerCase(), params };
}
