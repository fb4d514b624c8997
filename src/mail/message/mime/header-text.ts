import { Libmime } from '../../../vendor/libmime.js';
import { decode as decodeBase64 } from '../../../vendor/libbase64.js';
import { decode as decodeQuotedPrintable } from '../../../vendor/libqp.js';
import { decodeText } from './decode-text.js';

export interface HeaderValue {
  /** What stands before the first parameter, in lower case. */
  readonly value: string;
  /** By lower-case name, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** Octets of a structured field that are read; no real one comes near (RFC 5322 knows lines of 998). */
const longestStructured = 65_536;

/** Takes encoded words apart as the library does, and reads their octets as a body's are read. */
class WordDecoder extends Libmime {
  override decodeWord(charset: string, encoding: string, text: string): string {
    const octets = encoding.toUpperCase() === 'B' ? decodeBase64(text) : decodeQ(text);
    return decodeText(octets, charset);
  }
}

const words = new WordDecoder();

/** A field's text with its encoded words (RFC 2047) decoded, wherever they stand. */
export function decodeWords(text: string): string {
  return words.decodeWords(text);
}

/** A value with parameters (RFC 2045 section 5.1, RFC 2231), comments left out. */
export function parseHeaderValue(text: string): HeaderValue {
  const parsed = words.parseHeaderValue(text.slice(0, longestStructured), { stripComments: true });
  const decoded = new Set(parsed.decodedParams);
  const params = Object.entries(parsed.params).map(([name, value]) => [
    name,
    decoded.has(name) ? value : decodeWords(value),
  ]);
  return { value: parsed.value.trim().toLowerCase(), params: Object.fromEntries(params) };
}

/** RFC 2047 section 4.2; blanks within are a mistake that is often made. */
function decodeQ(text: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(text.replace(/[_\s]/g, '=20')));
}
