import { categoriesProperty } from '../../message/derived-properties.js';
import { compose, draftOf, emptyDraft, type Draft, type DraftAttachment } from '../../message/draft.js';
import { withCrlf } from '../../message/mime-header.js';
import { ownImportance } from '../../delivery/judge.js';
import { ownInference } from '../../delivery/inference-overrides.js';
import type { StoredMessage } from '../../store/store.js';
import type { Address } from '../../message/address.js';
import { readPropertyId } from './extended-properties.js';
import { readFile } from './read-file.js';
import { addOpenExtension } from './open-extensions.js';
import { readMember } from '../enumeration.js';
import { badRequest, GraphError } from '../graph-error.js';
import { fieldOf, isRecord } from '../graph-request.js';
import { readBody } from '../odata/edm.js';
import { deliveryReceiptField, flagCompleted, messageEdm, readReceiptField } from './message-properties.js';

type Json = Readonly<Record<string, unknown>>;

/** Sets what a client gives in JSON of a message on its way to being sent. @throws GraphError */
export async function editDraft(draft: Draft, json: Json): Promise<void> {
  for (const [name, value] of readBody(json, messageEdm)) draftWriters[name]?.(draft, value);
  const attachments = [json['attachments'] ?? []].flat();
  for (const each of attachments) draft.attachments.push(await readAttachment(each));
}

