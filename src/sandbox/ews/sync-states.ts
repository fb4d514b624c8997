import { randomUUID } from 'node:crypto';
import type { StoredFolder, StoredMessage } from '../store/store.js';

/** What a client knows of a folder's messages, by id. */
export type KnownItems = ReadonlyMap<string, { readonly revision: number; readonly isRead: boolean }>;

interface SyncState {
  readonly folder: StoredFolder;
  readonly known: KnownItems;
}

export interface FolderChanges {
  readonly created: readonly StoredMessage[];
  readonly updated: readonly StoredMessage[];
  readonly readFlagChanged: readonly StoredMessage[];
  readonly deleted: readonly string[];
  /** The state that follows. */
  readonly state: string;
  readonly includesLast: boolean;
}

/** The states that SyncFolderItems has handed out; the server keeps them, the client only holds their names. */
export class SyncStates {
  readonly #states = new Map<string, SyncState>();

  /** What is new in a folder since a state, at most `limit` changes; nothing where the state is unknown. */
  changes(folder: StoredFolder, since: string | undefined, limit: number): FolderChanges | undefined {
    const state = since ? this.#states.get(since) : { folder, known: new Map() };
    if (state?.folder !== folder) return undefined;
    const next = new Map(state.known);
    const changes = difference(folder, state.known);
    const due = changes.slice(0, limit);
    for (const { id, message } of due) {
      if (message) next.set(id, { revision: message.revision, isRead: isRead(message) });
      else next.delete(id);
    }
    return { ...sorted(due), state: this.#keep({ folder, known: next }), includesLast: due.length === changes.length };
  }

  #keep(state: SyncState): string {
    const name = Buffer.from(randomUUID()).toString('base64');
    this.#states.set(name, state);
    if (this.#states.size > maxStates) this.#states.delete(this.#states.keys().next().value!);
    return name;
  }
}

const maxStates = 200;

interface Change {
  readonly id: string;
  readonly kind: 'created' | 'updated' | 'readFlagChanged' | 'deleted';
  readonly message: StoredMessage | undefined;
}

function difference(folder: StoredFolder, known: KnownItems): Change[] {
  const changes: Change[] = [];
  for (const message of folder.messages) {
    const { id } = message;
    const before = known.get(id);
    if (!before) changes.push({ id, message, kind: 'created' });
    else if (before.revision !== message.revision) {
      const isFlagAlone = before.revision + 1 === message.revision && before.isRead !== isRead(message);
      changes.push({ id, message, kind: isFlagAlone ? 'readFlagChanged' : 'updated' });
    }
  }
  for (const id of known.keys()) if (!folder.byId(id)) changes.push({ id, message: undefined, kind: 'deleted' });
  return changes;
}

function sorted(changes: readonly Change[]) {
  const of = (kind: Change['kind']) =>
    changes.filter((change) => change.kind === kind).flatMap(({ message }) => message ?? []);
  return {
    created: of('created'),
    updated: of('updated'),
    readFlagChanged: of('readFlagChanged'),
    deleted: changes.filter((change) => change.kind === 'deleted').map((change) => change.id),
  };
}

function isRead(message: StoredMessage): boolean {
  return message.flags.has('\\Seen');
}
