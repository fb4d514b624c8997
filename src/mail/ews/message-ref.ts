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

/** An item that was read with {@link envelopeProperties}. Reports, posts and invitations lack some of them. */
export function messageRef(item: XmlElement): MessageRef {
  const from = find(item, 'From', 'Mailbox');
  const headers = find(item, 'InternetMessageHeaders')?.children ?? [];
  return {
    id: itemId(item),
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