/** @throws GraphError where it is neither a file nor a message */
export async function readAttachment(json: unknown): Promise<DraftAttachment> {
  if (!isRecord(json) || json['@odata.type'] !== '#microsoft.graph.itemAttachment') return readFile(json);
  const { name, item } = json;
  if (!isRecord(item) || String(item['@odata.type']).replace(/^#/, '') !== 'microsoft.graph.message')
    throw badRequest("Of items only those of the '@odata.type' 'microsoft.graph.message' can be attached.");
  const draft = emptyDraft();
  await editDraft(draft, item);
  return {
    name: typeof name === 'string' && name ? name : draft.subject,
    contentType: 'message/rfc822',
    content: await sourceOf(draft),
    contentId: undefined,
    isInline: false,
  };
}

/** Sets what a client gives in JSON of a message that there is already. @throws GraphError */
export async function updateMessage(message: StoredMessage, json: Json): Promise<void> {
  const names = readBody(json, messageEdm).map(([name]) => name);
  const isDraft = message.flags.has('\\Draft');
  const wrong = names.find((name) => draftOnly(name) && !isDraft);
  if (wrong !== undefined) throw new GraphError(400, 'ErrorInvalidPropertySet');
  if (names.some((name) => (Object.hasOwn(draftWriters, name) || name === 'attachments') && isDraft)) {
    const draft = draftOf(await message.parsed(), message.source);
    await editDraft(draft, json);
    message.folder.replace(message, await sourceOf(draft));
  }
  markMessage(message, json);
}

/** Sets what is no part of the MIME: whether it is read, its flag, its categories ... */
export function markMessage(message: StoredMessage, json: Json): void {
  for (const [name, value] of readBody(json, messageEdm)) markers[name]?.(message, value);
}

export async function sourceOf(draft: Draft): Promise<Buffer> {
  return withCrlf(await compose(draft));
}

/** https://learn.microsoft.com/graph/api/resources/recipient */
export function readRecipients(value: unknown): Address[] {
  if (!Array.isArray(value)) throw badRequest('A collection of recipients was expected.');
  return value.map(readRecipient);
}

const draftWriters: Readonly<Record<string, (draft: Draft, value: unknown) => void>> = {
  subject: (draft, value) => (draft.subject = text(value)),
  body: (draft, value) => (draft.body = readItemBody(value)),
  importance: (draft, value) => (draft.importance = readImportance(value)),
  toRecipients: (draft, value) => (draft.to = readRecipients(value)),
  ccRecipients: (draft, value) => (draft.cc = readRecipients(value)),
  bccRecipients: (draft, value) => (draft.bcc = readRecipients(value)),
  replyTo: (draft, value) => (draft.replyTo = readRecipients(value)),
  from: (draft, value) => (draft.from = readRecipient(value)),
  sender: (draft, value) => (draft.sender = readRecipient(value)),
  internetMessageId: (draft, value) => (draft.messageId = text(value) || undefined),
  isReadReceiptRequested: receiptWriter(readReceiptField),
  isDeliveryReceiptRequested: receiptWriter(deliveryReceiptField),
  internetMessageHeaders: (draft, value) => draft.headers.push(...readHeaders(value)),
};

const markers: Readonly<Record<string, (message: StoredMessage, value: unknown) => void>> = {
  isRead: (message, value) => message.folder.setFlag(message, '\\Seen', value === true),
  flag: (message, value) => setFlag(message, isRecord(value) ? value['flagStatus'] : undefined),
  categories: (message, value) =>
    message.folder.setProperty(message, categoriesProperty, Array.isArray(value) ? value.map(text) : undefined),
  importance: (message, value) =>
    message.folder.setProperty(message, ownImportance, readImportance(value).toLowerCase()),
  singleValueExtendedProperties: setExtended,
  multiValueExtendedProperties: setExtended,
  extensions: (message, value) => {
    for (const each of [value].flat()) addOpenExtension(message, each);
  },
  inferenceClassification: (message, value) => message.folder.setProperty(message, ownInference, text(value)),
};

/** Asks for a receipt, or no longer: it goes to the sender. */
function receiptWriter(field: string) {
  return (draft: Draft, value: unknown): void => {
    draft.headers = draft.headers.filter(({ name }) => name.toLowerCase() !== field.toLowerCase());
    if (value === true) draft.headers.push({ name: field, value: draft.from?.address ?? '' });
  };
}

function draftOnly(name: string): boolean {
  return Object.hasOwn(draftWriters, name) && !Object.hasOwn(markers, name);
}

/** PidTagMessageFlags is what tells a draft: mfUnsent is 8. */
const messageFlagsTag = 0x0e07;

function setExtended(message: StoredMessage, value: unknown): void {
  for (const each of [value].flat()) {
    const { id, value: content } = isRecord(each) ? each : {};
    const property = readPropertyId(text(id));
    if (property.tag === messageFlagsTag) message.folder.setFlag(message, '\\Draft', (Number(content) & 8) !== 0);
    else message.folder.setProperty(message, property.key, valueOf(content));
  }
}

/** A value of its own, or several. */
function valueOf(content: unknown): string | readonly string[] | undefined {
  return Array.isArray(content) ? content.map(text) : text(content) || undefined;
}

export function readRecipient(value: unknown): Address {
  const emailAddress = fieldOf(value, 'emailAddress');
  const [address, name] = [fieldOf(emailAddress, 'address'), fieldOf(emailAddress, 'name')];
  if (typeof address !== 'string') throw badRequest("The property 'emailAddress/address' is required.");
  return { name: typeof name === 'string' ? name : '', address: address.trim() };
}

function readItemBody(value: unknown): Draft['body'] {
  const { contentType, content } = isRecord(value) ? value : {};
  const isHtml = typeof contentType === 'string' && contentType.toLowerCase() === 'html';
  return { type: isHtml ? 'HTML' : 'Text', content: text(content) };
}

function readImportance(value: unknown): Draft['importance'] {
  return readMember(importances, value, 'importance');
}

const importances: Readonly<Record<string, Draft['importance']>> = { low: 'Low', normal: 'Normal', high: 'High' };

function readHeaders(value: unknown): Draft['headers'] {
  return [value].flat().map((header) => {
    const { name, value: content } = isRecord(header) ? header : {};
    if (/^x-./i.test(text(name))) return { name: text(name), value: text(content) };
    const message = `The internet message header name '${text(name)}' should start with 'x-' or 'X-'.`;
    throw new GraphError(400, 'InvalidInternetMessageHeader', { message });
  });
}

function setFlag(message: StoredMessage, status: unknown): void {
  const { folder } = message;
  folder.setFlag(message, '\\Flagged', status === 'flagged');
  if (message.properties.has(flagCompleted) !== (status === 'complete')) {
    folder.setProperty(message, flagCompleted, status === 'complete' ? 'true' : undefined);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
