import type { Attachment } from 'mailparser';
import { attachmentKey, attachmentsOf, isMessage } from '../../message/attachments.js';
import { attachmentId } from '../ids.js';
import { writeValue } from '../../message/value.js';
import { xml, type XmlContent, type XmlNode } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

/** All attachments of a message, without their contents. */
export async function attachmentNodes(message: StoredMessage): Promise<XmlNode[]> {
  return (await attachmentsOf(message)).map((attachment) => attachmentNode(message, attachment));
}

/** One attachment; `content` is its `t:Content` or its `t:Message`. */
export function attachmentNode(message: StoredMessage, attachment: Attachment, content?: XmlContent): XmlNode {
  return xml(
    isMessage(attachment) ? 't:ItemAttachment' : 't:FileAttachment',
    {},
    xml('t:AttachmentId', { Id: attachmentId(message, attachmentKey(attachment)) }),
    xml('t:Name', {}, attachment.filename ?? 'Untitled Attachment'),
    xml('t:ContentType', {}, attachment.contentType),
    attachment.cid && xml('t:ContentId', {}, attachment.cid),
    xml('t:Size', {}, attachment.size),
    xml('t:LastModifiedTime', {}, writeValue(message.modifiedAt)),
    xml('t:IsInline', {}, attachment.contentDisposition === 'inline'),
    content,
  );
}
