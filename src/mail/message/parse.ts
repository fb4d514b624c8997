import type { AddressObject, Attachment as ParsedAttachment, ParsedMail } from 'mailparser';
import { Findings } from './findings.js';
import type { Address, RawMessage } from '../transport.js';

export interface Attachment {
  /** Empty where the mail gives none. */
  readonly filename: string;
  readonly contentType: string;
  /** In octets. */
  readonly size: number;
  readonly content: Buffer;
  /** The `Content-ID` an HTML body refers to as `cid:`; without angle brackets, empty where there is none. */
  readonly contentId: string;
}

/** A message's header fields by lower-case name, decoded and unfolded; several of a name in their order. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/** What a message says, whatever protocol it came by. */
export interface ParsedMessage {
  /** The `Message-ID`, with its angle brackets; empty where there is none. */
  readonly messageId: string;
  /** Who wrote it; the first, where there are several. */
  readonly from: Address | undefined;
  /** Who sent it, where that is somebody else than who wrote it. */
  readonly sender: Address | undefined;
  /** Where answers shall go; empty where the mail does not say, and answers go to `from`. */
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Decoded; empty where there is none. */
  readonly subject: string;
  /** The sender's `Date`. */
  readonly date: Date | undefined;
  /** The `Message-ID` that it answers; empty where it answers none. */
  readonly inReplyTo: string;
  /** The `Message-ID` of each message before it in the conversation, oldest first. */
  readonly references: readonly string[];
  /** The plain text; made from the HTML where the mail has no text part. */
  readonly text: string;
  /** The HTML body; empty where there is none. */
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** The header fields by lower-case name. */
  readonly headers: Headers;
  /** What a reader finds in it. */
  readonly findings: Findings;
}

/** Parses a message's MIME source (RFC 5322, RFC 2045). */
export async function parseMessage({ source }: RawMessage): Promise<ParsedMessage> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, { skipImageLinks: true });
  const body = { subject: mail.subject ?? '', text: mail.text ?? '', html: mail.html || '' };
  return {
    ...body,
    messageId: mail.messageId ?? '',
    from: addresses(mail.from)[0],
    sender: addresses(mail.headers.get('sender') as AddressObject | undefined)[0],
    replyTo: addresses(mail.replyTo),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    date: mail.date,
    inReplyTo: mail.inReplyTo ?? '',
    references: [mail.references ?? []].flat(),
    attachments: mail.attachments.map(toAttachment),
    headers: await toHeaders(mail),
    findings: await Findings.in(body),
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): Address[] {
  return [field ?? []].flat().flatMap(({ value }) =>
    value.flatMap(({ name, address, group }) => {
      if (group) return group.map((member) => ({ name: member.name, address: member.address ?? '' }));
      return [{ name, address: address ?? '' }];
    }),
  );
}

function toAttachment({ filename, contentType, size, content, cid }: ParsedAttachment): Attachment {
  return { filename: filename ?? '', contentType, size, content, contentId: cid ?? '' };
}

/** Encoded words (RFC 2047) are decoded wherever they stand. */
async function toHeaders({ headerLines }: ParsedMail): Promise<Headers> {
  const { default: libmime } = await import('libmime');
  const headers = new Map<string, string[]>();
  for (const { key, line } of headerLines) {
    const values = headers.get(key) ?? [];
    values.push(libmime.decodeWords(unfold(line)));
    headers.set(key, values);
  }
  return headers;
}

function unfold(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim();
}
