import { ArrivalList } from './arrival-list.js';
import { SortedList } from './sorted-list.js';

/** What a folder has to know of a message to find and to count it. */
export interface Listed {
  readonly id: string;
  readonly immutableId: string;
  readonly uid: number;
  readonly receivedAt: Date;
  readonly flags: ReadonlySet<string>;
  /** In octets. */
  readonly size: number;
}

/** A folder's messages: found by id, in two orders, and counted, without walking them. */
export class MessageList<T extends Listed> {
  readonly #byId = new Map<string, T>();
  readonly #byUid = new ArrivalList<T>();
  /** Made when it is first asked for. */
  #latestFirst: SortedList<T> | undefined;
  #unreadCount = 0;
  #size = 0;

  /** By ascending uid; the list itself, so copy it to remove while walking it. */
  get byUid(): readonly T[] {
    return this.#byUid.entries;
  }

  /** By received time, the latest first; the list itself, so copy it to remove while walking it. */
  get latestFirst(): readonly T[] {
    return (this.#latestFirst ??= new SortedList(this.byUid, latestFirst)).entries;
  }

  get unreadCount(): number {
    return this.#unreadCount;
  }

  /** That of all messages, in octets. */
  get size(): number {
    return this.#size;
  }

  /** Finds a message by its id or by its immutable id. */
  byId(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** The messages whose uid is above one, by ascending uid, the first so many. */
  above(uid: number, limit?: number): readonly T[] {
    return this.#byUid.above(uid, limit);
  }

  /** Puts a message at the end; its uid is above all others. */
  add(message: T): void {
    this.#byUid.push(message);
    this.#byId.set(message.id, message).set(message.immutableId, message);
    this.#latestFirst?.add(message);
    this.#count(message, 1);
  }

  /** False where it is not in the list. */
  remove(message: T): boolean {
    if (!this.#byId.delete(message.id)) return false;
    // Moved to the same folder, it is there already under the id that it keeps.
    if (this.#byId.get(message.immutableId) === message) this.#byId.delete(message.immutableId);
    this.#byUid.remove(message);
    this.#latestFirst?.remove(message);
    this.#count(message, -1);
    return true;
  }

  /** Changes the flags or the content of a message that is in the list. */
  edit(message: T, edit: () => void): void {
    this.#count(message, -1);
    edit();
    this.#count(message, 1);
  }

  /** Gives all of them other uids, which ascend as those before. */
  renumber(renumber: (message: T) => void): void {
    for (const message of this.byUid) renumber(message);
    this.#latestFirst = undefined;
  }

  /** Counts a message in, or out. */
  #count({ flags, size }: T, by: 1 | -1): void {
    if (!flags.has('\\Seen')) this.#unreadCount += by;
    this.#size += by * size;
  }
}

/** The order of received times, the latest first; of two that came at once, that with the higher uid. */
export function latestFirst(one: Pick<Listed, 'receivedAt' | 'uid'>, other: typeof one): number {
  return other.receivedAt.getTime() - one.receivedAt.getTime() || other.uid - one.uid;
}
