import type { Address } from '../message/address.js';
import { addresses } from '../message/draft.js';
import { senderOf } from '../message/derived-properties.js';
import { parsedHead } from '../message/parsed-head.js';
import type { StoredMessage } from '../store/store.js';

/** A message that is in one of the sandbox's mailboxes. */
export interface SandboxMessage {
  /** Stays the same when it is moved. */
  readonly id: string;
  /** The page that shows it. */
  readonly url: string;
  /** Whose mailbox it is in: an address without a tag. */
  readonly mailbox: string;
  /** The folder's name: `Inbox`, `Junk Email` ... */
  readonly folder: string;
  /** Whom it was delivered for, as the envelope has it, with the tag; nothing where it was not delivered: a draft, a sent mail. */
  readonly recipient: string | undefined;
  readonly from: Address | undefined;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly subject: string;
  readonly receivedAt: Date;
  /** In octets. */
  readonly size: number;
  readonly isRead: boolean;
}

/** @param origin where the sandbox listens for HTTP */
export async function describeMessage(message: StoredMessage, origin: string): Promise<SandboxMessage> {
  const id = urlIdOf(message);
  return {
    id,
    url: `${origin}/#/messages/${id}`,
    mailbox: message.folder.account.address,
    folder: message.folder.name,
    recipient: message.recipient,
    ...(await readFields(message)),
    receivedAt: message.receivedAt,
    size: message.size,
    isRead: message.flags.has('\\Seen'),
  };
}

/** How a message is named in an address: its immutable id, in the alphabet of addresses. */
export function urlIdOf({ immutableId }: StoredMessage): string {
  return Buffer.from(immutableId, 'base64').toString('base64url');
}

export function immutableIdOf(urlId: string): string {
  return Buffer.from(urlId, 'base64url').toString('base64');
}

type Fields = Pick<SandboxMessage, 'from' | 'to' | 'cc' | 'subject'>;

/** What can't be read is one message's trouble, and shows in its source. */
async function readFields(message: StoredMessage): Promise<Fields> {
  try {
    const head = await parsedHead(message);
    const [to, cc] = [addresses(head.to), addresses(head.cc)];
    return { from: await senderOf(message), to, cc, subject: head.subject ?? '' };
  } catch {
    return { from: undefined, to: [], cc: [], subject: '' };
  }
}
