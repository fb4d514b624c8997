import type { EventEmitter } from 'node:events';
import type { Account } from './account.js';
import { identifier } from './identifier.js';
import { StoredMessage, type NewMessage, type PropertyValue } from './stored-message.js';

/** The part a folder plays, whatever its name. */
export type FolderRole = 'inbox' | 'sentitems' | 'drafts' | 'deleteditems' | 'junkemail';

/** How a message came into its folder. */
export type Arrival =
  | { readonly by: 'delivery' | 'creation' }
  | { readonly by: 'move' | 'copy'; readonly from: StoredMessage };

export interface StoreEvents {
  arrived: [message: StoredMessage, arrival: Arrival];
  /** With its flag that was set or cleared, if it is a flag that changed. */
  changed: [message: StoredMessage, flag: string | undefined];
  /** With where it went to, if it was moved. */
  removed: [message: StoredMessage, movedTo: StoredMessage | undefined];
  /** All of its messages have other uids now. */
  renumbered: [folder: StoredFolder];
}

/**
 * A folder's messages in order of arrival. `uid` is the number of each arrival: IMAP's UID and
 * Exchange's PidTagInternetArticleNumber.
 */
export class StoredFolder {
  readonly id = identifier();
  readonly account: Account;
  readonly role: FolderRole | undefined;
  /** Whether IMAP lists it among the folders that a client is to show. */
  isSubscribed = true;
  /** The keywords (flags without `\`) that a message in it has or had: they stay defined (RFC 3501 section 7.2.6). */
  readonly keywords = new Set<string>();
  #name: string;
  #parent: StoredFolder | undefined;
  #uidValidity: number;
  readonly #events: EventEmitter<StoreEvents>;
  readonly #byId = new Map<string, StoredMessage>();
  readonly #messages: StoredMessage[] = [];
  #nextUid = 1;

  constructor(account: Account, name: string, parent: StoredFolder | undefined, role?: FolderRole) {
    this.account = account;
    this.#events = account.events;
    this.#name = name;
    this.#parent = parent;
    this.#uidValidity = account.nextUidValidity();
    this.role = role;
  }

  get name(): string {
    return this.#name;
  }

  get parent(): StoredFolder | undefined {
    return this.#parent;
  }

  /** Changes when the uids do (RFC 3501 section 2.3.1.1). */
  get uidValidity(): number {
    return this.#uidValidity;
  }

  get uidNext(): number {
    return this.#nextUid;
  }

  /** By ascending uid; the list itself, so copy it to remove while walking it. */
  get messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  /** Finds a message by its id or by its immutable id. */
  byId(id: string): StoredMessage | undefined {
    return this.#byId.get(id);
  }

  /** Whether a message is in it still. */
  holds(message: StoredMessage): boolean {
    return this.#byId.has(message.id);
  }

  /** Gives it another name, another place, or both. */
  rename(name: string, parent: StoredFolder): void {
    this.#name = name;
    this.#parent = parent;
  }

  /** Numbers the messages anew from 1 under a new UIDVALIDITY, as a server does that was rebuilt. */
  renumber(): void {
    this.#uidValidity = this.account.nextUidValidity();
    this.#nextUid = 1;
    for (const message of this.#messages) message.renumber(this.#nextUid++);
    this.#events.emit('renumbered', this);
  }

  /** The messages whose uid is above one, by ascending uid; found without walking the folder. */
  above(uid: number): readonly StoredMessage[] {
    return this.#messages.slice(this.#indexAbove(uid));
  }

  add(message: NewMessage, arrival: Arrival = { by: 'creation' }): StoredMessage {
    const immutableId = arrival.by === 'move' ? arrival.from.immutableId : undefined;
    const stored = new StoredMessage({ folder: this, uid: this.#nextUid++, immutableId }, message);
    this.#messages.push(stored);
    this.#byId.set(stored.id, stored).set(stored.immutableId, stored);
    for (const flag of stored.flags) this.#define(flag);
    this.#events.emit('arrived', stored, arrival);
    return stored;
  }

  /** Puts a copy into a folder: a new id and uid there; all else is the same. */
  copy(message: StoredMessage, to: StoredFolder): StoredMessage {
    return to.add(message, { by: 'copy', from: message });
  }

  move(message: StoredMessage, to: StoredFolder): StoredMessage {
    const moved = to.add(message, { by: 'move', from: message });
    this.#take(message, moved);
    return moved;
  }

  remove(message: StoredMessage): void {
    this.#take(message, undefined);
  }

  #take(message: StoredMessage, movedTo: StoredMessage | undefined): void {
    if (!this.#byId.delete(message.id)) return;
    // Moved to the same folder, it is there already under the id that it keeps.
    if (this.#byId.get(message.immutableId) === message) this.#byId.delete(message.immutableId);
    this.#messages.splice(this.#indexAbove(message.uid - 1), 1);
    this.#events.emit('removed', message, movedTo);
  }

  setFlag(message: StoredMessage, flag: string, on: boolean): void {
    if (on === message.flags.has(flag)) return;
    if (on) message.flags.add(flag);
    else message.flags.delete(flag);
    if (on) this.#define(flag);
    message.touch();
    this.#events.emit('changed', message, flag);
  }

  setProperty(message: StoredMessage, name: string, value: PropertyValue | undefined): void {
    if (value === undefined) message.properties.delete(name);
    else message.properties.set(name, value);
    message.touch();
    this.#events.emit('changed', message, undefined);
  }

  /** Replaces the content of a message that stays where it is (a draft that is edited). */
  replace(message: StoredMessage, source: Buffer): void {
    message.rewrite(source);
    this.#events.emit('changed', message, undefined);
  }

  #define(flag: string): void {
    if (!flag.startsWith('\\')) this.keywords.add(flag);
  }

  /** The index of the first message whose uid is above one. */
  #indexAbove(uid: number): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#messages[middle]!.uid > uid) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
