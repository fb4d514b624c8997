import MailComposer, { type MailComposerAttachment } from 'nodemailer/lib/mail-composer';
import type { AddressObject, EmailAddress, ParsedMail } from 'mailparser';
import { headerFields } from './mime-header.js';
import { htmlToText } from './body-text.js';
import type { Address } from './address.js';

/** A message as its parts, to be edited and then composed into MIME again. */
export interface Draft {
  from: Address | undefined;
  sender: Address | undefined;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: Address[];
  subject: string;
  /** With the text that a mail in HTML came with beside it, for as long as nobody writes another body. */
  body: { type: 'HTML' | 'Text'; content: string; alternative?: string | undefined };
  importance: 'Low' | 'Normal' | 'High';
  messageId: string | undefined;
  inReplyTo: string | undefined;
  references: string | undefined;
  date: Date | undefined;
  /** Header fields that have no part of their own. */
  headers: { name: string; value: string }[];
  attachments: DraftAttachment[];
  /** An iCalendar object as a form of the body (RFC 6047), and its method. */
  calendar?: { readonly method: string; readonly content: string };
}

export interface DraftAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly contentId: string | undefined;
  readonly isInline: boolean;
}

export function emptyDraft(): Draft {
  return {
    from: undefined,
    sender: undefined,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: '',
    body: { type: 'Text', content: '' },
    importance: 'Normal',
    messageId: undefined,
    inReplyTo: undefined,
    references: undefined,
    date: undefined,
    headers: [],
    attachments: [],
  };
}

/** The parts of a message there is already. */
export function draftOf(mail: ParsedMail, source: Buffer): Draft {
  const references = mail.references ?? [];
  return {
    from: addresses(mail.from)[0],
    sender: senderField(mail),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    bcc: addresses(mail.bcc),
    replyTo: addresses(mail.replyTo),
    subject: mail.subject ?? '',
    body: mail.html
      ? { type: 'HTML', content: mail.html, alternative: mail.text }
      : { type: 'Text', content: mail.text ?? '' },
    importance: importanceOf(mail),
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: [references].flat().join(' ') || undefined,
    date: mail.date,
    headers: headerFields(source).filter((field) => !ownHeaders.test(field.name)),
    attachments: mail.attachments.map((attachment) => ({
      name: attachment.filename ?? '',
      contentType: attachment.contentType,
      content: attachment.content,
      contentId: attachment.cid,
      isInline: attachment.contentDisposition === 'inline',
    })),
  };
}

/** Composes MIME, with its `Bcc`. */
export async function compose(draft: Draft): Promise<Buffer> {
  const { type, content, alternative } = draft.body;
  const message = new MailComposer({
    ...present({ from: draft.from, sender: draft.sender, date: draft.date, messageId: draft.messageId }),
    ...present({ inReplyTo: draft.inReplyTo, references: draft.references }),
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    replyTo: draft.replyTo,
    subject: draft.subject,
    text: type === 'Text' ? content : (alternative ?? htmlToText(content)),
    ...(type === 'HTML' ? { html: content } : {}),
    headers: [...importanceFields[draft.importance], ...draft.headers].map(({ name, value }) => ({ key: name, value })),
    alternatives: calendarForms(draft),
    attachments: draft.attachments.map(composeAttachment),
  }).compile();
  message.keepBcc = true;
  return message.build();
}

/** As Exchange writes them. */
const importanceFields: Readonly<Record<Draft['importance'], Draft['headers']>> = {
  Low: [
    { name: 'Importance', value: 'low' },
    { name: 'X-Priority', value: '5' },
  ],
  Normal: [],
  High: [
    { name: 'Importance', value: 'high' },
    { name: 'X-Priority', value: '1' },
  ],
};

export function addresses(header: AddressObject | readonly AddressObject[] | undefined): Address[] {
  return [header ?? []].flat().flatMap((object) => object.value.flatMap(members));
}

export function importanceOf(mail: ParsedMail): Draft['importance'] {
  const priority = mail.headers.get('priority');
  return priority === 'high' ? 'High' : priority === 'low' ? 'Low' : 'Normal';
}

/** The `Sender` field (RFC 5322 section 3.6.2), where there is one. */
export function senderField(mail: ParsedMail): Address | undefined {
  return addresses(mail.headers.get('sender') as AddressObject | undefined)[0];
}

const ownHeaders =
  /^(from|sender|to|cc|bcc|reply-to|subject|message-id|in-reply-to|references|date|mime-version|content-.*|importance|x-priority|x-msmail-priority|priority)$/i;

/** An address, or those of a group. */
function members(mailbox: EmailAddress): Address[] {
  if (mailbox.group) return mailbox.group.flatMap(members);
  return mailbox.address ? [{ name: mailbox.name, address: mailbox.address }] : [];
}

function calendarForms({ calendar }: Draft): MailComposerAttachment[] {
  if (!calendar) return [];
  const { method, content } = calendar;
  return [{ contentType: `text/calendar; charset=utf-8; method=${method}`, content }];
}

function composeAttachment(attachment: DraftAttachment): MailComposerAttachment {
  // A text part or a message that is inline would be read as part of the body.
  const isInline = attachment.isInline && !/^(text|message)\//i.test(attachment.contentType);
  return {
    filename: attachment.name || false,
    contentType: attachment.contentType,
    content: attachment.content,
    contentDisposition: isInline ? 'inline' : 'attachment',
    ...present({ cid: attachment.contentId }),
  };
}

/** Leaves out what is undefined. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
