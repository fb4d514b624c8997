import type { MailStore, StoredMessage } from '../store/store.js';

/** All messages of all mailboxes in the order in which they came, however old they say they are. */
export class MessageJournal {
  /** By immutable id: a message that is moved keeps its place. */
  readonly #messages = new Map<string, StoredMessage>();

  constructor({ accounts, events }: MailStore) {
    const kept = [...accounts].flatMap(({ folders }) => folders).flatMap(({ messages }) => messages);
    for (const message of kept.toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime()))
      this.#messages.set(message.immutableId, message);
    events.on('arrived', (message) => void this.#messages.set(message.immutableId, message));
    events.on('removed', (message) => {
      if (this.#messages.get(message.immutableId) === message) this.#messages.delete(message.immutableId);
    });
  }

  /** The last that came first. */
  latest(): StoredMessage[] {
    return [...this.#messages.values()].toReversed();
  }

  byId(immutableId: string): StoredMessage | undefined {
    return this.#messages.get(immutableId);
  }
}
