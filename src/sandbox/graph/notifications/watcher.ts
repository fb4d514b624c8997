import type { MailStore, StoredMessage } from '../../store/store.js';
import type { ChangeType } from '../delta/delta-query.js';
import { messageRecord } from '../messages/message-view.js';
import { rootOf } from '../odata/edm.js';
import type { Watched } from './subscription.js';

/** Hears of what happens to what is watched, one after the other. */
export class Watcher {
  readonly #watched: Watched;
  readonly #tell: (change: ChangeType, message: StoredMessage) => void;
  /** With a filter, those that pass: one that passes no longer counts as deleted. */
  readonly #passing = new Set<string>();
  readonly #leave: () => void;
  #told: Promise<void> = Promise.resolve();

  constructor(store: MailStore, watched: Watched, tell: (change: ChangeType, message: StoredMessage) => void) {
    this.#watched = watched;
    this.#tell = tell;
    const events = watched.kind === 'event' ? store.otherEvents : store.events;
    const arrived = (message: StoredMessage) => this.#note('created', message);
    const changed = (message: StoredMessage) => this.#note('updated', message);
    const removed = (message: StoredMessage) => this.#note('deleted', message);
    events.on('arrived', arrived).on('changed', changed).on('removed', removed);
    this.#leave = () => void events.off('arrived', arrived).off('changed', changed).off('removed', removed);
  }

  /** Looks which of the messages that are there pass the filter. */
  async begin(): Promise<void> {
    const { folder, account, filter } = this.#watched;
    if (!filter) return;
    const there = (folder ? [folder] : account.folders).flatMap(({ messages }) => messages);
    for (const message of there) if (await this.#passes(message)) this.#passing.add(message.id);
  }

  stop(): void {
    this.#leave();
  }

  #note(change: ChangeType, message: StoredMessage): void {
    const { account, folder, kind, filter } = this.#watched;
    const isThere = folder ? message.folder === folder : message.folder.account === account;
    if (!isThere || (kind === 'event' && message.folder.folderClass !== 'IPF.Appointment')) return;
    if (!filter) return this.#tell(change, message);
    this.#told = this.#told.then(() => this.#tellOfPassing(change, message));
  }

  /** https://learn.microsoft.com/graph/outlook-change-notifications-overview#refine-the-conditions-for-a-notification */
  async #tellOfPassing(change: ChangeType, message: StoredMessage): Promise<void> {
    const [before, after] = [this.#passing.has(message.id), change !== 'deleted' && (await this.#passes(message))];
    if (after) this.#passing.add(message.id);
    else this.#passing.delete(message.id);
    if (before && after) this.#tell('updated', message);
    else if (before !== after) this.#tell(after ? 'created' : 'deleted', message);
  }

  async #passes(message: StoredMessage): Promise<boolean> {
    const { filter } = this.#watched;
    if (!filter) return true;
    return filter.accepts(await messageRecord(message, new Set(filter.paths.map(rootOf)), filter.extended));
  }
}
