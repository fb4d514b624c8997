import { libmime } from '../../../vendor/libmime.js';
import { decodeContent } from './decode-content.js';
import { decodeText } from './decode-text.js';
import type { MimePart } from './mime-part.js';

/** Octets at the start of an HTML text in which it may name its own charset, as for browsers. */
const metaWithin = 1024;

/** A part's content as text, with lines that end as programs expect them. */
export function textOfPart(part: MimePart): string {
  const content = decodeContent(part.body, part.encoding);
  const text = decodeText(content, part.params['charset'] ?? '', charsetOfMeta(part, content)).replace(/\r\n?/g, '\n');
  return part.params['format']?.toLowerCase() === 'flowed' && part.type === 'text/plain' ? unflow(text, part) : text;
}

function charsetOfMeta({ type }: MimePart, content: Buffer): string {
  if (!/[/+](?:x?html|xml)$/.test(type)) return '';
  const head = content.toString('latin1', 0, metaWithin);
  return /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ?? '';
}

/** RFC 3676: lines that end with a blank go on in the next. */
function unflow(text: string, { params }: MimePart): string {
  const unflowed = libmime.decodeFlowed(text, params['delsp']?.toLowerCase() === 'yes');
  return text.endsWith('\n') ? `${unflowed}\n` : unflowed;
}
