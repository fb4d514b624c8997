import { attachmentsOf, hasAttachments } from '../../message/attachments.js';
import { attachmentNodes } from './attachments.js';
import type { BaseShape } from '../base-shape.js';
import { textToHtml } from '../../message/body-text.js';
import {
  categories,
  conversationId,
  conversationTopic,
  displayOf,
  itemClass,
  references,
  senderOf,
  sentAt,
  textBody,
} from '../../message/derived-properties.js';
import { addresses, importanceOf } from '../../message/draft.js';
import { itemIdNode } from '../ids.js';
import { headerFields } from '../../message/mime-header.js';
import { parsedHead } from '../../message/parsed-head.js';
import type { Value } from '../../message/value.js';
import { xml, type XmlNode } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';
import type { Address } from '../../message/address.js';

/** Which form of a body a client wants. */
export type BodyChoice = 'Best' | 'HTML' | 'Text';

export interface ItemProperty {
  /** As a FieldURI names it; what follows the colon is the element's name. */
  readonly uri: string;
  /** The smallest base shape that gives it; without one it has to be asked for. */
  readonly shape?: BaseShape;
  /** Only GetItem gives it, no listing. */
  readonly detail?: boolean;
  /** What it is compared and sorted by, and what is written where `render` is not given. */
  read(message: StoredMessage): Value | Promise<Value>;
  readonly render?: (
    message: StoredMessage,
    bodyType: BodyChoice,
  ) => XmlNode | undefined | Promise<XmlNode | undefined>;
}

const no = () => false;

