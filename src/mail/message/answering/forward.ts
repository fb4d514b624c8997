import type { Attachment } from '../attachment.js';
import { nameOf } from '../attachment-name.js';
import { safeFileName } from '../file-name.js';
import type { OutgoingAttachment, OutgoingMessage, Recipients } from '../outgoing.js';
import type { ParsedMessage } from '../parse.js';
import { checkAnswer } from './check-answer.js';
import { prefixed } from './one-line.js';
import { withForwarded } from './quote.js';

/** A message that sends another one on. */
export interface Forward extends OutgoingMessage {
  readonly to: Recipients;
  /** Puts the message into the text, and what it has attached beside it. @default false: whole, as an attachment */
  readonly inline?: boolean;
}

/** The message that sends a received one on. */
export function forwardOf(received: ParsedMessage, source: Buffer, forward: Forward): OutgoingMessage {
  checkAnswer(forward, 'inline');
  const { inline = false, ...message } = forward;
  const { attachments = [] } = message;
  const original = { filename: 'message.eml', contentType: 'message/rfc822', content: source };
  const carried = inline ? received.attachments.map(toOutgoing) : [original];
  return {
    subject: prefixed('Fwd:', received.subject),
    ...(inline ? withForwarded(received, message) : message),
    attachments: Array.isArray(attachments) ? [...attachments, ...carried] : attachments,
  };
}

function toOutgoing(attachment: Attachment): OutgoingAttachment {
  const { content, contentType, contentId, isInline } = attachment;
  return {
    filename: safeFileName(nameOf(attachment), 'attachment'),
    content,
    contentType: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(contentType) ? contentType : 'application/octet-stream',
    ...(isInline && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(contentId) && { contentId }),
  };
}
