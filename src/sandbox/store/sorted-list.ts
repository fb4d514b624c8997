import { firstIndex } from './first-index.js';

/** A list in an order in which no two are equal: a place is found without walking it. */
export class SortedList<T> {
  readonly #entries: T[];
  readonly #compare: (one: T, other: T) => number;

  constructor(entries: Iterable<T>, compare: (one: T, other: T) => number) {
    this.#entries = [...entries].toSorted(compare);
    this.#compare = compare;
  }

  /** The list itself: copy it to change what it is of while walking it. */
  get entries(): readonly T[] {
    return this.#entries;
  }

  add(entry: T): void {
    this.#entries.splice(this.#place(entry), 0, entry);
  }

  remove(entry: T): void {
    this.#entries.splice(this.#place(entry), 1);
  }

  /** The index of the first that does not come before an entry. */
  #place(entry: T): number {
    return firstIndex(this.#entries, (other) => this.#compare(other, entry) >= 0);
  }
}
