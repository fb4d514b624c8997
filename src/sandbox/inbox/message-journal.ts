import { ArrivalList } from '../store/arrival-list.js';
import type { MailStore, StoredMessage } from '../store/store.js';

interface Entry {
  /** The number of its arrival among all. */
  readonly uid: number;
  message: StoredMessage;
}

/** All messages of all mailboxes in the order in which they came, however old they say they are. */
export class MessageJournal {
  /** By immutable id: a message that is moved keeps its place. */
  readonly #entries = new Map<string, Entry>();
  readonly #all = new ArrivalList<Entry>();
  readonly #byMailbox = new Map<string, ArrivalList<Entry>>();
  #last = 0;

  constructor({ accounts, events }: MailStore) {
    const kept = [...accounts].flatMap(({ folders }) => folders).flatMap(({ messages }) => messages);
    for (const message of kept.toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime()))
      this.#note(message);
    events.on('arrived', (message) => this.#note(message));
    events.on('removed', (message) => this.#forget(message));
  }

  /** Those of all mailboxes or of one, the last that came first; what goes meanwhile is left out. */
  *latest(mailbox?: string): Iterable<StoredMessage> {
    const list = mailbox === undefined ? this.#all : this.#byMailbox.get(mailbox);
    for (let entry = list?.lastBelow(Infinity); entry; entry = list?.lastBelow(entry.uid)) yield entry.message;
  }

  /** How many there are in a mailbox. */
  count(mailbox: string): number {
    return this.#byMailbox.get(mailbox)?.entries.length ?? 0;
  }

  byId(immutableId: string): StoredMessage | undefined {
    return this.#entries.get(immutableId)?.message;
  }

  #note(message: StoredMessage): void {
    const known = this.#entries.get(message.immutableId);
    if (known) {
      known.message = message;
      return;
    }
    const entry = { uid: ++this.#last, message };
    this.#entries.set(message.immutableId, entry);
    for (const list of [this.#all, this.#listOf(message)]) list.push(entry);
  }

  #forget(message: StoredMessage): void {
    const entry = this.#entries.get(message.immutableId);
    if (entry?.message !== message) return;
    this.#entries.delete(message.immutableId);
    for (const list of [this.#all, this.#listOf(message)]) list.remove(entry);
  }

  #listOf({ folder: { account } }: StoredMessage): ArrivalList<Entry> {
    const list = this.#byMailbox.get(account.address) ?? new ArrivalList<Entry>();
    this.#byMailbox.set(account.address, list);
    return list;
  }
}
