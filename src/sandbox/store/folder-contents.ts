import { ChangeLog } from './change-log.js';
import type { FolderState } from './kept.js';
import type { MessageIn } from './message-in.js';
import { MessageList } from './message-list.js';
import type { PropertyValue } from './new-message.js';

/** Whom a folder tells that one of its messages has changed. */
export interface ContentsListener<StoredMessage> {
  /** With its flag that was set or cleared, if it is a flag that changed. */
  changed(message: StoredMessage, flag?: string): void;
  /** It has another source; that it has changed is told after it. */
  rewritten(message: StoredMessage): void;
}

/**
 * A folder's messages in order of arrival, wherever the folder is. `uid` is the number of each arrival: IMAP's UID and
 * Exchange's PidTagInternetArticleNumber.
 */
export class FolderContents<StoredMessage extends MessageIn<unknown>> {
  /** The keywords (flags without `\`) that a message in it has or had: they stay defined (RFC 3501 section 7.2.6). */
  readonly keywords: Set<string>;
  /** What happened to its messages. */
  readonly changes: ChangeLog;
  readonly #messages = new MessageList<StoredMessage>();
  readonly #listener: ContentsListener<StoredMessage>;
  #nextUid: number;

  constructor(state: FolderState | undefined, listener: ContentsListener<StoredMessage>) {
    this.keywords = new Set(state?.keywords);
    this.changes = state?.changes ?? new ChangeLog();
    this.#nextUid = state?.uidNext ?? 1;
    this.#listener = listener;
  }

  get uidNext(): number {
    return this.#nextUid;
  }

  /** By ascending uid; the list itself, so copy it to remove while walking it. */
  get messages(): readonly StoredMessage[] {
    return this.#messages.byUid;
  }

  /** By received time, the latest first; the list itself, so copy it to remove while walking it. */
  get latestFirst(): readonly StoredMessage[] {
    return this.#messages.latestFirst;
  }

  get unreadCount(): number {
    return this.#messages.unreadCount;
  }

  /** That of all its messages, in octets. */
  get size(): number {
    return this.#messages.size;
  }

  /** Finds a message by its id or by its immutable id. */
  byId(id: string): StoredMessage | undefined {
    return this.#messages.byId(id);
  }

  /** Whether a message is in it still. */
  holds(message: StoredMessage): boolean {
    return this.#messages.byId(message.id) !== undefined;
  }

  /** The messages whose uid is above one, by ascending uid, the first so many; found without walking the folder. */
  above(uid: number, limit?: number): readonly StoredMessage[] {
    return this.#messages.above(uid, limit);
  }

  setFlag(message: StoredMessage, flag: string, on: boolean): void {
    if (on === message.flags.has(flag)) return;
    this.#messages.edit(message, () => (on ? message.flags.add(flag) : message.flags.delete(flag)));
    if (on) this.#define(flag);
    message.touch();
    this.#changed(message, flag);
  }

  setProperty(message: StoredMessage, name: string, value: PropertyValue | undefined): void {
    if (value === undefined) message.properties.delete(name);
    else message.properties.set(name, value);
    message.touch();
    this.#changed(message);
  }

  /** Replaces the content of a message that stays where it is (a draft that is edited). */
  replace(message: StoredMessage, source: Buffer): void {
    this.#messages.edit(message, () => message.rewrite(source));
    this.#listener.rewritten(message);
    this.#changed(message);
  }

  /** The number of the next arrival. */
  protected takeUid(): number {
    return this.#nextUid++;
  }

  protected put(message: StoredMessage): void {
    this.#messages.add(message);
    for (const flag of message.flags) this.#define(flag);
  }

  /** Whether it was there. */
  protected drop(message: StoredMessage): boolean {
    const wasThere = this.#messages.remove(message);
    if (wasThere) this.changes.note('deleted', message);
    return wasThere;
  }

  protected renumberFromOne(): void {
    this.#nextUid = 1;
    this.#messages.renumber((message) => message.renumber(this.#nextUid++));
  }

  #changed(message: StoredMessage, flag?: string): void {
    this.changes.note(flag === '\\Seen' ? 'read' : 'updated', message);
    this.#listener.changed(message, flag);
  }

  #define(flag: string): void {
    if (!flag.startsWith('\\')) this.keywords.add(flag);
  }
}
