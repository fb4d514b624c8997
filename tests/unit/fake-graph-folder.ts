import { graphFault, type GraphAnswered } from './graph-server.js';

export interface FakeMessage {
  readonly id: string;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly hasAttachments: boolean;
  readonly articleNumber?: number;
}

/** A folder's changes as Graph tells of them. */
export class FakeFolder {
  readonly messages = new Map<string, FakeMessage>();
  /** What the delta links made so far are good for: none of them, once they are forgotten. */
  #forgotten = 0;
  readonly #log: object[] = [];
  pageSize = 100;
  /** The messages' mailbox is not found. */
  isAway = false;
  /** No delta link is good for anything, not even a new one. */
  isForgetful = false;
  #ids = 0;

  add(subject: string, options: Partial<FakeMessage> = {}): FakeMessage {
    const id = `m/${++this.#ids}=`;
    const message = { id, subject, receivedAt: new Date(), hasAttachments: false, ...options };
    this.messages.set(id, message);
    this.#log.push(entry(message));
    return message;
  }

  remove({ id }: FakeMessage): void {
    this.messages.delete(id);
    this.#log.push({ id, '@removed': { reason: 'deleted' } });
  }

  markAsRead({ id }: FakeMessage): void {
    this.#log.push({ id, isRead: true });
  }

  /** The server forgets how far its clients have read. */
  forget(): void {
    this.#forgotten = this.#log.length + 1;
    this.#log.push({ id: 'x', '@removed': { reason: 'deleted' } });
  }

  delta(query: URLSearchParams): GraphAnswered {
    const token = query.get('$deltatoken');
    if (this.isForgetful || (token !== null && Number(token) < this.#forgotten))
      return graphFault(410, 'syncStateNotFound');
    const from = Date.parse(/ge (\S+)$/.exec(query.get('$filter') ?? '')?.[1] ?? '');
    const all =
      token === null
        ? [...this.messages.values()]
            .filter(({ receivedAt }) => receivedAt.getTime() >= from)
            .slice(0, 5000)
            .map(entry)
        : this.#log.slice(Number(token));
    const skip = Number(query.get('$skiptoken') ?? 0);
    const rest = new URLSearchParams(query);
    const isLast = skip + this.pageSize >= all.length;
    if (isLast)
      return { json: { value: all.slice(skip), '@odata.deltaLink': link(`$deltatoken=${this.#log.length}`) } };
    rest.set('$skiptoken', String(skip + this.pageSize));
    return { json: { value: all.slice(skip, skip + this.pageSize), '@odata.nextLink': link(String(rest)) } };
  }

  read(id: string): GraphAnswered {
    if (this.isAway) return graphFault(404, 'MailboxNotEnabledForRESTAPI');
    const message = this.messages.get(id);
    if (!message) return graphFault(404, 'ErrorItemNotFound');
    const { subject, receivedAt, articleNumber } = message;
    const numbered = articleNumber !== undefined && [{ id: 'Integer 0xe23', value: String(articleNumber) }];
    return {
      json: {
        id: `immutable-${id}`,
        internetMessageId: `<${subject}@contoso.com>`,
        from: { emailAddress: { name: 'Shop', address: 'shop@contoso.com' } },
        toRecipients: [{ emailAddress: { name: 'QA', address: 'qa@contoso.com' } }],
        ccRecipients: [],
        subject,
        receivedDateTime: receivedAt.toISOString(),
        isRead: false,
        internetMessageHeaders: [{ name: 'Delivered-To', value: 'qa+tag@contoso.com' }],
        singleValueExtendedProperties: [{ id: 'Integer 0xe08', value: '1234' }, ...(numbered || [])],
      },
    };
  }
}

function entry({ id, hasAttachments }: FakeMessage): object {
  return { '@odata.type': '#microsoft.graph.message', id, hasAttachments };
}

export function link(query: string): string {
  return `https://graph.microsoft.com/v1.0/me/mailFolders('inbox-1')/messages/delta?${query}`;
}
