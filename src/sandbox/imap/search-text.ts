import libmime from 'libmime';
import type { StoredMessage } from '../store/store.js';
import { messageTree } from './message-tree.js';

/** Whether the values of a header field, decoded, contain a text; an empty text is in all that are there. */
export function headerContains(message: StoredMessage, field: string, text: string): boolean {
  return messageTree(message)
    .header.values(field.toLowerCase())
    .some((value) => contains(decodeHeader(value), text));
}

/** Whether the decoded text or HTML of a message contains a text. */
export async function bodyContains(message: StoredMessage, text: string): Promise<boolean> {
  const { text: plain, html } = await message.parsed();
  return [plain, html].some((each) => typeof each === 'string' && contains(each, text));
}

/** As {@link bodyContains}, or the header does. */
export async function textContains(message: StoredMessage, text: string): Promise<boolean> {
  const header = messageTree(message)
    .headerSource.toString('latin1')
    .replace(/\r\n(?=[ \t])/g, '');
  return contains(decodeHeader(header), text) || bodyContains(message, text);
}

/** What a `Date` header says, without its time and zone; nothing where it says no date. */
export function sentDay(message: StoredMessage): number | undefined {
  const value = messageTree(message).header.value('date') ?? '';
  const day = Date.parse(`${/\d{1,2}\s+[A-Za-z]{3}\s+\d{4}/.exec(value)?.[0] ?? ''} UTC`);
  return Number.isNaN(day) ? undefined : day;
}

function contains(value: string, text: string): boolean {
  return value.toLowerCase().includes(text.toLowerCase());
}

/** Encoded words (RFC 2047), and UTF-8 as it stands (RFC 6532). */
function decodeHeader(value: string): string {
  if (!/=\?|[\x80-\xff]/.test(value)) return value;
  return libmime.decodeWords(Buffer.from(value, 'latin1').toString('utf8'));
}
