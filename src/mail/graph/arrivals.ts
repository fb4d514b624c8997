import type { Sources } from '../sources.js';
import type { CallOptions, Folder, NewArrivals, Position } from '../transport.js';
import { readFrom, readRecent, readRound, type Round } from './delta.js';
import { Descriptions } from './describe.js';
import { isSyncStateLost } from './graph-errors.js';
import type { GraphSession, Operation } from './graph-session.js';
import { digest, formatPosition, parsePosition, type GraphPosition } from './position.js';
import { Slots } from '../../async/slots.js';

/** How far back received times are looked at: mail that is delayed, released or moved in has an old one. */
const reach = 48 * 60 * 60 * 1000;

/** Positions and what came after them. */
export class Arrivals {
  readonly #session: GraphSession;
  readonly #descriptions: Descriptions;
  /** However many folders are followed, the mailbox is asked one question at a time. */
  readonly #turns = new Slots(1);

  constructor(session: GraphSession, sources: Sources) {
    this.#session = session;
    this.#descriptions = new Descriptions(session, sources);
  }

  /** Where a folder stands now: all that is there counts as seen. With `since`, where it stood before then. */
  async position(
    folder: Folder,
    { since, ...options }: CallOptions & { readonly since?: Date } = {},
  ): Promise<Position> {
    if (since) return formatPosition({ from: since.getTime(), link: undefined, seen: [] });
    const { present, link, from } = await this.#read(folder, options, (operation) =>
      readRecent(this.#session, operation, { folder, from: Date.now() - reach }),
    );
    return formatPosition({ from, link, seen: [...present.keys()].map(digest) });
  }

  async after(folder: Folder, position: Position, options: CallOptions = {}): Promise<NewArrivals> {
    const point = parsePosition(position);
    const round = await this.#read(folder, options, (operation) => this.#round(operation, folder, point));
    const seen = new Set(point.seen);
    const fresh = [...round.present.values()].filter(({ id }) => !seen.has(digest(id)));
    for (const id of round.removed) seen.delete(digest(id));
    for (const { id } of fresh) seen.add(digest(id));
    const arrived = await this.#descriptions.read(folder, fresh, options);
    return { ...arrived, position: formatPosition({ from: round.from, link: round.link, seen: [...seen] }) };
  }

  /** A link that the server has forgotten is made anew; what has been seen is known. */
  async #round(
    operation: Operation,
    folder: Folder,
    { from, link }: GraphPosition,
  ): Promise<Round & { readonly from: number }> {
    if (link === undefined) return { ...(await readFrom(this.#session, operation, { folder, from })), from };
    try {
      return { ...(await readRound(this.#session, operation, link)), from };
    } catch (error) {
      if (!isSyncStateLost(error)) throw error;
      return await readRecent(this.#session, operation, { folder, from });
    }
  }

  /** One round at a time. */
  async #read<T>({ name }: Folder, { signal }: CallOptions, read: (operation: Operation) => Promise<T>): Promise<T> {
    const operation = { operation: `reading the folder ${name}`, isAboutFolder: true, signal };
    return await this.#turns.run(1, signal ?? new AbortController().signal, () => read(operation));
  }
}
