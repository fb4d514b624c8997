import type { MailStore, StoredFolder, StoredMessage } from '../../store/store.js';

/** One thing that happened in a folder. */
export interface FolderChange {
  /** `read`: it was marked as read or unread, and nothing else. */
  readonly kind: 'created' | 'updated' | 'read' | 'deleted';
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
    events.on('changed', (message, flag) => note(flag === '\\Seen' ? 'read' : 'updated', message));
    events.on('removed', (message) => note('deleted', message));
  }

  /** The point in a folder's changes that is now; they are noted from the first time on that this is asked. */
  position(folder: StoredFolder): number {
    return this.#logOf(folder).length;
  }

  /** What happened after a point, each message once; nothing where there was no such point. */
  since(folder: StoredFolder, position: number): readonly FolderChange[] | undefined {
    const log = this.#logs.get(folder);
    if (!log || position > log.length) return undefined;
    const sums = new Map<StoredMessage, FolderChange>();
    for (const change of log.slice(position)) {
      const sum = add(sums.get(change.message), change);
      // In the order of what happened to each last.
      sums.delete(change.message);
      sums.set(change.message, sum);
    }
    return [...sums.values()];
  }

  #logOf(folder: StoredFolder): FolderChange[] {
    let log = this.#logs.get(folder);
    if (!log) this.#logs.set(folder, (log = []));
    return log;
  }
}

/** What two changes of one message come to. */
function add(before: FolderChange | undefined, change: FolderChange): FolderChange {
  if (before === undefined || change.kind === 'deleted') return change;
  return before.kind === 'read' ? change : before;
}
