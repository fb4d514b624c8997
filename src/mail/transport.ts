/**
 * The narrow waist: what a mail protocol has to offer. Everything above it (feed, mailbox, fixtures)
 * is written once; each protocol below it is a folder of its own.
 *
 * Every call takes an optional `signal`: once it aborts, the call rejects with its reason.
 * A call rejects with an {@link ExchangeError}; `transient` says that the same call may be repeated.
 */
import type { ExchangeError } from '../errors.js';

/** A person or place mail comes from or goes to (RFC 5322 section 3.4, "mailbox"). */
export interface Address {
  /** The display name; empty where there is none. */
  readonly name: string;
  readonly address: string;
}

/**
 * The folders that every mailbox has, whatever their name in the mailbox's language; `archive`, where Outlook's Archive
 * puts mail, some mailboxes lack.
 */
export type WellKnownFolder = 'inbox' | 'sentitems' | 'drafts' | 'deleteditems' | 'junkemail' | 'archive';

/** A well-known folder, or a path of folder names from the top of the mailbox: `['Projects', 'Alpha']`. */
export type FolderPath = WellKnownFolder | readonly string[];

/** A folder as its server knows it. */
export interface Folder {
  /** The server's own name for it, opaque. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
}

/**
 * A point in a folder's arrivals: "all after this" is well defined, whatever the messages' received times.
 * Opaque, and text, so that it can be kept.
 */
export type Position = string & { readonly position: unique symbol };

/** A message as a listing shows it: its envelope, not its body. */
export interface MessageRef {
  /** The server's own name for it, opaque; it may change when the message moves. */
  readonly id: string;
  /** The `Message-ID` header, with its angle brackets; empty where there is none. */
  readonly messageId: string;
  readonly from: Address | undefined;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Further addresses it was delivered to: `Delivered-To`, `X-Original-To`, and `for` of `Received`. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  /** In octets, as the server estimates it. */
  readonly size: number;
  /** When the server received it, by the server's clock. */
  readonly receivedAt: Date;
  readonly isRead: boolean;
}

/** A whole message as it came over the wire. */
export interface RawMessage {
  readonly ref: MessageRef;
  /** The MIME source (RFC 5322). */
  readonly source: Buffer;
}

/** What {@link MailTransport.fetch} says of a message that was moved or deleted in the meantime. */
export interface Gone {
  readonly ref: MessageRef;
  readonly gone: true;
}

/**
 * What the server says of a message that it has and does not give: corrupt, not to be converted, too large ... What
 * is known of it may be no more than its id.
 */
export interface Unreadable {
  readonly ref: MessageRef;
  /** Why; transient where another try may help. */
  readonly unreadable: ExchangeError;
}

/** What becomes of asking for a message. */
export type Fetched = RawMessage | Gone | Unreadable;

/** What entered a folder after a position. */
export interface NewArrivals {
  /** Oldest arrival first. */
  readonly messages: readonly MessageRef[];
  /** Those whose envelope the server does not give, so that it is not known whom they are for. */
  readonly unreadable?: readonly Unreadable[];
  /** The position after all of them. */
  readonly position: Position;
  /** They are the first of more, which are after the position. @default false */
  readonly isPartial?: boolean;
}

/** A message ready to be handed to a server. */
export interface ComposedMessage {
  /** The `Message-ID` header, with its angle brackets. */
  readonly messageId: string;
  /** The SMTP envelope (RFC 5321): who really sends and receives. Bcc is here, and in no header but EWS's. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The MIME source; a `Bcc` header is kept in it where `keepBcc` was asked for. */
  readonly source: Buffer;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface ArrivalsOptions extends CallOptions {
  /**
   * A hint is all that asks: what push has named by then will do, where nothing else can have entered the folder before it.
   * Without it, all that is there is found.
   */
  readonly hinted?: boolean;
}

export interface FetchOptions extends CallOptions {
  /** Takes nothing from what has come along with arrivals: only the server knows whether a message is still there. */
  readonly fresh?: boolean;
  /** It failed before, and may take long or break the connection again: it is to hold up no other call. */
  readonly aside?: boolean;
}

/** How often to look, in milliseconds, while somebody waits. */
export interface PollIntervals {
  /** While push proves true: only in case an event got lost. */
  readonly withPush: number;
  /** While push has not proved true, or the server refuses it. A list begins anew with each wait; its last value repeats. */
  readonly withoutPush: number | readonly number[];
}

export interface MailTransport extends AsyncDisposable {
  /** The address of the mailbox it works in. */
  readonly address: string;
  readonly pollIntervals: PollIntervals;
  /** The composer keeps `Bcc` in the source, because the server takes recipients from nowhere else. */
  readonly keepBcc: boolean;

  /** Looks a folder up. @throws FOLDER_NOT_FOUND */
  folder(path: FolderPath, options?: CallOptions): Promise<Folder>;
  /** Where the folder stands now; with `since`, a point before which nothing was received at or after that date. */
  position(folder: Folder, options?: CallOptions & { readonly since?: Date }): Promise<Position>;
  /**
   * What entered the folder after the position, all of it or the first of many, and the position after that: one that can't
   * be read holds up none.
   */
  arrivals(folder: Folder, after: Position, options?: ArrivalsOptions): Promise<NewArrivals>;
  /**
   * Calls `hint` once push is established and then whenever something may have come.
   * Resolves when the signal aborts; rejects when push breaks (transient: watch again), or with
   * PUSH_UNAVAILABLE when the server refuses more of it (poll instead).
   */
  watch(folder: Folder, hint: () => void, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * The messages' sources, in the order asked; marks nothing as read. Rejects where it can't be told which of them
   * the failure is about.
   */
  fetch(refs: readonly MessageRef[], options?: FetchOptions): Promise<Fetched[]>;
  /** The ids of those of the messages that are in the folder still. Fetches nothing of them. */
  stillThere(folder: Folder, refs: readonly MessageRef[], options?: CallOptions): Promise<ReadonlySet<string>>;
  /** Sends, and leaves a copy in Sent Items. Its failure is transient only where the server surely took nothing. */
  send(message: ComposedMessage, options?: CallOptions): Promise<void>;
  /** Marks messages as read or unread. */
  flag(refs: readonly MessageRef[], isRead: boolean, options?: CallOptions): Promise<void>;
  /** Moves messages to another folder. Those already gone are passed over. */
  move(refs: readonly MessageRef[], to: Folder, options?: CallOptions): Promise<void>;
  /** Deletes messages for good. Those already gone are passed over. */
  delete(refs: readonly MessageRef[], options?: CallOptions): Promise<void>;
  /** Puts a message into a folder without sending it. */
  append(folder: Folder, message: ComposedMessage, options?: CallOptions): Promise<void>;
}

export function isGone(answer: Fetched): answer is Gone {
  return 'gone' in answer;
}

export function isUnreadable(answer: Fetched): answer is Unreadable {
  return 'unreadable' in answer;
}
