import { Envelope } from '../mime/envelope.js';
import { splitMessage } from '../mime/split-message.js';
import type { DeliveryReport, DeliveryStatus, OriginalMessage } from './report.js';

/** Octets of the mail that a report is about of which the header section is read. */
const longestHead = 1_000_000;
/** Paragraphs, and recipients, that are read. */
const most = 1000;

/**
 * A bounce that is written for people alone: by qmail (https://cr.yp.to/proto/qsbmf.txt), or with the field in which
 * Exim names who did not get it. Nothing where it is none.
 */
export function readBounceInWords(envelope: Envelope, text: string): DeliveryReport | undefined {
  const recipients = text.startsWith('Hi. This is the ') ? qmailRecipients(text) : eximRecipients(envelope, text);
  if (recipients.length === 0) return undefined;
  const [, server = ''] = /^Hi\. This is the .{1,100}? at ([^\s.]+(?:\.[^\s.]+)*)/.exec(text) ?? [];
  const [, quoted] = /\n-{3,}[^\n]*\n+([^]*)/.exec(text) ?? [];
  return {
    kind: 'delivery',
    server,
    recipients,
    original: quoted === undefined ? undefined : originalIn(Buffer.from(quoted)),
  };
}

/** What is told of the mail that a report is about, from its header section. */
export function originalIn(source: Buffer): OriginalMessage {
  const envelope = new Envelope(splitMessage(source.subarray(0, longestHead)));
  return { messageId: envelope.ids('message-id')[0] ?? '', subject: envelope.subject, headers: envelope.headers };
}

/** A paragraph a recipient, up to the one that begins with a dash. */
function qmailRecipients(text: string): DeliveryStatus[] {
  const paragraphs = text.split(/\n{2,}/, most);
  const end = paragraphs.findIndex((paragraph) => paragraph.startsWith('-'));
  return paragraphs.slice(0, end === -1 ? undefined : end).flatMap((paragraph) => {
    const [, address, diagnostic = ''] = /^<([^\n]{1,1000})>:\n?([^]*)$/.exec(paragraph) ?? [];
    return address === undefined ? [] : [failed(address, diagnostic)];
  });
}

/** Below each address stands why. */
function eximRecipients(envelope: Envelope, text: string): DeliveryStatus[] {
  const recipients = envelope.recipients('x-failed-recipients').slice(0, most);
  if (recipients.length === 0) return [];
  const paragraphs = text.split(/\n{2,}/, most).map((paragraph) => paragraph.trimStart());
  return recipients.map(({ address }) => {
    const about = paragraphs.find((paragraph) => paragraph.startsWith(`${address}\n`)) ?? '';
    return failed(address, about.slice(address.length));
  });
}

function failed(address: string, said: string): DeliveryStatus {
  const diagnostic = said.replace(/\s+/g, ' ').trim();
  const [status = ''] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic) ?? [];
  return { address, originalAddress: '', action: 'failed', status, diagnostic, server: '' };
}
