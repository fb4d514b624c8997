import { kindOf } from '../../input/kind-of.js';
import { refuse } from '../../input/refuse.js';
import { folderFault } from '../folder-path.js';
import { forwardOf, type Forward } from './answering/forward.js';
import { replyTo, replyToAll, type Reply } from './answering/reply.js';
import type { Authentication } from './authentication/authentication.js';
import type { InviteResponse } from './calendar/respond.js';
import type { CodeOptions } from './code/code-options.js';
import { getCode } from './code/get-code.js';
import { getLink } from './links/get-link.js';
import type { Link } from './links/link.js';
import type { OutgoingMessage, SentMessage } from './outgoing.js';
import type { ParsedMessage } from './parse.js';
import { showMessage, type ShownMessage } from './show-message.js';
import type { BrowserPage } from './shown/browser-page.js';
import type { OpenOptions } from './shown/open-options.js';
import { patternFault, type TextPattern } from './text-pattern.js';
import type { FolderPath } from '../transport.js';

/** What a message can have done to itself; its mailbox provides it. */
export interface MessageActions {
  readonly receivedAt: Date;
  readonly source: Buffer;
  /** The address of the mailbox that the message was found in, and the account's. */
  readonly ownAddresses: readonly string[];
  send(message: OutgoingMessage): Promise<SentMessage>;
  delete(): Promise<void>;
  moveTo(folder: FolderPath): Promise<void>;
  markAsRead(isRead: boolean): Promise<void>;
}

type Fields = Omit<ParsedMessage, 'findings' | 'traceFields'>;

/** Makes an object with all that {@link ParsedMessage} lists, so that a message's fields are listed there alone. */
const MessageFields = function (this: object, fields: Fields): void {
  Object.assign(this, fields);
} as unknown as new (fields: Fields) => Fields;

/**
 * A message that was received. Its fields are named as in RFC 5322.
 * @hideconstructor
 */
export class Message extends MessageFields {
  /** When the server received it, by the server's clock. */
  readonly receivedAt: Date;
  readonly #actions: MessageActions;
  readonly #parsed: ParsedMessage;

  constructor(parsed: ParsedMessage, actions: MessageActions) {
    const { findings: _, traceFields: __, ...fields } = parsed;
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
    return getLink(this.subject, this.links, pattern);
  }

  /** The one-time code, as `code()` finds it; several where they are equally good; none where there is none. */
  get codes(): readonly string[] {
    return this.#parsed.findings.codes().codes.map(({ value }) => value);
  }

  /**
   * The one-time code, as a reader finds it in the subject and in what is to be seen of the body: digits of any
   * script, alone or in groups, or letters and digits. A pattern of your own gives its first group, or its whole
   * match, in the text or else the subject.
   * @throws MESSAGE_CONTENT where there is none, or where several are equally good
   */
  code(wanted?: RegExp | CodeOptions): string {
    return getCode(this.subject, this.#parsed.findings, wanted);
  }

  /**
   * What a server of your choice recorded of where it comes from: a gateway in front of the receiver, say.
   * `server` is the name that it gives itself, whole, or an expression for it.
   */
  async authenticationBy(server: string | RegExp): Promise<Authentication> {
    checkArgument('authenticationBy', 'server', patternFault(server));
    const { findAuthentication } = await import('./authentication/find-authentication.js');
    return await findAuthentication(this.#parsed.traceFields, server);
  }

  /**
   * Shows the message in a browser page (a Playwright `Page`) as a mail client does: without scripts, and
   * with nothing loaded from outside unless `remoteContent` is set. Click its links there.
   */
  async open(page: BrowserPage, options?: OpenOptions): Promise<ShownMessage> {
    return await showMessage(page, this.#parsed, options);
  }

  /** Answers to `Reply-To`, or `From`, with `Re:`, `In-Reply-To` and `References` (RFC 5322 section 3.6.4). */
  async reply(message: Reply): Promise<SentMessage> {
    return await this.#actions.send(replyTo(this.#parsed, message));
  }

  /** As `reply`, to all others whom the message went to as well; never to the mailbox's own address, or the account. */
  async replyAll(message: Reply): Promise<SentMessage> {
    return await this.#actions.send(replyToAll(this.#parsed, message, this.#actions.ownAddresses));
  }

  /**
   * Answers an invitation: tells its organizer that the mailbox's address accepts, declines, or may come.
   * @throws MESSAGE_CONTENT where the message has no invitation to answer
   */
  async respond(response: InviteResponse, message: Reply = {}): Promise<SentMessage> {
    const known: readonly unknown[] = ['accept', 'decline', 'tentative'] satisfies InviteResponse[];
    checkArgument('respond', 'response', known.includes(response) ? undefined : `must be one of ${known.join(', ')}`);
    const { respondTo } = await import('./calendar/respond.js');
    const own = this.#actions.ownAddresses;
    return await this.#actions.send(respondTo(this.#parsed, response, { reply: message, own }));
  }

  /** Sends the message on: whole, as an attachment, or within the text. */
  async forward(message: Forward): Promise<SentMessage> {
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
}

function checkArgument(method: string, name: string, fault: string | undefined): void {
  refuse(`The argument of ${method}(${name}) is not usable.`, fault ? [`${name} ${fault}`] : []);
}
