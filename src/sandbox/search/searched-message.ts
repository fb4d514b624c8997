import { hasAttachments } from '../message/attachments.js';
import { categories, itemClass, sentAt, textBody } from '../message/derived-properties.js';
import { addresses, importanceOf } from '../message/draft.js';
import { parsedHead } from '../message/parsed-head.js';
import type { StoredMessage } from '../store/store.js';

/** What a query looks at in a message. */
export interface Searched {
  /** By property; in lower case. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly hasAttachment: boolean;
  readonly isFlagged: boolean;
  readonly isRead: boolean;
  readonly importance: string;
  readonly kind: string;
  readonly received: Date;
  readonly sent: Date;
  /** In octets. */
  readonly size: number;
}

export async function searchedOf(message: StoredMessage): Promise<Searched> {
  const head = await parsedHead(message);
  const { attachments } = await message.parsed();
  const people = (field: 'from' | 'to' | 'cc' | 'bcc') =>
    addresses(head[field]).flatMap(({ name, address }) => [name.toLowerCase(), address.toLowerCase()]);
  const texts = {
    subject: [(head.subject ?? '').toLowerCase()],
    body: [(await textBody(message)).toLowerCase()],
    attachment: attachments.map(({ filename = '' }) => filename.toLowerCase()),
    from: people('from'),
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    category: categories(message).map((name) => name.toLowerCase()),
  };
  return {
    texts,
    hasAttachment: await hasAttachments(message),
    isFlagged: message.flags.has('\\Flagged'),
    isRead: message.flags.has('\\Seen'),
    kind: kindOf(message),
    importance: importanceOf(head).toLowerCase(),
    received: message.receivedAt,
    sent: await sentAt(message),
    size: message.size,
  };
}

const kinds: readonly (readonly [itemClass: string, kind: string])[] = [
  ['IPM.Appointment', 'meetings'],
  ['IPM.Schedule', 'meetings'],
  ['IPM.Contact', 'contacts'],
  ['IPM.DistList', 'contacts'],
  ['IPM.Post', 'posts'],
  ['IPM.StickyNote', 'notes'],
  ['IPM.Task', 'tasks'],
];

function kindOf(message: StoredMessage): string {
  const own = itemClass(message);
  return kinds.find(([prefix]) => own.startsWith(prefix))?.[1] ?? 'email';
}
