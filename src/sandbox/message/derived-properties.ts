import { createHash } from 'node:crypto';
import type { Address } from './address.js';
import type { StoredMessage } from '../store/store.js';
import { htmlToText } from './body-text.js';
import { addresses, senderField } from './draft.js';
import { parsedHead } from './parsed-head.js';

/** What protocols show of a message that no header field says as it stands. */

/** The name under which the store keeps a message's categories. */
export const categoriesProperty = 'item:Categories';

export function categories(message: StoredMessage): readonly string[] {
  return [message.properties.get(categoriesProperty) ?? []].flat();
}

export function itemClass(message: StoredMessage): string {
  const value = message.properties.get('item:ItemClass');
  return typeof value === 'string' ? value : 'IPM.Note';
}

/** The subject without `RE:` and the like, which a conversation goes by. */
export async function conversationTopic(message: StoredMessage): Promise<string> {
  return ((await parsedHead(message)).subject ?? '').replace(/^(?:(?:re|fwd?|aw|wg)\s*:\s*)+/i, '');
}

/** Names the conversation: messages on one topic share it; base64 of 18 octets. */
export async function conversationId(message: StoredMessage): Promise<string> {
  const topic = (await conversationTopic(message)).toLowerCase();
  return createHash('sha256').update(topic).digest().subarray(0, 18).toString('base64');
}

export async function textBody(message: StoredMessage): Promise<string> {
  const mail = await message.parsed();
  return mail.text || htmlToText(mail.html || '');
}

export async function sentAt(message: StoredMessage): Promise<Date> {
  return (await parsedHead(message)).date ?? message.receivedAt;
}

export async function senderOf(message: StoredMessage): Promise<Address | undefined> {
  const mail = await parsedHead(message);
  return senderField(mail) ?? addresses(mail.from)[0];
}

export async function references(message: StoredMessage): Promise<string | undefined> {
  return [(await parsedHead(message)).references ?? []].flat().join(' ') || undefined;
}

/** The display names, as listings show recipients instead of their addresses. */
export function displayOf(field: 'to' | 'cc' | 'bcc') {
  return async (message: StoredMessage): Promise<string> =>
    addresses((await parsedHead(message))[field])
      .map((address) => address.name || address.address)
      .join('; ');
}
