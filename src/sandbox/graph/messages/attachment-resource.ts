import type { Attachment } from 'mailparser';
import { attachmentKey, isMessage } from '../../message/attachments.js';
import type { StoredMessage } from '../../store/store.js';
import { attachmentId, type IdType } from '../ids.js';
import { timestamp } from './message-properties.js';

/** All attachments of a message, with the contents of files. */
export async function attachmentResources(message: StoredMessage, idType: IdType): Promise<object[]> {
  const { attachments } = await message.parsed();
  return attachments.map((attachment) => attachmentResource(message, attachment, idType));
}

/** https://learn.microsoft.com/graph/api/resources/fileattachment */
export function attachmentResource(
  message: StoredMessage,
  attachment: Attachment,
  idType: IdType,
): Readonly<Record<string, unknown>> {
  const isFile = !isMessage(attachment);
  return {
    '@odata.type': isFile ? '#microsoft.graph.fileAttachment' : '#microsoft.graph.itemAttachment',
    ...(isFile && { '@odata.mediaContentType': attachment.contentType }),
    id: attachmentId(message, attachmentKey(attachment), idType),
    lastModifiedDateTime: timestamp(message.modifiedAt),
    name: attachment.filename ?? 'Untitled Attachment',
    contentType: isFile ? attachment.contentType : null,
    size: attachment.size,
    isInline: attachment.contentDisposition === 'inline',
    ...(isFile && {
      contentId: attachment.cid ?? null,
      contentLocation: null,
      contentBytes: attachment.content.toString('base64'),
    }),
  };
}
