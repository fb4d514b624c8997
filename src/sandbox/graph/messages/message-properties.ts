import { hasAttachments } from '../../message/attachments.js';
import { htmlToText, textToHtml } from '../../message/body-text.js';
import { categories, conversationId, senderOf, sentAt, textBody } from '../../message/derived-properties.js';
import { addresses, importanceOf } from '../../message/draft.js';
import { headerFields, headerValues } from '../../message/mime-header.js';
import { parsedHead } from '../../message/parsed-head.js';
import { ownImportance } from '../../delivery/judge.js';
import { ownInference } from '../../delivery/inference-overrides.js';
import type { StoredMessage } from '../../store/store.js';
import type { Address } from '../../message/address.js';
import { extras, type EdmResource, type EdmType } from '../odata/edm.js';
import { itemBody, recipient as recipientKind } from '../odata/kinds.js';
import { changeKey, folderId } from '../ids.js';

/** How a client wants bodies: https://learn.microsoft.com/graph/api/message-get#request-headers */
export type BodyType = 'html' | 'text';

type Reader = (message: StoredMessage, bodyType: BodyType) => unknown;

/** Where a client's own say on a property is kept that otherwise follows from the MIME. */

export const flagCompleted = 'graph:flagCompleted';

/** The fields that ask for a receipt (RFC 8098, and as Outlook writes it). */
export const readReceiptField = 'Disposition-Notification-To';
export const deliveryReceiptField = 'Return-Receipt-To';

const hasField = (name: string) => (message: StoredMessage) => headerValues(message.source, name).length > 0;

/** What is given unless `$select` says otherwise, in Microsoft's order. */
const byDefault: Readonly<Record<string, Reader>> = {
  createdDateTime: (message) => timestamp(message.receivedAt),
  lastModifiedDateTime: (message) => timestamp(message.modifiedAt),
  changeKey,
  categories,
  receivedDateTime: (message) => timestamp(message.receivedAt),
  sentDateTime: async (message) => timestamp(await sentAt(message)),
  hasAttachments,
  internetMessageId: async (message) => (await parsedHead(message)).messageId ?? null,
  subject: async (message) => (await parsedHead(message)).subject ?? '',
  bodyPreview,
  importance: async (message) =>
    message.properties.get(ownImportance) ?? importanceOf(await parsedHead(message)).toLowerCase(),
  parentFolderId: (message) => folderId(message.folder),
  conversationId,
  conversationIndex: conversationId,
  // What nobody has asked for is null here, and false below.
  isDeliveryReceiptRequested: (message) => hasField(deliveryReceiptField)(message) || null,
  isReadReceiptRequested: hasField(readReceiptField),
  isRead: (message) => message.flags.has('\\Seen'),
  isDraft: (message) => message.flags.has('\\Draft'),
  webLink: (message) => `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(message.id)}&exvsurl=1`,
  inferenceClassification: (message) => message.properties.get(ownInference) ?? 'focused',
  body,
  sender: async (message) => recipient(await senderOf(message)),
  from: async (message) => recipient(addresses((await parsedHead(message)).from)[0]),
  toRecipients: recipients('to'),
  ccRecipients: recipients('cc'),
  bccRecipients: recipients('bcc'),
  replyTo: recipients('replyTo'),
  flag: (message) => ({ flagStatus: flagStatus(message) }),
};

/** What is only given when it is selected. */
const whenSelected: Readonly<Record<string, Reader>> = {
  internetMessageHeaders: ({ source }) => headerFields(source),
  uniqueBody: body,
};

export const messageProperties: ReadonlyMap<string, Reader> = new Map(
  Object.entries({ ...byDefault, ...whenSelected }),
);

export const defaultProperties: ReadonlySet<string> = new Set(Object.keys(byDefault));

/** By what Exchange can filter messages: recipients, for one, are not among it. */
const filterable: Readonly<Record<string, EdmType>> = {
  createdDateTime: 'date',
  lastModifiedDateTime: 'date',
  receivedDateTime: 'date',
  sentDateTime: 'date',
  categories: 'strings',
  hasAttachments: 'boolean',
  isRead: 'boolean',
  isDraft: 'boolean',
  isReadReceiptRequested: 'boolean',
  isDeliveryReceiptRequested: 'boolean',
  internetMessageId: 'string',
  conversationId: 'string',
  subject: 'string',
  importance: 'string',
  inferenceClassification: 'string',
  'body/content': 'string',
  'flag/flagStatus': 'string',
  'from/emailAddress/address': 'string',
  'from/emailAddress/name': 'string',
  'sender/emailAddress/address': 'string',
  'sender/emailAddress/name': 'string',
};

export const messageEdm: EdmResource = {
  name: 'microsoft.graph.message',
  properties: new Set(['id', ...messageProperties.keys()]),
  kinds: {
    ...extras,
    createdDateTime: 'date',
    lastModifiedDateTime: 'date',
    receivedDateTime: 'date',
    sentDateTime: 'date',
    categories: ['string'],
    hasAttachments: 'boolean',
    isDeliveryReceiptRequested: 'boolean',
    isReadReceiptRequested: 'boolean',
    isRead: 'boolean',
    isDraft: 'boolean',
    body: itemBody,
    uniqueBody: itemBody,
    sender: recipientKind,
    from: recipientKind,
    toRecipients: [recipientKind],
    ccRecipients: [recipientKind],
    bccRecipients: [recipientKind],
    replyTo: [recipientKind],
    flag: { flagStatus: 'string' },
    internetMessageHeaders: [{ name: 'string', value: 'string' }],
  },
  derived: ['', 'Request', 'Response'].map((suffix) => `microsoft.graph.eventMessage${suffix}`),
  filterable: new Map(Object.entries(filterable)),
  isSearchable: true,
  isExtensible: true,
};

/** To the second, as Graph gives times. */
export function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function recipients(field: 'to' | 'cc' | 'bcc' | 'replyTo'): Reader {
  return async (message) => addresses((await parsedHead(message))[field]).map(recipient);
}

function recipient(address: Address | undefined): object | undefined {
  return address && { emailAddress: { name: address.name || address.address, address: address.address } };
}

async function body(message: StoredMessage, bodyType: BodyType): Promise<object> {
  if (bodyType === 'text') return { contentType: 'text', content: await textBody(message) };
  const { html, text } = await message.parsed();
  return { contentType: 'html', content: html || textToHtml(text ?? '') };
}

async function bodyPreview(message: StoredMessage): Promise<string> {
  const { html, text } = await message.parsed();
  return (text || htmlToText(html || '')).trim().slice(0, 255);
}

function flagStatus(message: StoredMessage): string {
  if (message.flags.has('\\Flagged')) return 'flagged';
  return message.properties.has(flagCompleted) ? 'complete' : 'notFlagged';
}
