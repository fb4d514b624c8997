import { readBase64 } from '../../message/base64.js';
import { categoriesProperty } from '../../message/derived-properties.js';
import { compose, draftOf, emptyDraft, type Draft } from '../../message/draft.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { extendedText, readExtendedField, type ExtendedField } from './extended-properties.js';
import { kindOf, kindOfElement, type ItemKind } from './item-kinds.js';
import { keptFields } from './item-properties.js';
import { setKindField } from './kind-fields.js';
import { withCrlf } from '../../message/mime-header.js';
import { childElements, find, textOf, type XmlElement, isTrue } from '../xml.js';
import { parseMail } from '../../message/parse-mail.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import type { Address } from '../../message/address.js';

/** A message on its way to being written: what a client sets, gathered. */
export interface ItemEdit {
  readonly draft: Draft;
  /** The MIME it started from; composed anew only where the draft was changed. */
  source: Buffer | undefined;
  draftChanged: boolean;
  readonly flags: Map<string, boolean>;
  readonly properties: Map<string, PropertyValue | undefined>;
  receivedAt: Date | undefined;
  /** What it is, where it is not mail. */
  readonly kind: ItemKind | undefined;
}

/** Starts from the `t:Message` of a CreateItem or of an item attachment, and from a draft that is begun. */
export async function newItem(message: XmlElement, started = emptyDraft()): Promise<ItemEdit> {
  const source = mimeSource(find(message, 'MimeContent'));
  const draft = source ? draftOf(await parseMail(source), source) : started;
  const edit = startEdit(draft, source, kindOfElement(message.name));
  for (const element of childElements(message)) if (element.name !== 'MimeContent') setProperty(edit, element);
  return edit;
}

/** Starts from a message that is there already, and from the `t:MimeContent` that takes the place of its own. */
export async function editOf(message: StoredMessage, mimeContent?: XmlElement): Promise<ItemEdit> {
  const source = mimeSource(mimeContent);
  const draft = source ? draftOf(await parseMail(source), source) : draftOf(await message.parsed(), message.source);
  return startEdit(draft, source ?? message.source, kindOf(message));
}

export async function editedSource(edit: ItemEdit): Promise<Buffer> {
  return edit.source && !edit.draftChanged ? edit.source : withCrlf(await compose(edit.draft));
}

/** Sets one property from its element, such as `t:Subject`. */
export function setProperty(edit: ItemEdit, element: XmlElement): void {
  const { name } = element;
  const draftWriter = draftWriters.get(name);
  if (draftWriter) {
    draftWriter(edit.draft, element);
    edit.draftChanged = true;
  } else if (name === 'ExtendedProperty') setExtended(edit, element);
  else if (name === 'IsRead') edit.flags.set('\\Seen', isTrue(textOf(element)));
  else if (name === 'Flag') edit.flags.set('\\Flagged', textOf(find(element, 'FlagStatus')) === 'Flagged');
  else if (name === 'Categories')
    edit.properties.set(
      categoriesProperty,
      childElements(element).map((child) => textOf(child)),
    );
  else if (name === 'ItemClass') edit.properties.set('item:ItemClass', textOf(element));
  else if (name === 'ReminderIsSet')
    edit.properties.set(
      'item:ReminderIsSet',
      element.children.length > 0 ? String(isTrue(textOf(element))) : undefined,
    );
  else if (keptFields.has(name)) edit.properties.set(`item:${name}`, textOf(element) || undefined);
  else if (!setKindField(edit.kind, edit.properties, element) && !ignored.has(name))
    throw new EwsError('ErrorInvalidPropertySet');
}

/** Takes the property away that a path names. */
export function deleteProperty(edit: ItemEdit, path: XmlElement): void {
  if (path.name === 'ExtendedFieldURI') return setExtendedField(edit, readExtendedField(path), undefined);
  const name = (path.attributes['FieldURI'] ?? '').replace(/^\w+:/, '');
  setProperty(edit, { name, namespace: '', attributes: {}, children: [] });
}

/** Adds to a property that is a list or a text. */
export function appendProperty(edit: ItemEdit, element: XmlElement): void {
  const field = recipientFields.get(element.name);
  if (field) edit.draft[field].push(...mailboxes(element));
  else if (element.name === 'Body') {
    const { type, content } = edit.draft.body;
    edit.draft.body = { type, content: content + textOf(element) };
  } else throw new EwsError('ErrorInvalidPropertyAppend');
  edit.draftChanged = true;
}

export function mailboxes(element: XmlElement): Address[] {
  return childElements(element).map((mailbox) => {
    const address = textOf(find(mailbox, 'EmailAddress'))?.trim();
    if (!address) throw new EwsError('ErrorMissingInformationEmailAddress');
    return { name: textOf(find(mailbox, 'Name')) ?? '', address };
  });
}

