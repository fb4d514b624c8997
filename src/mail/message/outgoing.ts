import { ExchangeError } from '../../errors.js';
import { isAddress } from '../address.js';
import type { Address } from '../transport.js';

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

/** A message to send. At least one recipient is needed. */
export interface OutgoingMessage {
  readonly to?: Recipients;
  readonly cc?: Recipients;
  readonly bcc?: Recipients;
  /** @default the connection's account */
  readonly from?: string | Address;
  readonly replyTo?: Recipients;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly OutgoingAttachment[];
  /** Further header fields by name. */
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

const recipientFields = ['to', 'cc', 'bcc', 'replyTo', 'from'] as const;

/** @throws CONFIGURATION with all that is wrong with a message, before anything is tried */
export function checkOutgoing(message: OutgoingMessage): void {
  const faults = [
    ...recipientFields.flatMap((field) => addressFaults(field, message[field])),
    ...[message.attachments ?? []].flat().flatMap(attachmentFaults),
    ...Object.entries(message.headers ?? {}).flatMap(headerFaults),
  ];
  if (![message.to, message.cc, message.bcc].some((field) => toList(field).length > 0)) {
    faults.push('there is no recipient: name one in to, cc or bcc');
  }
  if (faults.length > 0) throw new ExchangeError('CONFIGURATION', `The message can't be sent.`, { advice: faults });
}

export function toList(recipients: Recipients | undefined): readonly (string | Address)[] {
  if (recipients === undefined) return [];
  return Array.isArray(recipients) ? recipients : [recipients as string | Address];
}

function addressFaults(field: string, recipients: Recipients | undefined): string[] {
  return toList(recipients)
    .map((recipient) => (typeof recipient === 'string' ? recipient : recipient.address))
    .filter((text) => !isAddress(text.replace(/^[^<]*<([^<>]+)>\s*$/, '$1')))
    .map((text) => `${field}: ${JSON.stringify(text)} is not an e-mail address`);
}

function attachmentFaults({ filename, content, path }: OutgoingAttachment): string[] {
  if ((content === undefined) !== (path === undefined)) return [];
  return [`attachments: ${JSON.stringify(filename)} needs either content or path`];
}

function headerFaults([name, value]: [string, string]): string[] {
  if (!/^[!-9;-~]+$/.test(name)) return [`headers: ${JSON.stringify(name)} is not a header field's name`];
  return /[\r\n]/.test(value) ? [`headers: the value of ${name} has a line break`] : [];
}
