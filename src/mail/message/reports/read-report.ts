import { decodeContent } from '../mime/decode-content.js';
import type { Envelope } from '../mime/envelope.js';
import type { MimePart } from '../mime/mime-part.js';
import { readAutoReply } from './auto-reply.js';
import { originalIn, readBounceInWords } from './bounce-in-words.js';
import type { DeliveryReport, OriginalMessage, ReadReceipt, Report } from './report.js';
import { readStatusFields, typed } from './status-fields.js';

/** The report that a message is, by its header section, parts and text; nothing where it is none. */
export function readReport(envelope: Envelope, attached: readonly MimePart[], text: string): Report | undefined {
  const ofType = (type: RegExp): MimePart | undefined => attached.find((part) => type.test(part.type));
  const delivery = ofType(/^message\/(?:global-)?delivery-status$/);
  const receipt = ofType(/^message\/(?:global-)?disposition-notification$/);
  const original = ofType(/^(?:message\/(?:rfc822|global|global-headers)|text\/rfc822-headers)$/);
  if (delivery) return readDelivery(delivery, original);
  if (receipt) return readReceipt(receipt, original);
  return readBounceInWords(envelope, text) ?? readAutoReply(envelope);
}

function readDelivery(part: MimePart, original: MimePart | undefined): DeliveryReport {
  const [message, ...recipients] = readStatusFields(decodeContent(part.body, part.encoding));
  // Some mailers write one group for all.
  const groups = recipients.length > 0 || !message?.has('action') ? recipients : [message];
  return {
    kind: 'delivery',
    server: typed(message, 'reporting-mta'),
    recipients: groups.map((group) => ({
      address: typed(group, 'final-recipient') || typed(group, 'original-recipient'),
      originalAddress: typed(group, 'original-recipient'),
      action: withoutComment(group.get('action')).toLowerCase(),
      status: withoutComment(group.get('status')),
      diagnostic: typed(group, 'diagnostic-code'),
      server: withoutComment(typed(group, 'remote-mta')).replace(/\.$/, ''),
    })),
    original: original && readOriginal(original),
  };
}

function readReceipt(part: MimePart, original: MimePart | undefined): ReadReceipt {
  const [fields] = readStatusFields(decodeContent(part.body, part.encoding));
  const [mode = '', type = ''] = (fields?.get('disposition') ?? '').split(';');
  return {
    kind: 'receipt',
    address: typed(fields, 'final-recipient') || typed(fields, 'original-recipient'),
    disposition: withoutComment(type.split('/')[0]).toLowerCase(),
    isAutomatic: mode.trim().toLowerCase().startsWith('automatic'),
    originalMessageId: fields?.get('original-message-id') ?? '',
    original: original && readOriginal(original),
  };
}

function readOriginal({ body, encoding }: MimePart): OriginalMessage {
  return originalIn(decodeContent(body, encoding));
}

function withoutComment(text: string = ''): string {
  return text.replace(/\(.*$/s, '').trim();
}