/** Every property of a message, in the order in which the schema wants them written. */
export const itemProperties: readonly ItemProperty[] = [
  { uri: 'item:MimeContent', detail: true, read: () => undefined, render: mimeContent },
  { uri: 'item:ItemId', shape: 'IdOnly', read: (message) => message.id, render: (message) => itemIdNode(message) },
  { uri: 'item:ParentFolderId', shape: 'AllProperties', read: (message) => message.folder.id, render: parentFolderId },
  { uri: 'item:ItemClass', shape: 'AllProperties', read: itemClass },
  { uri: 'item:Subject', shape: 'Default', read: async (message) => (await parsedHead(message)).subject ?? '' },
  { uri: 'item:Sensitivity', shape: 'Default', read: (message) => kept(message, 'item:Sensitivity') ?? 'Normal' },
  { uri: 'item:Body', shape: 'Default', detail: true, read: textBody, render: body },
  { uri: 'item:Attachments', shape: 'Default', detail: true, read: attachmentNames, render: attachments },
  { uri: 'item:DateTimeReceived', shape: 'AllProperties', read: (message) => message.receivedAt },
  { uri: 'item:Size', shape: 'Default', read: (message) => message.size },
  { uri: 'item:Categories', shape: 'AllProperties', read: categories, render: renderCategories },
  { uri: 'item:Importance', shape: 'AllProperties', read: async (message) => importanceOf(await parsedHead(message)) },
  { uri: 'item:InReplyTo', shape: 'AllProperties', read: async (message) => (await parsedHead(message)).inReplyTo },
  { uri: 'item:IsSubmitted', shape: 'AllProperties', read: no },
  { uri: 'item:IsDraft', shape: 'AllProperties', read: (message) => message.flags.has('\\Draft') },
  { uri: 'item:IsFromMe', shape: 'AllProperties', read: (message) => message.folder.role === 'sentitems' },
  { uri: 'item:IsResend', shape: 'AllProperties', read: no },
  { uri: 'item:IsUnmodified', shape: 'AllProperties', read: (message) => message.revision === 1 },
  { uri: 'item:InternetMessageHeaders', shape: 'AllProperties', detail: true, read: () => undefined, render: headers },
  { uri: 'item:DateTimeSent', shape: 'Default', read: sentAt },
  { uri: 'item:DateTimeCreated', shape: 'Default', read: (message) => message.receivedAt },
  { uri: 'item:ReminderDueBy', shape: 'AllProperties', read: reminderDueBy },
  { uri: 'item:ReminderIsSet', shape: 'AllProperties', read: (message) => kept(message, 'item:ReminderIsSet') },
  {
    uri: 'item:ReminderMinutesBeforeStart',
    shape: 'AllProperties',
    read: (message) => kept(message, 'item:ReminderMinutesBeforeStart'),
  },
  { uri: 'item:DisplayCc', shape: 'AllProperties', read: displayOf('cc') },
  { uri: 'item:DisplayTo', shape: 'AllProperties', read: displayOf('to') },
  { uri: 'item:DisplayBcc', read: displayOf('bcc') },
  { uri: 'item:HasAttachments', shape: 'Default', read: hasAttachments },
  { uri: 'item:EffectiveRights', shape: 'AllProperties', read: () => undefined, render: effectiveRights },
  { uri: 'item:LastModifiedTime', shape: 'AllProperties', read: (message) => message.modifiedAt },
  { uri: 'item:IsAssociated', shape: 'AllProperties', read: no },
  { uri: 'item:ConversationId', shape: 'AllProperties', read: conversationId, render: renderConversationId },
  { uri: 'item:Flag', shape: 'AllProperties', read: flagStatus, render: flag },
  { uri: 'item:Preview', read: async (message) => (await textBody(message)).slice(0, 255) },
  { uri: 'item:TextBody', detail: true, read: textBody, render: renderTextBody },
  recipient('message:Sender', 'AllProperties', senderOf),
  recipients('message:ToRecipients', 'to'),
  recipients('message:CcRecipients', 'cc'),
  recipients('message:BccRecipients', 'bcc'),
  { uri: 'message:IsReadReceiptRequested', shape: 'AllProperties', read: no },
  { uri: 'message:IsDeliveryReceiptRequested', shape: 'AllProperties', read: no },
  { uri: 'message:ConversationTopic', shape: 'AllProperties', read: conversationTopic },
  recipient('message:From', 'Default', async (message) => addresses((await parsedHead(message)).from)[0]),
  {
    uri: 'message:InternetMessageId',
    shape: 'AllProperties',
    read: async (message) => (await parsedHead(message)).messageId,
  },
  { uri: 'message:IsRead', shape: 'Default', read: (message) => message.flags.has('\\Seen') },
  { uri: 'message:References', shape: 'AllProperties', read: references },
  recipients('message:ReplyTo', 'replyTo'),
  recipient('message:ReceivedBy', 'AllProperties', receivedBy),
  recipient('message:ReceivedRepresenting', 'AllProperties', receivedBy),
];

/** What Exchange keeps for items of all kinds and the sandbox makes nothing of. */
export const keptFields: ReadonlySet<string> = new Set([
  'ReminderDueBy',
  'ReminderIsSet',
  'ReminderMinutesBeforeStart',
  'Sensitivity',
]);

function kept({ properties }: StoredMessage, uri: string): string | undefined {
  const value = properties.get(uri);
  return typeof value === 'string' ? value : undefined;
}

function reminderDueBy(message: StoredMessage): Date | undefined {
  const text = kept(message, 'item:ReminderDueBy') ?? kept(message, 'calendar:Start');
  const isSet = kept(message, 'item:ReminderIsSet') === 'true';
  return isSet && text !== undefined ? new Date(text) : undefined;
}

export function mailboxNode({ name, address }: Address): XmlNode {
  return xml(
    't:Mailbox',
    {},
    xml('t:Name', {}, name || address),
    xml('t:EmailAddress', {}, address),
    xml('t:RoutingType', {}, 'SMTP'),
    xml('t:MailboxType', {}, 'OneOff'),
  );
}

function recipient(
  uri: string,
  shape: BaseShape,
  pick: (message: StoredMessage) => Promise<Address | undefined> | Address | undefined,
): ItemProperty {
  return {
    uri,
    shape,
    read: async (message) => searchable([(await pick(message)) ?? []].flat()),
    render: async (message) => {
      const address = await pick(message);
      return address && xml(elementName(uri), {}, mailboxNode(address));
    },
  };
}

