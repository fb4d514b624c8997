import { createHash } from 'node:crypto';
import type { Attachment } from 'mailparser';
import type { StoredMessage } from '../store/store.js';
import { itemClass } from './derived-properties.js';

/** A message's attachments; the calendar of a meeting is none, but what the message is about. */
export async function attachmentsOf(message: StoredMessage): Promise<Attachment[]> {
  const { attachments } = await message.parsed();
  if (!/^IPM\.(?:Schedule\.Meeting|Appointment)\b/.test(itemClass(message))) return attachments;
  return attachments.filter(
    ({ contentType, contentDisposition }) => contentType !== 'text/calendar' || contentDisposition === 'attachment',
  );
}

export async function hasAttachments(message: StoredMessage): Promise<boolean> {
  return (await attachmentsOf(message)).some((attachment) => !attachment.related);
}

export function isMessage(attachment: Attachment): boolean {
  return attachment.contentType === 'message/rfc822';
}

/** Tells it from the other attachments of its message, and stays when more are added. */
export function attachmentKey({ filename = '', checksum }: Pick<Attachment, 'filename' | 'checksum'>): Buffer {
  return createHash('sha256').update(`${filename}\n${checksum}`).digest().subarray(0, 6);
}
