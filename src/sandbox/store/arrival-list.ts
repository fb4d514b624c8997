import { firstIndex } from './first-index.js';

/** What is kept in the order of its arrival. */
interface Arrived {
  /** The number of its arrival. */
  readonly uid: number;
}

/** A list by ascending uid, in which a place is found without walking it. */
export class ArrivalList<T extends Arrived> {
  readonly #entries: T[] = [];

  /** The list itself: copy it to remove while walking it. */
  get entries(): readonly T[] {
    return this.#entries;
  }

  /** Puts an entry at the end; its uid is above all others. */
  push(entry: T): void {
    this.#entries.push(entry);
  }

  remove({ uid }: T): void {
    this.#entries.splice(this.#indexAbove(uid - 1), 1);
  }

  /** The entries whose uid is above one, the first so many. */
  above(uid: number, limit = Infinity): readonly T[] {
    const first = this.#indexAbove(uid);
    return this.#entries.slice(first, first + limit);
  }

  /** The last entry whose uid is below one. */
  lastBelow(uid: number): T | undefined {
    return this.#entries[this.#indexAbove(uid - 1) - 1];
  }

  #indexAbove(uid: number): number {
    return firstIndex(this.#entries, (entry) => entry.uid > uid);
  }
}
