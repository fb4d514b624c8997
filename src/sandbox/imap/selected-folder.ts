import type { MailStore, StoreEvents, StoredFolder, StoredMessage } from '../store/store.js';
import { list } from './format.js';
import { bad } from './refusal.js';
import type { RecentMessages } from './recent-messages.js';
import { firstIndex } from '../store/first-index.js';
import { resolveRanges, type Range } from './sequence-set.js';

export interface SelectOptions {
  readonly store: MailStore;
  readonly recent: RecentMessages;
  readonly isReadOnly: boolean;
}

/** A message and its number in a session. */
export interface Numbered {
  readonly message: StoredMessage;
  readonly sequence: number;
}

/**
 * A folder as one session numbers it. What happens to the folder changes nothing here until the session's
 * client is told, at a moment when it may be (RFC 3501 section 7.4.1).
 */
export class SelectedFolder {
  readonly folder: StoredFolder;
  readonly isReadOnly: boolean;
  /** Called when something happened that the client does not know. */
  onUpdate: (() => void) | undefined;
  /** Called when the numbers that the client knows became void. */
  onRenumbered: (() => void) | undefined;
  readonly #messages: StoredMessage[];
  readonly #store: MailStore;
  readonly #recentMessages: RecentMessages;
  readonly #recent: Set<StoredMessage>;
  readonly #arrived = new Set<StoredMessage>();
  readonly #removed = new Set<StoredMessage>();
  readonly #changed = new Set<StoredMessage>();

  constructor(folder: StoredFolder, { store, recent, isReadOnly }: SelectOptions) {
    this.folder = folder;
    this.isReadOnly = isReadOnly;
    this.#messages = [...folder.messages];
    this.#recent = new Set(isReadOnly ? recent.of(folder) : recent.claimAll(folder));
    this.#recentMessages = recent;
    this.#store = store;
    store.events.on('arrived', this.#onArrived);
    store.events.on('removed', this.#onRemoved);
    store.events.on('changed', this.#onChanged);
    store.events.on('renumbered', this.#onRenumbered);
  }

  get messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  get recentCount(): number {
    return this.#recent.size;
  }

  isRecent(message: StoredMessage): boolean {
    return this.#recent.has(message);
  }

  /** `(\Seen \Recent)` */
  flagList(message: StoredMessage): string {
    return list(this.isRecent(message) ? [...message.flags, '\\Recent'] : message.flags);
  }

  /**
   * The messages of a set of numbers or uids, in order.
   * @throws Refusal BAD where a number is above the last; uids that are not there are passed over
   */
  select(ranges: readonly Range[], byUid: boolean): Numbered[] {
    const last = byUid ? (this.#messages.at(-1)?.uid ?? 0) : this.#messages.length;
    return resolveRanges(ranges, last).flatMap(({ from, to }) => {
      if (!byUid && (from < 1 || to > last)) throw bad('The specified message set is invalid.');
      const start = byUid ? this.#indexOf(from) : from - 1;
      const end = byUid ? this.#indexOf(to + 1) : to;
      return this.#messages.slice(start, end).map((message, index) => ({ message, sequence: start + index + 1 }));
    });
  }

  /** The client knows a message's flags: it was just told, or asked not to be. */
  knowsFlags(message: StoredMessage): void {
    this.#changed.delete(message);
  }

  /** Whether a change of the message's flags waits to be told. */
  awaitsFlags(message: StoredMessage): boolean {
    return this.#changed.has(message);
  }

  /** What the client is to be told now; messages keep their numbers unless `expunge` allows otherwise. */
  updates({ expunge }: { readonly expunge: boolean }): string[] {
    return [...(expunge ? this.#tellRemoved() : []), ...this.#tellArrived(), ...this.#tellChanged()];
  }

  release(): void {
    this.#store.events.off('arrived', this.#onArrived);
    this.#store.events.off('removed', this.#onRemoved);
    this.#store.events.off('changed', this.#onChanged);
    this.#store.events.off('renumbered', this.#onRenumbered);
  }

  #tellRemoved(): string[] {
    // The last one first, so that no number changes before it is told.
    const removed = [...this.#removed].toSorted((a, b) => b.uid - a.uid);
    this.#removed.clear();
    return removed.map((message) => {
      const index = this.#indexOf(message.uid);
      this.#messages.splice(index, 1);
      this.#recent.delete(message);
      this.#changed.delete(message);
      return `* ${index + 1} EXPUNGE\r\n`;
    });
  }

  #tellArrived(): string[] {
    if (this.#arrived.size === 0) return [];
    for (const message of this.#arrived) {
      this.#messages.push(message);
      if (!this.isReadOnly && this.#recentMessages.claim(message)) this.#recent.add(message);
    }
    this.#arrived.clear();
    return [`* ${this.#messages.length} EXISTS\r\n`, `* ${this.#recent.size} RECENT\r\n`];
  }

  #tellChanged(): string[] {
    const changed = [...this.#changed].filter((message) => !this.#removed.has(message));
    this.#changed.clear();
    return changed.map((message) => {
      const sequence = this.#indexOf(message.uid) + 1;
      return `* ${sequence} FETCH (FLAGS ${this.flagList(message)})\r\n`;
    });
  }

  readonly #onArrived = (...[message]: StoreEvents['arrived']): void => {
    if (message.folder !== this.folder) return;
    this.#arrived.add(message);
    this.onUpdate?.();
  };

  readonly #onRemoved = (...[message]: StoreEvents['removed']): void => {
    if (message.folder !== this.folder) return;
    if (this.#arrived.delete(message)) return;
    this.#removed.add(message);
    this.onUpdate?.();
  };

  readonly #onChanged = (...[message]: StoreEvents['changed']): void => {
    if (message.folder !== this.folder || this.#arrived.has(message) || !this.folder.holds(message)) return;
    this.#changed.add(message);
    this.onUpdate?.();
  };

  readonly #onRenumbered = (...[folder]: StoreEvents['renumbered']): void => {
    if (folder === this.folder) this.onRenumbered?.();
  };

  /** The index of the first message whose uid is one or above it. */
  #indexOf(uid: number): number {
    return firstIndex(this.#messages, (message) => message.uid >= uid);
  }
}
