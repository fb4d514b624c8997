import { firstIndex } from './first-index.js';

/** Entries that are put in one by one; where there are more, all are sorted anew. */
const few = 50;

/** A list in an order in which no two are equal: a place is found without walking it. */
export class SortedList<T> {
  #entries: T[];
  readonly #compare: (one: T, other: T) => number;
  /** What was added since the list was last looked at: it is put in its place when it is looked at. */
  #added: T[] = [];

  constructor(entries: Iterable<T>, compare: (one: T, other: T) => number) {
    this.#entries = [...entries].toSorted(compare);
    this.#compare = compare;
  }

  /** The list itself: copy it to change what it is of while walking it. */
  get entries(): readonly T[] {
    this.#settle();
    return this.#entries;
  }

  add(entry: T): void {
    this.#added.push(entry);
  }

  remove(entry: T): void {
    this.#settle();
    this.#entries.splice(this.#place(entry), 1);
  }

  #settle(): void {
    const added = this.#added;
    if (added.length === 0) return;
    this.#added = [];
    if (added.length > few) this.#entries = [...this.#entries, ...added].toSorted(this.#compare);
    else for (const entry of added) this.#entries.splice(this.#place(entry), 0, entry);
  }

  /** The index of the first that does not come before an entry. */
  #place(entry: T): number {
    return firstIndex(this.#entries, (other) => this.#compare(other, entry) >= 0);
  }
}
