import { readUnsubscribe, type Unsubscribe } from './answering/read-unsubscribe.js';
import { Attachment } from './attachment.js';
import { absent, type Authentication } from './authentication/authentication.js';
import type { FoundInvite } from './calendar/find-invite.js';
import type { Invite } from './calendar/invite.js';
import { isCalendar } from './calendar/is-calendar.js';
import { Findings } from './findings.js';
import type { Headers } from './headers.js';
import { htmlToText } from './html-to-text.js';
import { decodeContent } from './mime/decode-content.js';
import { Envelope } from './mime/envelope.js';
import type { HeaderField, MimePart } from './mime/mime-part.js';
import { renderBody } from './mime/render-body.js';
import { splitMessage } from './mime/split-message.js';
import { textOfPart } from './mime/text-of-part.js';
import { unreadableParts } from './mime/unreadable.js';
import { readReport } from './reports/read-report.js';
import type { Report } from './reports/report.js';
import type { Address, RawMessage } from '../transport.js';

/** What a message says, whatever protocol it came by. */
export interface ParsedMessage {
  /** The `Message-ID`, with its angle brackets; empty where there is none. */
  readonly messageId: string;
  /** Who wrote it; the first, where there are several. */
  readonly from: Address | undefined;
  /** All who wrote it: mostly one. */
  readonly authors: readonly Address[];
  /** Who sent it, where that is somebody else than who wrote it. */
  readonly sender: Address | undefined;
  /** Where answers shall go; empty where the mail does not say, and answers go to `from`. */
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Decoded; empty where there is none. */
  readonly subject: string;
  /** The sender's `Date`; undefined where there is none, or one that can't be read. */
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
  /** The invitation to a meeting that it carries, or the answer to one. */
  readonly invite: Invite | undefined;
  /** What the receiving server recorded of where it comes from: SPF, DKIM, DMARC, ARC. */
  readonly authentication: Authentication;
  /** What servers wrote on the way, the last one on top. */
  readonly traceFields: readonly HeaderField[];
  /** That a program sent it about another mail: a bounce, a read receipt, an answer of who is out of office. */
  readonly report: Report | undefined;
  /** How its reader gets off the list that it came by (`List-Unsubscribe`). */
  readonly unsubscribe: Unsubscribe | undefined;
  /** What of it can't be read here, and why: what is encrypted, say. A sentence each; mostly none. */
  readonly unreadable: readonly string[];
  /** What a reader finds in it. */
  readonly findings: Findings;
}

/** Parses a message's MIME source (RFC 5322, RFC 2045). */
export async function parseMessage({ source }: RawMessage): Promise<ParsedMessage> {
  const message = splitMessage(source);
  const envelope = new Envelope(message);
  const { text, html = '', attached } = renderBody(message, htmlToText);
  const body = { subject: envelope.subject, text: text ?? htmlToText(html), html };
  const authors = envelope.authors('from');
  const { headers } = envelope;
  const traceFields = message.fields.filter(({ name }) => /^(?:received|authentication-results)$/.test(name));
  const { invite, faults } = await inviteIn(attached);
  return {
    ...body,
    messageId: envelope.ids('message-id')[0] ?? '',
    from: authors[0],
    authors,
    sender: envelope.authors('sender')[0],
    replyTo: envelope.recipients('reply-to'),
    to: envelope.recipients('to'),
    cc: envelope.recipients('cc'),
    date: envelope.date,
    inReplyTo: envelope.ids('in-reply-to')[0] ?? '',
    references: envelope.ids('references'),
    attachments: toAttachments(attached, html),
    headers,
    invite,
    authentication: await authenticationIn(traceFields),
    traceFields,
    report: readReport(envelope, attached, body.text),
    unsubscribe: readUnsubscribe(headers),
    unreadable: [...unreadableParts(message, body.text), ...faults],
    findings: await Findings.in(body),
  };
}

async function authenticationIn(traceFields: readonly HeaderField[]): Promise<Authentication> {
  if (!traceFields.some(({ name }) => name === 'authentication-results')) return absent('no server recorded any');
  const { findAuthentication } = await import('./authentication/find-authentication.js');
  return await findAuthentication(traceFields);
}

/** The library is loaded for a mail that has a calendar. */
async function inviteIn(attached: readonly MimePart[]): Promise<FoundInvite> {
  const calendars = attached.filter(isCalendar);
  if (calendars.length === 0) return { invite: undefined, faults: [] };
  const { findInvite } = await import('./calendar/find-invite.js');
  return findInvite(calendars);
}

function toAttachments(parts: readonly MimePart[], html: string): Attachment[] {
  const contentIds = referredTo(html);
  return parts.map((part) => {
    const { filename, type: contentType, contentId, contentLocation } = part;
    const content = decodeContent(part.body, part.encoding);
    const isInline = contentIds.has(contentId) || (contentLocation !== '' && html.includes(contentLocation));
    const fields = { filename, contentType, content, contentId, contentLocation, isInline };
    return new Attachment(fields, () => textOfPart(part));
  });
}

/** The parts that an HTML body shows (RFC 2392). */
function referredTo(html: string): ReadonlySet<string> {
  return new Set(Array.from(html.matchAll(/\bcid:([^"'\s)>]+)/gi), ([, contentId = '']) => decoded(contentId)));
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
