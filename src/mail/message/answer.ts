import { isPlainObject } from '../../input/plain-object.js';
import type { Address } from '../transport.js';
import { checkOutgoing, type OutgoingMessage } from './outgoing.js';
import { isMessageId } from './outgoing/message-id.js';
import type { ParsedMessage } from './parse.js';

/** How many messages of a thread are named. */
const longestThread = 50;

/** A reply, with the header fields that make a thread (RFC 5322 section 3.6.4). */
export function answerTo(received: ParsedMessage, message: OutgoingMessage): OutgoingMessage {
  checkAnswer(message);
  const { from, replyTo, references, messageId, subject } = received;
  const to = replyTo.length > 0 ? replyTo : from && [from];
  const thread = [...references, messageId].filter(isMessageId).slice(-longestThread);
  return {
    ...(to && { to: to.map(writable) }),
    subject: prefixed('Re:', subject),
    ...message,
    ...(isMessageId(messageId) && { inReplyTo: messageId, references: thread }),
  };
}

/** The whole message as an attachment of another. */
export function forwardOf({ subject }: ParsedMessage, source: Buffer, message: OutgoingMessage): OutgoingMessage {
  checkAnswer(message);
  const { attachments = [] } = message;
  const original = { filename: 'message.eml', contentType: 'message/rfc822', content: source };
  return {
    subject: prefixed('Fwd:', subject),
    ...message,
    attachments: Array.isArray(attachments) ? [...attachments, original] : attachments,
  };
}

/** What is no message would be answered with an empty one. @throws CONFIGURATION */
function checkAnswer(message: unknown): void {
  if (!isPlainObject(message)) checkOutgoing(message);
}

function prefixed(prefix: string, subject: string): string {
  const line = oneLine(subject);
  return line.toLowerCase().startsWith(prefix.toLowerCase()) ? line : `${prefix} ${line}`;
}

function writable({ name, address }: Address): Address {
  return { name: oneLine(name), address };
}

/** What came may have what nobody can send. */
function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .toWellFormed()
    .slice(0, 500);
}
