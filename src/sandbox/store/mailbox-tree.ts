import type { EventEmitter } from 'node:events';
import { FolderContents } from './folder-contents.js';
import { identifier } from './identifier.js';
import type { FolderState, KeptAccount, KeptFolder, KeptMessage } from './kept.js';
import { MessageIn } from './message-in.js';
import type { NewMessage } from './new-message.js';
import { otherFolders } from './other-folders.js';
import { Settings } from './settings.js';
import { standardFolders, type FolderRole } from './standard-folders.js';

// An account's folders and their messages, each of which knows where it is: one file, since each needs the others.

/** How a message came into its folder. */
export type Arrival =
  | { readonly by: 'delivery' | 'creation' }
  | { readonly by: 'move' | 'copy'; readonly from: StoredMessage };

export interface StoreEvents {
  arrived: [message: StoredMessage, arrival: Arrival];
  /** With its flag that was set or cleared, if it is a flag that changed. */
  changed: [message: StoredMessage, flag: string | undefined];
  /** It has another source; that it has changed is told after it. */
  rewritten: [message: StoredMessage];
  /** With where it went to, if it was moved. */
  removed: [message: StoredMessage, movedTo: StoredMessage | undefined];
  /** All of its messages have other uids now. */
  renumbered: [folder: StoredFolder];
  /** It is new, or has another name, place or subscription. */
  folderChanged: [folder: StoredFolder];
  folderRemoved: [folder: StoredFolder];
  settingsChanged: [account: Account];
}

/** Where it is told what happens: to mail, and to all else that a mailbox holds. */
export interface AccountEvents {
  readonly mail: EventEmitter<StoreEvents>;
  readonly other: EventEmitter<StoreEvents>;
}

/** One account's folders. */
export class Account {
  readonly address: string;
  readonly root: StoredFolder;
  readonly events: AccountEvents;
  readonly settings: Settings;
  /** Those of mail, and those of calendar, contacts and all else. */
  readonly #folders = new Map<string, StoredFolder>();
  #lastUidValidity = 0;

  constructor(address: string, events: AccountEvents, kept?: KeptAccount) {
    this.address = address;
    this.events = events;
    this.settings = new Settings(kept?.settings ?? [], () => events.mail.emit('settingsChanged', this));
    if (kept) {
      this.#lastUidValidity = kept.lastUidValidity;
      const [root] = kept.folders.map((folder) => this.#restore(folder));
      this.root = root!;
      return;
    }
    this.root = this.#register(new StoredFolder(this, { name: '' }));
    for (const [role, name] of standardFolders)
      this.#register(new StoredFolder(this, { name, parent: this.root, role }));
    for (const { id, name, folderClass, parent } of otherFolders) {
      const above = parent === 'msgfolderroot' ? this.root : this.otherFolder(parent);
      this.#register(new StoredFolder(this, { name, parent: above, folderClass, otherId: id }));
    }
  }

  /** The folders of mail. */
  get folders(): StoredFolder[] {
    return [...this.#folders.values()].filter(({ isMail }) => isMail);
  }

  /** The folders of all else. */
  get otherFolders(): StoredFolder[] {
    return [...this.#folders.values()].filter(({ isMail }) => !isMail);
  }

  /** One that every account has; nothing for the root above all. */
  otherFolder(id: string): StoredFolder | undefined {
    return this.otherFolders.find(({ otherId }) => otherId === id);
  }

  /** The folder that plays a part. */
  folder(role: FolderRole): StoredFolder {
    const found = this.folders.find((folder) => folder.role === role);
    if (!found) throw new Error(`${this.address} has no ${role}`);
    return found;
  }

  folderById(id: string): StoredFolder | undefined {
    return this.#folders.get(id);
  }

  /** A folder of mail; it may have no class, and holds mail nonetheless. */
  createFolder(name: string, parent: StoredFolder = this.root, folderClass?: ''): StoredFolder {
    return this.#create(name, parent, folderClass);
  }

  /** A folder of appointments, contacts, tasks ... */
  createOtherFolder(name: string, parent: StoredFolder, folderClass: string): StoredFolder {
    return this.#create(name, parent, folderClass);
  }

  /** An empty folder of another's name that holds the same kind of things. */
  createLike({ name, isMail, folderClass }: StoredFolder, parent: StoredFolder): StoredFolder {
    return this.#create(name, parent, isMail && folderClass !== '' ? undefined : folderClass);
  }

  /** Removes a folder with all its messages; the folders in it are to be gone already. */
  removeFolder(folder: StoredFolder): void {
    for (const message of folder.above(0)) folder.remove(message);
    this.#folders.delete(folder.id);
    folder.forget();
  }

  /** The last UIDVALIDITY that was given. */
  get lastUidValidity(): number {
    return this.#lastUidValidity;
  }

  /** A UIDVALIDITY above all that were given before: a name that is used again is told from its past by it. */
  nextUidValidity(): number {
    return (this.#lastUidValidity = Math.max(this.#lastUidValidity + 1, Math.floor(Date.now() / 1000)));
  }

  messageById(id: string): StoredMessage | undefined {
    for (const folder of this.#folders.values()) {
      const message = folder.byId(id);
      if (message) return message;
    }
    return undefined;
  }

  #create(name: string, parent: StoredFolder, folderClass: string | undefined): StoredFolder {
    return this.#register(new StoredFolder(this, { name, parent, folderClass }));
  }

  #register(folder: StoredFolder): StoredFolder {
    this.#folders.set(folder.id, folder);
    folder.tell();
    return folder;
  }

  #restore({ name, parent, role, folderClass, otherId, messages, ...state }: KeptFolder): StoredFolder {
    const above = parent === undefined ? undefined : this.folderById(parent);
    const folder = new StoredFolder(this, { name, parent: above, role, folderClass, otherId, state });
    for (const message of messages) folder.restore(message);
    this.#folders.set(folder.id, folder);
    return folder;
  }
}

/** What a folder is made with. */
export interface NewFolder {
  readonly name: string;
  /** @default the root above all */
  readonly parent?: StoredFolder | undefined;
  readonly role?: FolderRole | undefined;
  /** What it holds, where that is not mail; empty where it does not say so. @default mail */
  readonly folderClass?: string | undefined;
  /** Which of the folders of all else it is. */
  readonly otherId?: string | undefined;
  /** What it remembers. @default it is new */
  readonly state?: FolderState;
}

/** A folder in its account. */
export class StoredFolder extends FolderContents<StoredMessage> {
  readonly id: string;
  readonly account: Account;
  readonly role: FolderRole | undefined;
  /** EWS's distinguished ID of a folder of something else than mail. */
  readonly otherId: string | undefined;
  /** Whether it holds mail that people read. */
  readonly isMail: boolean;
  /** PidTagContainerClass; empty where it has none. */
  readonly folderClass: string;
  #isSubscribed: boolean;
  #name: string;
  #parent: StoredFolder | undefined;
  #uidValidity: number;
  readonly #events: EventEmitter<StoreEvents>;

