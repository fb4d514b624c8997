import type { CallOptions, Folder } from '../transport.js';
import { readFrom, readRecent, readRound, type Change, type Round } from './delta.js';
import { isSyncStateLost } from './graph-errors.js';
import type { GraphSession, Operation } from './graph-session.js';
import { digest, type ChangesPosition } from './position.js';
import { readingFolder } from './read-folder.js';

/** How far back received times are looked at: mail that is delayed, released or moved in has an old one. */
const reach = 48 * 60 * 60 * 1000;

/** What entered a folder by the changes that Graph tells of, where it tells of no article numbers. */
export class ChangesSince {
  readonly #session: GraphSession;

  constructor(session: GraphSession) {
    this.#session = session;
  }

  async position(
    folder: Folder,
    { since, ...options }: CallOptions & { readonly since?: Date | undefined },
  ): Promise<ChangesPosition> {
    if (since) return { from: since.getTime(), link: undefined, seen: [] };
    const { present, link, from } = await readRecent(this.#session, readingFolder(folder, options), {
      folder,
      from: Date.now() - reach,
    });
    return { from, link, seen: [...present.keys()].map(digest) };
  }

  async after(
    folder: Folder,
    point: ChangesPosition,
    options: CallOptions,
  ): Promise<{ readonly fresh: readonly Change[]; readonly position: ChangesPosition }> {
    const { present, removed, link, from } = await this.#round(readingFolder(folder, options), folder, point);
    const seen = new Set(point.seen);
    const fresh = [...present.values()].filter(({ id }) => !seen.has(digest(id)));
    for (const id of removed) seen.delete(digest(id));
    for (const { id } of fresh) seen.add(digest(id));
    return { fresh, position: { from, link, seen: [...seen] } };
  }

  /** A link that the server has forgotten is made anew; what has been seen is known. */
  async #round(
    operation: Operation,
    folder: Folder,
    { from, link }: ChangesPosition,
  ): Promise<Round & { readonly from: number }> {
    if (link === undefined) return { ...(await readFrom(this.#session, operation, { folder, from })), from };
    try {
      return { ...(await readRound(this.#session, operation, link)), from };
    } catch (error) {
      if (!isSyncStateLost(error)) throw error;
      return await readRecent(this.#session, operation, { folder, from });
    }
  }
}