const recipientFields: ReadonlyMap<string, 'to' | 'cc' | 'bcc' | 'replyTo'> = new Map([
  ['ToRecipients', 'to'],
  ['CcRecipients', 'cc'],
  ['BccRecipients', 'bcc'],
  ['ReplyTo', 'replyTo'],
]);

const draftWriters = new Map<string, (draft: Draft, element: XmlElement) => void>(
  Object.entries({
    Subject: (draft, element) => (draft.subject = textOf(element)),
    Body: (draft, element) => {
      const type = element.attributes['BodyType'] === 'HTML' ? 'HTML' : 'Text';
      draft.body = { type, content: textOf(element) };
    },
    ToRecipients: (draft, element) => (draft.to = mailboxes(element)),
    CcRecipients: (draft, element) => (draft.cc = mailboxes(element)),
    BccRecipients: (draft, element) => (draft.bcc = mailboxes(element)),
    ReplyTo: (draft, element) => (draft.replyTo = mailboxes(element)),
    From: (draft, element) => (draft.from = mailboxes(element)[0]),
    Sender: (draft, element) => (draft.sender = mailboxes(element)[0]),
    Importance: (draft, element) => {
      const importance = textOf(element);
      draft.importance = importance === 'High' || importance === 'Low' ? importance : 'Normal';
    },
    InReplyTo: (draft, element) => (draft.inReplyTo = textOf(element) || undefined),
    InternetMessageId: (draft, element) => (draft.messageId = textOf(element) || undefined),
    References: (draft, element) => (draft.references = textOf(element) || undefined),
    InternetMessageHeaders: (draft, element) => {
      for (const header of childElements(element))
        setHeader(draft, header.attributes['HeaderName'] ?? '', textOf(header));
    },
  } satisfies Record<string, (draft: Draft, element: XmlElement) => void>),
);

/** Properties that a client may give and that change nothing here. `Attachments` are taken apart elsewhere. */
const ignored = new Set([
  'Attachments',
  'Culture',
  'IsDeliveryReceiptRequested',
  'IsReadReceiptRequested',
  'IsResponseRequested',
]);

/** Extended properties that are header fields in MIME. */
const draftTags: Readonly<Record<number, (draft: Draft, value: string) => void>> = {
  0x0037: (draft, value) => (draft.subject = value),
  0x1035: (draft, value) => (draft.messageId = value),
  0x1039: (draft, value) => (draft.references = value),
  0x1042: (draft, value) => (draft.inReplyTo = value),
};

function startEdit(draft: Draft, source: Buffer | undefined, kind: ItemKind | undefined): ItemEdit {
  return { kind, draft, source, draftChanged: false, flags: new Map(), properties: new Map(), receivedAt: undefined };
}

function mimeSource(element: XmlElement | undefined): Buffer | undefined {
  if (!element) return undefined;
  const source = readBase64(textOf(element));
  if (!source) throw new EwsError('ErrorMimeContentInvalidBase64String');
  return withCrlf(source);
}

function setExtended(edit: ItemEdit, element: XmlElement): void {
  const uri = find(element, 'ExtendedFieldURI');
  const value = find(element, 'Value') ?? find(element, 'Values');
  if (!uri || !value) throw schemaViolation("The element 'ExtendedProperty' has incomplete content.");
  setExtendedField(edit, readExtendedField(uri), extendedText(value));
}

function setExtendedField(edit: ItemEdit, field: ExtendedField, value: string | string[] | undefined): void {
  const text = typeof value === 'string' ? value : '';
  const draftWriter = field.tag === undefined ? undefined : draftTags[field.tag];
  if (draftWriter || field.header !== undefined) {
    if (draftWriter) draftWriter(edit.draft, text);
    else setHeader(edit.draft, field.header!, text);
    edit.draftChanged = true;
  } else if (field.tag === 0x0e06) edit.receivedAt = new Date(text);
  else if (field.tag === 0x0e07) setMessageFlags(edit, Number(text));
  else edit.properties.set(field.key, value);
}

/** PidTagMessageFlags: mfRead is 1, mfUnsent is 8. */
function setMessageFlags(edit: ItemEdit, flags: number): void {
  edit.flags.set('\\Seen', (flags & 1) !== 0).set('\\Draft', (flags & 8) !== 0);
}

function setHeader(draft: Draft, name: string, value: string): void {
  draft.headers = draft.headers.filter((header) => header.name.toLowerCase() !== name.toLowerCase());
  if (value) draft.headers.push({ name, value });
}
