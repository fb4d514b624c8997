import type { EmailAddress, EmailAddressCollection, Item, PropertyDefinitionBase } from 'ews-javascript-api';
import type { Address, MessageRef } from '../transport.js';
import { deliveredTo } from './delivered-to.js';
import type { Library } from './ews-session.js';

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
export function messageRef(library: Library, item: Item): MessageRef {
  const { EmailMessageSchema: message, ItemSchema: schema } = library;
  const from = read<EmailAddress>(item, message.From);
  const headers = read<typeof item.InternetMessageHeaders>(item, schema.InternetMessageHeaders)?.GetEnumerator() ?? [];
  return {
    id: item.Id.UniqueId,
    messageId: read<string>(item, message.InternetMessageId) ?? '',
    from: from && address(from),
    to: addresses(read(item, message.ToRecipients)),
    cc: addresses(read(item, message.CcRecipients)),
    deliveredTo: deliveredTo(headers.map(({ Name, Value }) => ({ name: Name, value: Value }))),
    subject: read<string>(item, schema.Subject) ?? '',
    size: read<number>(item, schema.Size) ?? 0,
    receivedAt: new Date(read<typeof item.DateTimeReceived>(item, schema.DateTimeReceived)?.TotalMilliSeconds ?? 0),
    isRead: read<boolean>(item, message.IsRead) ?? false,
  };
}

/** A property's value, or nothing where the server did not give it: the library's own getter would throw. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what a property holds, only its reader knows
export function read<T>(item: Item, property: PropertyDefinitionBase): T | undefined {
  const out: { outValue: T | null } = { outValue: null };
  return item.TryGetProperty<T>(property, out as { outValue: T }) ? (out.outValue ?? undefined) : undefined;
}

function addresses(collection: EmailAddressCollection | undefined): Address[] {
  return (collection?.GetEnumerator() ?? []).map(address);
}

function address({ Name, Address }: EmailAddress): Address {
  return { name: Name ?? '', address: Address ?? '' };
}