  constructor(account: Account, { name, parent, role, folderClass, otherId, state }: NewFolder) {
    const isMail = !folderClass;
    const events = account.events[isMail ? 'mail' : 'other'];
    super(state, {
      changed: (message, flag) => events.emit('changed', message, flag),
      rewritten: (message) => events.emit('rewritten', message),
    });
    this.id = state?.id ?? identifier();
    this.#isSubscribed = state?.isSubscribed ?? true;
    this.account = account;
    this.isMail = isMail;
    this.#events = events;
    this.#name = name;
    this.#parent = parent;
    this.#uidValidity = state?.uidValidity ?? account.nextUidValidity();
    this.role = role;
    this.otherId = otherId;
    this.folderClass = folderClass ?? 'IPF.Note';
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

  /** Whether IMAP lists it among the folders that a client is to show. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  set isSubscribed(isSubscribed: boolean) {
    this.#isSubscribed = isSubscribed;
    this.tell();
  }

  /** Gives it another name, another place, or both. */
  rename(name: string, parent: StoredFolder): void {
    this.#name = name;
    this.#parent = parent;
    this.tell();
  }

  /** Tells that it is there, or has changed. */
  tell(): void {
    this.#events.emit('folderChanged', this);
  }

  /** Tells that it is gone. */
  forget(): void {
    this.#events.emit('folderRemoved', this);
  }

  /** Numbers the messages anew from 1 under a new UIDVALIDITY, as a server does that was rebuilt. */
  renumber(): void {
    this.#uidValidity = this.account.nextUidValidity();
    this.renumberFromOne();
    this.#events.emit('renumbered', this);
  }

  add(message: NewMessage, arrival: Arrival = { by: 'creation' }): StoredMessage {
    const immutableId = arrival.by === 'move' ? arrival.from.immutableId : undefined;
    const stored = new StoredMessage({ folder: this, uid: this.takeUid(), immutableId }, message);
    this.put(stored);
    this.changes.note('created', stored);
    try {
      this.#events.emit('arrived', stored, arrival);
    } catch (error) {
      // Who can't keep it says so: then it has not come.
      this.drop(stored);
      throw error;
    }
    return stored;
  }

  /** Puts a message back that was in it when the sandbox was last stopped. */
  restore({ source, ...kept }: KeptMessage): void {
    this.put(new StoredMessage({ folder: this, ...kept }, { ...kept, source }));
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
    if (this.drop(message)) this.#events.emit('removed', message, movedTo);
  }
}

/** One message in one folder. */
export class StoredMessage extends MessageIn<StoredFolder> {}
