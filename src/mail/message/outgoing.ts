import { kindOf } from '../../input/kind-of.js';
import { isPlainObject } from '../../input/plain-object.js';
import { refuse } from '../../input/refuse.js';
import { textFault } from '../../input/text-fault.js';
import { unknownFields } from '../../input/unknown-fields.js';
import type { Address } from '../transport.js';
import { attachmentFaults } from './outgoing/attachments.js';
import { calendarFaults } from './outgoing/calendar.js';
import { headerFaults } from './outgoing/headers.js';
import { isMessageId } from './outgoing/message-id.js';
import { listOf, recipientFaults } from './outgoing/recipients.js';

/** One recipient, or several: `'qa@contoso.com'`, `'QA Team <qa@contoso.com>'`, `{ name, address }`. */
export type Recipients = string | Address | readonly (string | Address)[];

export interface OutgoingAttachment {
  readonly filename: string;
  /** The content itself, or `path`. */
  readonly content?: string | Uint8Array;
  /** A file to attach, or `content`. */
  readonly path?: string;
  /** @default what the file name suggests */
  readonly contentType?: string;
  /** So that the HTML can refer to it as `cid:`. */
  readonly contentId?: string;
}

/** A calendar (RFC 5545), sent as a form of the text, as mail programs expect it (RFC 6047), and as a file. */
export interface OutgoingCalendar {
  /** `REQUEST`, `CANCEL`, `REPLY` ... as in the calendar. */
  readonly method: string;
  /** From `BEGIN:VCALENDAR` on. */
  readonly content: string;
}

/** A message to send. At least one recipient is needed. */
export interface OutgoingMessage {
  readonly to?: Recipients;
  readonly cc?: Recipients;
  readonly bcc?: Recipients;
  /** @default the connection's account */
  readonly from?: string | Address;
  /** @default the mailbox's own address, where the message is sent from a mailbox that has one and names no `from` */
  readonly replyTo?: Recipients;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly OutgoingAttachment[];
  /** An invitation to a meeting, or the answer to one. */
  readonly calendar?: OutgoingCalendar;
  /**
   * Further header fields by name. What is made from other fields, or from the content, can't be among them: `From`,
   * `Bcc`, `Content-Type` ...
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** The `Message-ID` that this one answers. */
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
}

/** What was sent. */
export interface SentMessage {
  /** The `Message-ID` header, with its angle brackets. */
  readonly messageId: string;
  /** The envelope: who it is from, and everybody it went to, Bcc too. */
  readonly from: string;
  readonly to: readonly string[];
}

type Faults = (value: unknown, name: string) => readonly string[];

/** Characters: what a message can hold at all. */
const longestBody = 150 * 1024 * 1024;

const recipients: Faults = (value, name) => recipientFaults(name, value);
const body: Faults = (value, name) =>
  named(name, textFault(value, { longest: longestBody, hasLines: true, mayBeEmpty: true }));

/** For each field of a message: all that is wrong with a value of it that is not undefined. */
const fields: Readonly<Record<keyof OutgoingMessage, Faults>> = {
  to: recipients,
  cc: recipients,
  bcc: recipients,
  from: (value, name) =>
    Array.isArray(value) ? [`${name} must be one sender, not a list`] : recipientFaults(name, value),
  replyTo: recipients,
  subject: (value, name) => named(name, textFault(value, { longest: 10_000, mayBeEmpty: true })),
  text: body,
  html: body,
  attachments: attachmentFaults,
  calendar: calendarFaults,
  headers: headerFaults,
  inReplyTo: (value, name) => named(name, messageIdFault(value)),
  references: (value, name) => {
    if (!Array.isArray(value)) return [`${name} must be a list of Message-IDs, not ${kindOf(value)}`];
    return Array.from(value as unknown[]).flatMap((id, index) => named(`${name}[${index}]`, messageIdFault(id)));
  },
};

/** @throws CONFIGURATION with all that is wrong with a message, before anything is tried */
export function checkOutgoing(message: unknown): asserts message is OutgoingMessage {
  refuse(`The message can't be sent.`, outgoingFaults(message));
}

/** All that is wrong with a message to send; files that it names are looked at. */
export function outgoingFaults(message: unknown): string[] {
  if (!isPlainObject(message))
    return [`a message is an object: { to: 'qa@contoso.com', subject, text }; this is ${kindOf(message)}`];
  const known = Object.keys(fields) as (keyof OutgoingMessage)[];
  const faults = known.flatMap((name) => (message[name] === undefined ? [] : fields[name](message[name], name)));
  if (![message['to'], message['cc'], message['bcc']].some((field) => listOf(field).length > 0)) {
    faults.push('there is no recipient: name one in to, cc or bcc');
  }
  return [...unknownFields(message, { of: 'a message', known }), ...faults];
}

/** `"Welcome" to qa@contoso.com`, whatever it is. */
export function describeOutgoing(message: unknown): string {
  const { subject = '', ...rest } = isPlainObject(message) ? message : {};
  const to = [rest['to'], rest['cc'], rest['bcc']].flatMap(listOf).map(describeRecipient);
  const more = to.length > shown ? ` and ${to.length - shown} more` : '';
  const title = typeof subject === 'string' ? JSON.stringify(subject.slice(0, 200)) : kindOf(subject);
  return `${title} to ${to.slice(0, shown).join(', ') || 'nobody'}${more}`;
}

/** How many recipients are named. */
const shown = 10;

function describeRecipient(recipient: unknown): string {
  const { address } = isPlainObject(recipient) ? recipient : { address: recipient };
  return typeof address === 'string' ? address.slice(0, 200) : kindOf(address);
}

function messageIdFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return `must be a text, not ${kindOf(value)}`;
  return isMessageId(value) ? undefined : 'must be a Message-ID, <1@contoso.com>';
}

function named(name: string, fault: string | undefined): string[] {
  return fault === undefined ? [] : [`${name} ${fault}`];
}