function recipients(uri: string, field: 'to' | 'cc' | 'bcc' | 'replyTo'): ItemProperty {
  const pick = async (message: StoredMessage) => addresses((await parsedHead(message))[field]);
  return {
    uri,
    shape: field === 'to' || field === 'cc' ? 'Default' : 'AllProperties',
    detail: true,
    read: async (message) => searchable(await pick(message)),
    render: async (message) => {
      const list = await pick(message);
      return list.length > 0 ? xml(elementName(uri), {}, list.map(mailboxNode)) : undefined;
    },
  };
}

export function elementName(uri: string): string {
  return `t:${uri.slice(uri.indexOf(':') + 1)}`;
}

function searchable(list: readonly Address[]): string[] {
  return list.flatMap(({ name, address }) => (name ? [name, address] : [address]));
}

function mimeContent(message: StoredMessage): XmlNode {
  return xml('t:MimeContent', { CharacterSet: 'UTF-8' }, message.source.toString('base64'));
}

function parentFolderId(message: StoredMessage): XmlNode {
  return xml('t:ParentFolderId', { Id: message.folder.id, ChangeKey: 'AQAAAA==' });
}

async function body(message: StoredMessage, bodyType: BodyChoice): Promise<XmlNode> {
  const { html, text } = await message.parsed();
  const type = bodyType === 'Best' ? (html ? 'HTML' : 'Text') : bodyType;
  const content = type === 'HTML' ? html || textToHtml(text ?? '') : await textBody(message);
  return xml('t:Body', { BodyType: type, IsTruncated: false }, content.replace(/\r?\n/g, '\r\n'));
}

async function renderTextBody(message: StoredMessage): Promise<XmlNode> {
  return xml('t:TextBody', { BodyType: 'Text', IsTruncated: false }, await textBody(message));
}

async function attachments(message: StoredMessage): Promise<XmlNode | undefined> {
  const nodes = await attachmentNodes(message);
  return nodes.length > 0 ? xml('t:Attachments', {}, nodes) : undefined;
}

async function attachmentNames(message: StoredMessage): Promise<string[]> {
  return (await attachmentsOf(message)).map((attachment) => attachment.filename ?? '');
}

function renderCategories(message: StoredMessage): XmlNode | undefined {
  const names = categories(message).map((name) => xml('t:String', {}, name));
  return names.length > 0 ? xml('t:Categories', {}, names) : undefined;
}

function headers(message: StoredMessage): XmlNode | undefined {
  const fields = headerFields(message.source).map(({ name, value }) =>
    xml('t:InternetMessageHeader', { HeaderName: name }, value),
  );
  return fields.length > 0 ? xml('t:InternetMessageHeaders', {}, fields) : undefined;
}

function effectiveRights(): XmlNode {
  const rights = { CreateAssociated: false, CreateContents: false, CreateHierarchy: false, Delete: true, Modify: true };
  const all = Object.entries({ ...rights, Read: true, ViewPrivateItems: true });
  return xml(
    't:EffectiveRights',
    {},
    all.map(([name, allowed]) => xml(`t:${name}`, {}, allowed)),
  );
}

async function renderConversationId(message: StoredMessage): Promise<XmlNode> {
  return xml('t:ConversationId', { Id: await conversationId(message) });
}

function flagStatus(message: StoredMessage): string {
  return message.flags.has('\\Flagged') ? 'Flagged' : 'NotFlagged';
}

function flag(message: StoredMessage): XmlNode {
  return xml('t:Flag', {}, xml('t:FlagStatus', {}, flagStatus(message)));
}

function receivedBy(message: StoredMessage): Address | undefined {
  const isOwn = message.folder.role === 'sentitems' || message.flags.has('\\Draft');
  return isOwn ? undefined : { name: '', address: message.folder.account.address };
}
