import { decode as decodeBase64 } from '../../../vendor/libbase64.js';
import { decode as decodeQuotedPrintable } from '../../../vendor/libqp.js';

/** The octets of a part's body without their transfer encoding (RFC 2045 section 6). */
export function decodeContent(body: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body.toString('latin1'));
    case 'quoted-printable':
      return decodeQuotedPrintable(body.toString('latin1'));
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
      return decodeUuencode(body.toString('latin1'));
    default:
      return body;
  }
}

/** Lines of a length and groups of six bits above a blank, between `begin` and `end` (POSIX uuencode). */
function decodeUuencode(text: string): Buffer {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => line.startsWith('begin '));
  const octets: number[] = [];
  for (const line of lines.slice(begin + 1)) {
    const length = bits(line, 0);
    if (line === 'end' || length === 0) break;
    const end = octets.length + length;
    for (let at = 1; octets.length < end; at += 4) {
      const group =
        (bits(line, at) << 18) | (bits(line, at + 1) << 12) | (bits(line, at + 2) << 6) | bits(line, at + 3);
      octets.push(...[group >> 16, (group >> 8) & 0xff, group & 0xff].slice(0, end - octets.length));
    }
  }
  return Buffer.from(octets);
}

function bits(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 32) & 0x3f : 0;
}
