import type { WaitOptions } from '../async/deadline.js';
import type { Arrival, Content } from './following/arrival.js';
import type { Feed } from './following/feed.js';
import type { Message } from './message/message.js';
import type { OutgoingMessage, SentMessage } from './message/outgoing.js';
import type { FolderPath, MessageRef } from './transport.js';

/** What a view needs of the connection it belongs to. */
export interface MailboxContext {
  /** The connection's name. */
  readonly connection: string;
  /** The account's address. */
  readonly account: string;
  /** Milliseconds a wait takes at most, unless it says otherwise. */
  readonly timeout: number;
  feed(folder: FolderPath): Promise<Feed>;
  message(arrival: Arrival, content: Content): Message;
  send(message: OutgoingMessage, options: WaitOptions): Promise<SentMessage>;
  delete(messages: readonly MessageRef[], signal: AbortSignal): Promise<void>;
  /** Marks messages as read. */
  flag(messages: readonly MessageRef[], signal: AbortSignal): Promise<void>;
  /** A message is about to be handed out. */
  handingOut(message: MessageRef): void;
  /** Has the report say something, once. */
  note(notice: string): void;
  /** The last that anybody got, on a server that tells; on others nothing. */
  elsewhere(signal: AbortSignal): Promise<readonly MessageRef[]>;
  /** What was received in a folder at or after a date. */
  receivedSince(folder: FolderPath, since: Date, signal: AbortSignal): Promise<readonly MessageRef[]>;
}

export interface MailboxScope {
  /** The address whose mail the view sees. */
  readonly address: string;
  /** Others use the address too: the view sees all that arrives from now on, whoever it is for. */
  readonly shared: boolean;
  /** It sees what was received since then too. */
  readonly since: Date | undefined;
}
