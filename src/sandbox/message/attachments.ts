import { createHash } from 'node:crypto';
import type { Attachment } from 'mailparser';

export function isMessage(attachment: Attachment): boolean {
  return attachment.contentType === 'message/rfc822';
}

/** Tells it from the other attachments of its message, and stays when more are added. */
export function attachmentKey({ filename = '', checksum }: Pick<Attachment, 'filename' | 'checksum'>): Buffer {
  return createHash('sha256').update(`${filename}\n${checksum}`).digest().subarray(0, 6);
}
