import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { textFault } from '../../../input/text-fault.js';
import { isHeaderName } from '../header-name.js';
import { isMessageId } from './message-id.js';

/** Header fields that are made from a field of the message. */
const ownFields: ReadonlyMap<string, string> = new Map([
  ['from', 'from'],
  ['to', 'to'],
  ['cc', 'cc'],
  ['bcc', 'bcc'],
  ['reply-to', 'replyTo'],
  ['subject', 'subject'],
  ['in-reply-to', 'inReplyTo'],
  ['references', 'references'],
]);

/** Header fields that others are to set: the composer, the server. */
const othersFields: ReadonlyMap<string, string> = new Map([
  ['mime-version', 'is made with the message'],
  ['sender', 'is set by the server, to who signed in'],
  ['return-path', 'is set by the server, on delivery'],
]);

/** All that is wrong with further header fields. What would be doubled, or dropped in silence, is refused. */
export function headerFaults(headers: unknown): string[] {
  if (!isPlainObject(headers)) return [`headers must be an object, { 'X-Campaign': 'spring' }, not ${kindOf(headers)}`];
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return Object.entries(headers).flatMap(([name, value], index) => {
    const isRepeated = names.indexOf(name.toLowerCase()) < index;
    const fault = isRepeated ? `${name} is given twice` : (nameFault(name) ?? valueFault(name, value));
    return fault ? [`headers: ${fault}`] : [];
  });
}

function nameFault(name: string): string | undefined {
  if (!isHeaderName(name) || name.length > 200)
    return `${JSON.stringify(name.slice(0, 200))} is not a header field's name`;
  const lower = name.toLowerCase();
  const own = ownFields.get(lower);
  if (own) return `${name} belongs in the message's field ${own}`;
  if (lower.startsWith('content-')) return `${name} is made from text, html and attachments`;
  const reason = othersFields.get(lower);
  return reason && `${name} ${reason}`;
}

function valueFault(name: string, value: unknown): string | undefined {
  const fault = textFault(value, { longest: 10_000, mayBeEmpty: true });
  if (fault) return `the value of ${name} ${fault}`;
  const text = value as string;
  if (name.toLowerCase() === 'message-id' && !isMessageId(text)) return `${name} must be like <1@contoso.com>`;
  return name.toLowerCase() === 'date' && Number.isNaN(Date.parse(text)) ? `${name} must be a date` : undefined;
}
