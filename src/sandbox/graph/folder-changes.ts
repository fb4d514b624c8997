import type { MailStore, StoredFolder, StoredMessage } from '../store.js';

/** One thing that happened in a folder. */
export interface FolderChange {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly message: StoredMessage;
}

/**
 * What happens in the folders that somebody follows, in order: what is new since a point is found without
 * walking the folder.
 */
export class FolderChanges {
  readonly #logs = new Map<StoredFolder, FolderChange[]>();

  constructor({ events }: MailStore) {
    const note = (kind: FolderChange['kind'], message: StoredMessage) =>
      this.#logs.get(message.folder)?.push({ kind, message });
    events.on('arrived', (message) => note('created', message));
    events.on('changed', (message) => note('updated', message));
    events.on('removed', (message) => note('deleted', message));
  }

  /** The point in a folder's changes that is now; they are noted from the first time on that this is asked. */
  position(folder: StoredFolder): number {
    return this.#logOf(folder).length;
  }

  /** What happened after a point, each message once, as it is now; nothing where there was no such point. */
  since(folder: StoredFolder, position: number): readonly FolderChange[] | undefined {
    const log = this.#logs.get(folder);
    if (!log || position > log.length) return undefined;
    const latest = new Map<StoredMessage, FolderChange>();
    for (const change of log.slice(position)) {
      const isNew = latest.get(change.message)?.kind === 'created' && change.kind === 'updated';
      if (!isNew) latest.set(change.message, change);
    }
    return [...latest.values()];
  }

  #logOf(folder: StoredFolder): FolderChange[] {
    let log = this.#logs.get(folder);
    if (!log) this.#logs.set(folder, (log = []));
    return log;
  }
}
