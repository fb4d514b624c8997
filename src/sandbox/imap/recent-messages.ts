import type { StoredFolder, StoredMessage } from '../store/store.js';

/** Which messages no session has been told of: those are `\Recent` to the first that is (RFC 3501 section 2.3.2). */
export class RecentMessages {
  readonly #told = new WeakMap<StoredFolder, number>();

  /** The messages that nobody was told of. */
  of(folder: StoredFolder): readonly StoredMessage[] {
    return folder.above(this.#told.get(folder) ?? 0);
  }

  /** As {@link of}, and says that a session is told of them. */
  claimAll(folder: StoredFolder): readonly StoredMessage[] {
    const messages = this.of(folder);
    this.#told.set(folder, folder.uidNext - 1);
    return messages;
  }

  /** Says that a session is told of a message; true for the first time. */
  claim({ folder, uid }: StoredMessage): boolean {
    if (uid <= (this.#told.get(folder) ?? 0)) return false;
    this.#told.set(folder, uid);
    return true;
  }
}
