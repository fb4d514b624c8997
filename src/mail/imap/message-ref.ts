import type { FetchMessageObject, FetchQueryObject, MessageAddressObject } from 'imapflow';
import { deliveredTo } from '../delivered-to.js';
import { receivedTime } from '../received-time.js';
import type { Address, MessageRef } from '../transport.js';
import { formatMessageId } from './message-id.js';
import type { SelectedFolder } from './selected-folder.js';

/** What a {@link MessageRef} is made of. */
export const envelopeQuery: FetchQueryObject = {
  uid: true,
  flags: true,
  envelope: true,
  internalDate: true,
  size: true,
  headers: ['Delivered-To', 'X-Original-To', 'Envelope-To', 'Received'],
};

/** A message that was fetched with {@link envelopeQuery}. */
export function messageRef(row: FetchMessageObject, { path, uidValidity }: SelectedFolder): MessageRef {
  const { from, to, cc, subject = '', messageId = '' } = row.envelope ?? {};
  return {
    id: formatMessageId({ path, uidValidity, uid: row.uid }),
    messageId,
    from: addresses(from)[0],
    to: addresses(to),
    cc: addresses(cc),
    deliveredTo: deliveredTo(readHeaders(row.headers)),
    subject,
    size: row.size ?? 0,
    receivedAt: receivedTime(row.internalDate),
    isRead: row.flags?.has('\\Seen') ?? false,
  };
}

/** All that is known of a message whose envelope can't be read. */
export function withoutEnvelope(row: FetchMessageObject, folder: SelectedFolder): MessageRef {
  const { uid, seq, internalDate } = row;
  return messageRef({ uid, seq, ...(internalDate && { internalDate }) }, folder);
}

function addresses(list: readonly MessageAddressObject[] = []): Address[] {
  return list.map(({ name = '', address = '' }) => ({ name, address }));
}

/** Header fields as they came, unfolded (RFC 5322 section 2.2.3). */
function readHeaders(block: Buffer | undefined): { name: string; value: string }[] {
  const lines = (block?.toString('utf8') ?? '').replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1) }] : [];
  });
}
