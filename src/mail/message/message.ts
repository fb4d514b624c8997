import { types } from 'node:util';
import { ExchangeError } from '../../errors.js';
import { kindOf } from '../../input/kind-of.js';
import { refuse } from '../../input/refuse.js';
import { folderFault } from '../folder-path.js';
import { answerTo, forwardOf } from './answer.js';
import type { BrowserPage } from './browser-page.js';
import { findCode } from './find-code.js';
import { countTargets, describeLink, leadsToPage, matchesLink, type Link } from './links/link.js';
import type { OutgoingMessage, Recipients, SentMessage } from './outgoing.js';
import type { ParsedMessage } from './parse.js';
import { showMessage, type OpenOptions } from './show-message.js';
import { describePattern, patternFault, type TextPattern } from './text-pattern.js';
import type { FolderPath } from '../transport.js';

/** What a message can have done to itself; its mailbox provides it. */
export interface MessageActions {
  readonly receivedAt: Date;
  readonly source: Buffer;
  send(message: OutgoingMessage): Promise<SentMessage>;
  delete(): Promise<void>;
  moveTo(folder: FolderPath): Promise<void>;
  markAsRead(isRead: boolean): Promise<void>;
}

/** So many links or codes are named in an error, and the rest counted. */
const maximalDetails = 20;

type Fields = Omit<ParsedMessage, 'findings'>;

/** Makes an object with all that {@link ParsedMessage} lists, so that a message's fields are listed there alone. */
const MessageFields = function (this: object, fields: Fields): void {
  Object.assign(this, fields);
} as unknown as new (fields: Fields) => Fields;

/** A message that was received. Its fields are named as in RFC 5322. */
export class Message extends MessageFields {
  /** When the server received it, by the server's clock. */
  readonly receivedAt: Date;
  readonly #actions: MessageActions;
  readonly #parsed: ParsedMessage;

  constructor(parsed: ParsedMessage, actions: MessageActions) {
    const { findings: _, ...fields } = parsed;
    super(fields);
    this.receivedAt = actions.receivedAt;
    this.#parsed = parsed;
    this.#actions = actions;
  }

  /**
   * The links in their order: those that the HTML marks, and the addresses that stand in its text; those of the
   * plain text where the HTML has none. Not those that can't be seen, nor places in the mail itself.
   */
  get links(): readonly Link[] {
    return this.#parsed.findings.links;
  }

  /**
   * The one link whose address or text matches; without a pattern, the only link there is to a page.
   * @throws MESSAGE_CONTENT where none matches, or several that lead to different places
   */
  link(pattern?: TextPattern): Link {
    if (pattern !== undefined) checkArgument('link', 'pattern', patternFault(pattern));
    const matching = this.links.filter((link) => matchesLink(link, pattern));
    const pages = pattern === undefined ? matching.filter(leadsToPage) : [];
    const candidates = pages.length > 0 ? pages : matching;
    const [link] = candidates;
    if (link && countTargets(candidates) === 1) return link;
    const wanted = pattern === undefined ? 'link' : `link ${describePattern(pattern)}`;
    const found = link ? `${candidates.length} that lead to different places` : 'none';
    throw this.#contentError(`one ${wanted}`, found, (link ? candidates : this.links).map(describeLink));
  }

  /**
   * The one-time code in the text: 4 to 8 digits that stand alone, those after a word such as "code" first.
   * A pattern of your own gives its first group, or its whole match.
   * @throws MESSAGE_CONTENT where there is none
   */
  code(pattern?: RegExp): string {
    if (pattern !== undefined && !types.isRegExp(pattern)) {
      checkArgument('code', 'pattern', `must be a regular expression, /code is (\\d+)/, not ${kindOf(pattern)}`);
    }
    const code = findCode(this.text, pattern);
    if (code !== undefined) return code;
    throw this.#contentError(pattern ? `a code ${describePattern(pattern)}` : 'a code of 4 to 8 digits', 'none', []);
  }

  /**
   * Shows the message in a browser page (a Playwright `Page`) as a mail client does: without scripts, and
   * with nothing loaded from outside unless `remoteContent` is set. Click its links there.
   */
  async open(page: BrowserPage, options?: OpenOptions): Promise<void> {
    await showMessage(page, this.#parsed, options);
  }

  /** Answers to `Reply-To`, or `From`, with `Re:`, `In-Reply-To` and `References` (RFC 5322 section 3.6.4). */
  async reply(message: Omit<OutgoingMessage, 'inReplyTo' | 'references'>): Promise<SentMessage> {
    return await this.#actions.send(answerTo(this.#parsed, message));
  }

  /** Sends the message on, whole, as an attachment. */
  async forward(message: OutgoingMessage & { readonly to: Recipients }): Promise<SentMessage> {
    return await this.#actions.send(forwardOf(this.#parsed, this.raw(), message));
  }

  /** Deletes the message for good. */
  async delete(): Promise<void> {
    await this.#actions.delete();
  }

  /** Moves the message to another folder. @throws FOLDER_NOT_FOUND */
  async moveTo(folder: FolderPath): Promise<void> {
    checkArgument('moveTo', 'folder', folderFault(folder));
    await this.#actions.moveTo(folder);
  }

  /** Marks the message as read, or as unread. Receiving a message does not. @default true */
  async markAsRead(isRead: boolean = true): Promise<void> {
    if (typeof isRead !== 'boolean') {
      checkArgument('markAsRead', 'isRead', `must be true or false, not ${kindOf(isRead)}`);
    }
    await this.#actions.markAsRead(isRead);
  }

  /** The MIME source, octet for octet as the server gave it. */
  raw(): Buffer {
    return this.#actions.source;
  }

  #contentError(wanted: string, found: string, details: readonly string[]): ExchangeError {
    const summary = `The message ${JSON.stringify(this.subject)} was expected to have ${wanted}; it has ${found}.`;
    const more = details.length - maximalDetails;
    const advice = more > 0 ? [...details.slice(0, maximalDetails), `and ${more} more`] : details;
    return new ExchangeError('MESSAGE_CONTENT', summary, { advice });
  }
}

/** @throws CONFIGURATION where there is a fault */
function checkArgument(method: string, name: string, fault: string | undefined): void {
  refuse(`The argument of ${method}(${name}) is not usable.`, fault ? [`${name} ${fault}`] : []);
}
