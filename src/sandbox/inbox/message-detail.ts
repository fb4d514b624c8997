import type { Attachment, ParsedMail } from 'mailparser';
import { addresses } from '../message/draft.js';
import { htmlToText } from '../message/body-text.js';
import type { Address } from '../message/address.js';
import { headerFields, type HeaderField } from '../message/mime-header.js';
import { codeOf, linksOf, type PickedLink } from './picked-out.js';
import type { StoredMessage } from '../store/store.js';
import { describeMessage, type SandboxMessage } from './sandbox-message.js';

/** A message as the page shows it when it is opened. */
export interface MessageDetail extends SandboxMessage {
  /** Why its content can't be read; then there is none of it. */
  readonly trouble: string | undefined;
  readonly headers: readonly HeaderField[];
  readonly replyTo: readonly Address[];
  readonly messageId: string | undefined;
  readonly text: string;
  readonly hasHtml: boolean;
  readonly links: readonly PickedLink[];
  /** The one-time code; nothing where there is none, or several. */
  readonly code: string | undefined;
  /** Whether it refers to pictures, styles or fonts that are elsewhere. */
  readonly hasRemoteContent: boolean;
  readonly attachments: readonly AttachmentDetail[];
}

export interface AttachmentDetail {
  readonly name: string;
  readonly contentType: string;
  /** In octets. */
  readonly size: number;
  /** Shown in the text, by its Content-ID. */
  readonly isInline: boolean;
}

/** What is given out of one message: fields, characters of each, characters of text. */
const limits = { fields: 500, field: 4000, text: 500_000, attachments: 500 };

/** @param origin where the sandbox listens for HTTP */
export async function detailMessage(message: StoredMessage, origin: string): Promise<MessageDetail> {
  const headers = headerFields(message.source)
    .slice(0, limits.fields)
    .map(({ name, value }) => ({ name, value: value.slice(0, limits.field) }));
  const described = await describeMessage(message, origin);
  return { ...described, headers, trouble: await message.trouble(), ...contentOf(await message.parsed()) };
}

type Content = Omit<MessageDetail, keyof SandboxMessage | 'headers' | 'trouble'>;

function contentOf({ subject, replyTo, messageId, text, html, attachments }: ParsedMail): Content {
  const shown = (text || htmlToText(html || '')).slice(0, limits.text);
  return {
    replyTo: addresses(replyTo),
    messageId,
    text: shown,
    hasHtml: html !== false,
    links: linksOf(html || '', shown),
    code: codeOf(subject ?? '', shown),
    hasRemoteContent: remoteContent.test(html || ''),
    attachments: attachments.slice(0, limits.attachments).map(describeAttachment),
  };
}

const remoteContent =
  /\b(?:src|srcset|background|poster)\s*=\s*["']?\s*https?:|\burl\(\s*["']?https?:|<link\b[^>]{0,500}\bhttps?:/i;

function describeAttachment({ filename, contentType, size, related }: Attachment): AttachmentDetail {
  return { name: filename ?? '', contentType, size, isInline: related ?? false };
}
