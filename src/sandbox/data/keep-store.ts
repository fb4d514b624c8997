import type { Account, MailStore, StoredFolder, StoredMessage } from '../store/store.js';
import type { Database } from './database.js';

/** Writes every change of a store before anybody is answered. @param write does so, and says what is wrong where it can't */
export function keepStore(store: MailStore, database: Database, write: (act: () => void) => void): void {
  const keeper = new Keeper(database);
  const kept = (act: () => void) => write(() => database.transaction(act));
  for (const events of [store.events, store.otherEvents]) {
    events.on('folderChanged', (folder) => kept(() => keeper.saveFolder(folder)));
    events.on('folderRemoved', (folder) => kept(() => keeper.removeFolder(folder)));
    events.on('settingsChanged', (account) => kept(() => keeper.saveAccount(account)));
    events.on('renumbered', (folder) => kept(() => keeper.renumber(folder)));
    events.on('rewritten', (message) => kept(() => keeper.rewrite(message)));
    events.on('changed', (message) => kept(() => keeper.change(message)));
    events.on('arrived', (message, { by }) => {
      // Where it was moved from, it goes in the same moment.
      if (by !== 'move') kept(() => keeper.add(message));
    });
    events.on('removed', (message, movedTo) =>
      kept(() => {
        keeper.remove(message);
        if (movedTo) keeper.add(movedTo);
      }),
    );
  }
}

class Keeper {
  readonly #database: Database;
  /** The position up to which a folder's changes are written. */
  readonly #written = new WeakMap<StoredFolder, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  saveAccount({ address, lastUidValidity, settings }: Account): void {
    this.#database.put('account', { address, lastUidValidity, settings: JSON.stringify([...settings]) });
  }

  saveFolder(folder: StoredFolder): void {
    const { account, parent, isSubscribed, uidValidity } = folder;
    const { id, name, role = null, otherId = null, folderClass, isMail } = folder;
    this.saveAccount(account);
    this.#database.put('folder', {
      id,
      account: account.address,
      parent: parent?.id ?? null,
      name,
      role,
      otherId,
      folderClass,
      isMail,
      isSubscribed,
      uidValidity,
      ...numbers(folder),
    });
  }

  removeFolder({ id }: StoredFolder): void {
    this.#database.run('DELETE FROM change WHERE folder = ?', id);
    this.#database.run('DELETE FROM folder WHERE id = ?', id);
  }

  renumber(folder: StoredFolder): void {
    for (const message of folder.messages) this.#saveMessage(message);
    this.saveFolder(folder);
  }

  add(message: StoredMessage): void {
    this.#saveMessage(message);
    this.rewrite(message);
    this.#saveState(message.folder);
  }

  rewrite({ id, source }: StoredMessage): void {
    this.#database.put('content', { message: id, source });
  }

  change(message: StoredMessage): void {
    this.#saveMessage(message);
    this.#saveState(message.folder);
  }

  remove({ id, folder }: StoredMessage): void {
    this.#database.run('DELETE FROM message WHERE id = ?', id);
    this.#database.run('DELETE FROM content WHERE message = ?', id);
    this.#saveState(folder);
  }

  #saveMessage(message: StoredMessage): void {
    const { id, uid, folder, immutableId, recipient = null, searchKey, revision } = message;
    this.#database.put('message', {
      id,
      uid,
      folder: folder.id,
      immutableId,
      recipient,
      searchKey,
      revision,
      receivedAt: message.receivedAt.getTime(),
      modifiedAt: message.modifiedAt.getTime(),
      flags: JSON.stringify([...message.flags]),
      properties: JSON.stringify([...message.properties]),
    });
  }

  /** What has changed in a folder since it was last written. */
  #saveState(folder: StoredFolder): void {
    const { id, changes } = folder;
    const { uidNext, keywords } = numbers(folder);
    this.#database.run('UPDATE folder SET uidNext = ?, keywords = ? WHERE id = ?', uidNext, keywords, id);
    let position = this.#written.get(folder) ?? this.#readWritten(folder);
    for (const change of changes.from(position)) {
      const { receivedAt, ...rest } = change;
      this.#database.put('change', { folder: id, position, ...rest, receivedAt: receivedAt.getTime() });
      position++;
    }
    this.#database.run('DELETE FROM change WHERE folder = ? AND position < ?', id, changes.first);
    this.#written.set(folder, position);
  }

  #readWritten({ id, changes }: StoredFolder): number {
    const row = this.#database.get('SELECT MAX(position) AS position FROM change WHERE folder = ?', id);
    const last = row?.['position'] ?? null;
    return last === null ? changes.first : Number(last) + 1;
  }
}

function numbers({ uidNext, keywords }: StoredFolder): { readonly uidNext: number; readonly keywords: string } {
  return { uidNext, keywords: JSON.stringify([...keywords]) };
}
