import type { CallOptions, Folder } from '../transport.js';
import { isSuccess } from './graph-answer.js';
import type { GraphSession } from './graph-session.js';
import { articleNumberId, extendedNumber, listedProperties, readListed, type ListedMessage } from './message-ref.js';
import { graphTime, listPages, readingFolder } from './read-folder.js';

/** PidTagArticleNumNext: the number that the next message in the folder gets. */
const nextNumberId = 'Integer 0x6751';
/** So many numbers are asked for at once: as many messages, and no more, can have them. */
const smallestSpan = 200;
/** So many questions are asked at most, however many numbers there are. */
const mostSpans = 100;
/** The most that a page holds: https://learn.microsoft.com/graph/api/user-list-messages#optional-query-parameters */
const pageSize = 1000;

/** A message as a listing shows it. */
export interface NumberedMessage extends ListedMessage {
  /** Grows with every message that enters the folder. */
  readonly number: number;
}

/** The messages that have numbers of a span. */
export interface Span {
  readonly messages: readonly NumberedMessage[];
  /** Where it ends; nothing where it has no end. */
  readonly to: number | undefined;
}

/**
 * Lists a folder by PidTagInternetArticleNumber (0x0E23), which grows with every message that enters the folder,
 * whatever its received time: https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxprops
 */
export class ArticleNumbers {
  readonly #session: GraphSession;

  constructor(session: GraphSession) {
    this.#session = session;
  }

  /** The number that the next message gets; undefined where the server tells of no numbers, or can't search by them. */
  async next(folder: Folder, options: CallOptions): Promise<number | undefined> {
    const query = `$select=id&$expand=${encodeURIComponent(extended(nextNumberId))}`;
    const path = `${this.#session.root}/mailFolders/${encodeURIComponent(folder.id)}?${query}`;
    return extendedNumber(
      await this.#session.read(readingFolder(folder, options), { method: 'GET', path }),
      nextNumberId,
    );
  }

  /** Whether the server searches by number. */
  async areSearched(folder: Folder, from: number, options: CallOptions): Promise<boolean> {
    const answer = await this.#session.ask(readingFolder(folder, options), this.#search(folder, { from }));
    if (isSuccess(answer)) return true;
    if (answer.status === 400 || answer.status === 501) return false;
    throw this.#session.failure(readingFolder(folder, options), answer);
  }

  /** The first with a number from one on, by ascending number; `next` is about where all of them end. */
  async from(folder: Folder, first: number, next: number, options: CallOptions): Promise<Span> {
    const span = Math.max(smallestSpan, Math.ceil((next - first) / mostSpans));
    // A span at a time, and not page by page: pages shift when a message leaves the folder.
    for (let from = first; ; from += span) {
      const to = from + span < next ? from + span : undefined;
      const found = await this.#read(folder, this.#search(folder, { from, to }), options);
      const byId = new Map(found.filter(({ number }) => number >= from).map((message) => [message.id, message]));
      const messages = [...byId.values()].toSorted((one, other) => one.number - other.number);
      if (messages.length > 0 || to === undefined) return { messages, to };
    }
  }

  /** The lowest number among the messages received at or after a date. */
  async lowestSince(folder: Folder, since: Date, options: CallOptions): Promise<number | undefined> {
    const filter = `receivedDateTime ge ${graphTime(since.getTime())}`;
    const found = await this.#read(folder, this.#listing(folder, filter), options);
    return found.reduce<number | undefined>((lowest, { number }) => Math.min(lowest ?? number, number), undefined);
  }

  async #read(folder: Folder, request: Request, options: CallOptions): Promise<NumberedMessage[]> {
    const found: NumberedMessage[] = [];
    for await (const page of listPages(this.#session, readingFolder(folder, options), request)) {
      for (const entry of page) {
        const number = extendedNumber(entry, articleNumberId);
        if (number !== undefined) found.push({ ...readListed(entry), number });
      }
    }
    return found;
  }

  #search(folder: Folder, { from, to }: { readonly from: number; readonly to?: number | undefined }): Request {
    const value = 'cast(ep/value, Edm.Int32)';
    const below = to === undefined ? '' : ` and ${value} lt ${to}`;
    const filter = `singleValueExtendedProperties/any(ep:ep/id eq '${articleNumberId}' and ${value} ge ${from}${below})`;
    return this.#listing(folder, filter);
  }

  #listing({ id }: Folder, filter: string): Request {
    const expand = encodeURIComponent(extended(articleNumberId));
    const query = `$filter=${encodeURIComponent(filter)}&$select=${listedProperties}&$expand=${expand}&$top=${pageSize}`;
    return { method: 'GET', path: `${this.#session.root}/mailFolders/${encodeURIComponent(id)}/messages?${query}` };
  }
}

interface Request {
  readonly method: 'GET';
  readonly path: string;
}

function extended(id: string): string {
  return `singleValueExtendedProperties($filter=id eq '${id}')`;
}
