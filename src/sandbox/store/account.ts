import type { EventEmitter } from 'node:events';
import { StoredFolder, type FolderRole, type StoreEvents } from './stored-folder.js';
import type { StoredMessage } from './stored-message.js';

const standardFolders: readonly (readonly [FolderRole, string])[] = [
  ['inbox', 'Inbox'],
  ['sentitems', 'Sent Items'],
  ['drafts', 'Drafts'],
  ['deleteditems', 'Deleted Items'],
  ['junkemail', 'Junk Email'],
];

/** One account's folders. */
export class Account {
  readonly address: string;
  readonly root: StoredFolder;
  readonly events: EventEmitter<StoreEvents>;
  readonly #folders = new Map<string, StoredFolder>();
  #lastUidValidity = 0;

  constructor(address: string, events: EventEmitter<StoreEvents>) {
    this.address = address;
    this.events = events;
    this.root = this.#register(new StoredFolder(this, '', undefined));
    for (const [role, name] of standardFolders) this.#register(new StoredFolder(this, name, this.root, role));
  }

  get folders(): StoredFolder[] {
    return [...this.#folders.values()];
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

  createFolder(name: string, parent: StoredFolder = this.root): StoredFolder {
    return this.#register(new StoredFolder(this, name, parent));
  }

  /** Removes a folder with all its messages; the folders in it are to be gone already. */
  removeFolder(folder: StoredFolder): void {
    for (const message of folder.above(0)) folder.remove(message);
    this.#folders.delete(folder.id);
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

  #register(folder: StoredFolder): StoredFolder {
    this.#folders.set(folder.id, folder);
    return folder;
  }
}
