import type { Change, MessageKey } from '../../store/change-log.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';

/** One thing that happened in a folder. */
export type FolderChange =
  | { readonly kind: Exclude<Change['kind'], 'deleted'>; readonly message: StoredMessage }
  | { readonly kind: 'deleted'; readonly message: MessageKey };

/**
 * What happened in a folder after a point, each message once, in the order of what happened to each last; nothing where
 * the point is not remembered.
 */
export function changesSince(folder: StoredFolder, position: number): readonly FolderChange[] | undefined {
  const sums = folder.changes.since(position)?.toSorted((one, other) => one.last - other.last);
  return sums?.flatMap(({ change }): FolderChange | readonly FolderChange[] => {
    if (change.kind === 'deleted') return { kind: 'deleted', message: change };
    const message = folder.byId(change.id);
    return message ? { kind: change.kind, message } : [];
  });
}
