import { receivedTime } from '../received-time.js';
import type { Address, MessageRef } from '../transport.js';
import { deliveredTo } from '../delivered-to.js';
import { itemId } from './read-items.js';
import { property, type PropertyPath } from './requests.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

/** What a {@link MessageRef} is made of. */
export const envelopeProperties: readonly PropertyPath[] = [
  property('item:Subject'),
  property('item:Size'),
  property('item:DateTimeReceived'),
  property('item:InternetMessageHeaders'),
  property('message:From'),
  property('message:ToRecipients'),
  property('message:CcRecipients'),
  property('message:InternetMessageId'),
  property('message:IsRead'),
];

/** The MIME source. */
export const mimeContent = property('item:MimeContent');

/** What a listing tells of an item. */
export interface ListedItem {
  readonly id: string;
  readonly subject: string;
  readonly receivedAt: Date;
  /** In octets. */
  readonly size: number;
}

export const receivedProperty = property('item:DateTimeReceived');

export const listedProperties: readonly PropertyPath[] = [
  property('item:Size'),
  property('item:Subject'),
  receivedProperty,
];

/** An item that was listed with {@link listedProperties}. */
export function listedItem(item: XmlElement): ListedItem {
  return {
    id: itemId(item),
    subject: textAt(item, 'Subject') ?? '',
    receivedAt: new Date(textAt(item, 'DateTimeReceived') ?? 0),
    size: Number(textAt(item, 'Size') ?? 0),
  };
}

/** All that is known of a message whose envelope can't be read. */
export function listedRef(item: ListedItem): MessageRef {
  return { ...item, messageId: '', from: undefined, to: [], cc: [], deliveredTo: [], isRead: false };
}

/** An item that was read with {@link envelopeProperties}. Reports, posts and invitations lack some of them. */
export function messageRef(item: XmlElement, id: string): MessageRef {
  const from = find(item, 'From', 'Mailbox');
  const headers = find(item, 'InternetMessageHeaders')?.children ?? [];
  return {
    id,
    messageId: textAt(item, 'InternetMessageId')?.trim() ?? '',
    from: from && address(from),
    to: find(item, 'ToRecipients')?.children.map(address) ?? [],
    cc: find(item, 'CcRecipients')?.children.map(address) ?? [],
    deliveredTo: deliveredTo(
      headers.map(({ attributes, text }) => ({ name: attributes.HeaderName ?? '', value: text })),
    ),
    subject: textAt(item, 'Subject') ?? '',
    size: Number(textAt(item, 'Size')) || 0,
    receivedAt: receivedTime(textAt(item, 'DateTimeReceived')),
    isRead: textAt(item, 'IsRead') === 'true',
  };
}

function address(mailbox: XmlElement): Address {
  return { name: textAt(mailbox, 'Name') ?? '', address: textAt(mailbox, 'EmailAddress') ?? '' };
}
