import { iconv } from '../../../vendor/iconv-lite.js';

const byteOrderMarks = [
  { charset: 'utf-8', octets: Buffer.from([0xef, 0xbb, 0xbf]) },
  { charset: 'utf-16le', octets: Buffer.from([0xff, 0xfe]) },
  { charset: 'utf-16be', octets: Buffer.from([0xfe, 0xff]) },
];

/** Names that mailers write where they do not know, or where they believe that all is ASCII. */
const unknownCharset =
  /^(?:|(?:us-?)?ascii|ansi_x3\.4-19\d\d|ansi|[78]-?bit|binary|none|default|(?:x-)?unknown(?:-8bit)?)$/;

/** Supersets that mailers send under the name of what they extend; the others the URL standard's friend names so. */
const supersets = new Map([
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp936', 'gb18030'],
  ['cp949', 'euc-kr'],
  ['cp932', 'shift_jis'],
]);

/**
 * Reads octets as text the way mail programs do: a byte order mark wins; charsets are what the WHATWG Encoding
 * standard takes their names for (`iso-8859-1` is Windows-1252); where no charset is named, or one that does not
 * hold, it is UTF-8 if it can be, else `otherwise` (what a `<meta>` says, say), else Windows-1252.
 */
export function decodeText(octets: Buffer, charset: string, otherwise = ''): string {
  const mark = byteOrderMarks.find((candidate) => octets.subarray(0, candidate.octets.length).equals(candidate.octets));
  if (mark) return iconv.decode(octets, mark.charset);
  const name = nameOf(charset);
  if (name !== undefined && !isUtf8(name)) return decodeFrom(octets, name) ?? guess(octets, otherwise);
  return guess(octets, name === undefined ? otherwise : '');
}

function guess(octets: Buffer, otherwise: string): string {
  const shifts = /\x1b(?:\$[@B]|\([IJ])/.test(octets.toString('latin1'));
  if (shifts) return decodeFrom(octets, 'iso-2022-jp') ?? octets.toString();
  const text = octets.toString();
  if (!text.includes('\ufffd') || isMostlyUtf8(text)) return text;
  const name = nameOf(otherwise);
  const other = name === undefined || isUtf8(name) ? undefined : decodeFrom(octets, name);
  return other ?? iconv.decode(octets, 'windows-1252');
}

/** A few broken characters (a text cut off somewhere) make it no other charset. */
function isMostlyUtf8(text: string): boolean {
  const beyondAscii = text.match(/[^\0-\x7f]/gu) ?? [];
  return beyondAscii.filter((character) => character === '\ufffd').length * 2 < beyondAscii.length;
}

function decodeFrom(octets: Buffer, charset: string): string | undefined {
  const name = supersets.get(charset) ?? charset;
  if (iconv.encodingExists(name)) return iconv.decode(octets, name);
  try {
    return new TextDecoder(name).decode(octets);
  } catch {
    return undefined;
  }
}

/** A charset's name as one of the two decoders knows it; nothing where a mailer named none. */
function nameOf(charset: string): string | undefined {
  // RFC 2231 section 5: a language may follow.
  const label = charset.replace(/["']/g, '').replace(/\*.*$/s, '').trim().toLowerCase();
  if (unknownCharset.test(label)) return undefined;
  if (/^utf-?16$/.test(label)) return 'utf-16';
  if (/^(?:iso-2022-jp|cp5022)/.test(label)) return 'iso-2022-jp';
  try {
    const { encoding } = new TextDecoder(label);
    return supersets.get(encoding) ?? encoding;
  } catch {
    return label;
  }
}

function isUtf8(name: string): boolean {
  return /^utf-?8/.test(name);
}
