import type { ChangeSum } from '../store/change-log.js';
import type { MailStore, StoredFolder, StoredMessage } from '../store/store.js';

/** How far a client knows a folder; it says all by itself, so that it never gets too old. */
interface SyncState {
  /** The point in the folder's changes up to which it knows them. */
  readonly position: number;
  /** The uid up to which it was told at first of what was there. */
  readonly uid: number;
  /** Whether there was more. */
  readonly goesOn: boolean;
}

export interface SyncChanges {
  readonly created: readonly StoredMessage[];
  readonly updated: readonly StoredMessage[];
  readonly readFlagChanged: readonly StoredMessage[];
  /** Ids. */
  readonly deleted: readonly string[];
  readonly next: SyncState;
  readonly includesLast: boolean;
}

/** What SyncFolderItems hands out to be given back. */
export function writeSyncState({ position, uid, goesOn }: SyncState, { id }: MailStore, folder: StoredFolder): string {
  return Buffer.from(JSON.stringify([id, folder.id, position, uid, goesOn])).toString('base64');
}

/** A state that was handed out; the beginning where there is no text; nothing where it is none of this folder's. */
export function readSyncState(
  text: string | undefined,
  { id }: MailStore,
  folder: StoredFolder,
): SyncState | undefined {
  if (!text) return { position: folder.changes.position, uid: 0, goesOn: true };
  try {
    const [store, owner, position, uid, goesOn] = JSON.parse(Buffer.from(text, 'base64').toString()) as unknown[];
    if (store !== id || owner !== folder.id || !isWhole(position) || !isWhole(uid)) return undefined;
    return { position, uid, goesOn: goesOn === true };
  } catch {
    return undefined;
  }
}

/** What is new since a state, at most `limit` changes; nothing where the state is too old. */
export function syncChanges(folder: StoredFolder, state: SyncState, limit: number): SyncChanges | undefined {
  return state.goesOn ? present(folder, state, limit) : laterChanges(folder, state, limit);
}

/** First all that is there, by arrival. */
function present(folder: StoredFolder, state: SyncState, limit: number): SyncChanges {
  const left = folder.above(state.uid, limit + 1);
  const created = left.slice(0, limit);
  const goesOn = created.length < left.length;
  const next = { ...state, uid: created.at(-1)?.uid ?? state.uid, goesOn };
  return { created, updated: [], readFlagChanged: [], deleted: [], next, includesLast: !goesOn };
}

function laterChanges(folder: StoredFolder, state: SyncState, limit: number): SyncChanges | undefined {
  const sums = folder.changes.since(state.position);
  if (!sums) return undefined;
  const due = sums.slice(0, limit);
  const of = (kind: ChangeSum['change']['kind']) =>
    due.flatMap(({ change }) => (change.kind === kind ? (folder.byId(change.id) ?? []) : []));
  // What came while the client was told of what was there is known to it.
  const [known, created] = [
    of('created').filter(({ uid }) => uid <= state.uid),
    of('created').filter(({ uid }) => uid > state.uid),
  ];
  return {
    created,
    updated: [...known, ...of('updated')],
    readFlagChanged: of('read'),
    deleted: due.flatMap(({ change }) => (change.kind === 'deleted' ? change.id : [])),
    next: { ...state, position: sums[limit]?.first ?? folder.changes.position },
    includesLast: due.length === sums.length,
  };
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}
