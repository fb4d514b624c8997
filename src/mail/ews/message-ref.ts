import type { PropertyDefinitionBase } from 'ews-javascript-api';
import { receivedTime } from '../received-time.js';
import type { Address, MessageRef } from '../transport.js';
import { deliveredTo } from '../delivered-to.js';
import type { Library } from './ews-session.js';
import { itemId } from './read-items.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

/** What a {@link MessageRef} is made of. */
export function envelopeProperties({ EmailMessageSchema, ItemSchema }: Library): PropertyDefinitionBase[] {
  return [
    ItemSchema.Subject,
    ItemSchema.Size,
    ItemSchema.DateTimeReceived,
    ItemSchema.InternetMessageHeaders,
    EmailMessageSchema.From,
    EmailMessageSchema.ToRecipients,
    EmailMessageSchema.CcRecipients,
    EmailMessageSchema.InternetMessageId,
    EmailMessageSchema.IsRead,
  ];
}

/** What a listing tells of an item. */
export interface ListedItem {
  readonly id: string;
  readonly subject: string;
  readonly receivedAt: Date;
  /** In octets. */
  readonly size: number;
}

export function listedProperties({ ItemSchema }: Library): PropertyDefinitionBase[] {
  return [ItemSchema.Size, ItemSchema.Subject, ItemSchema.DateTimeReceived];
}

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
