import { randomBytes } from 'node:crypto';
import { arrivalEvents, mailEvent, type EventType, type MailEvent } from './notification.js';
import type { Account, Arrival, MailStore, StoredFolder, StoredMessage } from '../store/store.js';

export interface SubscriptionOptions {
  readonly kind: 'streaming' | 'pull';
  readonly account: Account;
  /** Nothing for all folders of the account. */
  readonly folders: readonly StoredFolder[] | undefined;
  readonly eventTypes: ReadonlySet<string>;
  /** How long it lives without being asked for anything, in milliseconds. */
  readonly timeout: number;
}

/** All subscriptions; they hear of every change in the store. */
export class Subscriptions {
  readonly #store: MailStore;
  readonly #byId = new Map<string, Subscription>();

  constructor(store: MailStore) {
    this.#store = store;
    for (const events of [store.events, store.otherEvents])
      events.on('arrived', this.#arrived).on('changed', this.#changed).on('removed', this.#removed);
  }

  get size(): number {
    this.#sweep();
    return this.#byId.size;
  }

  create(options: SubscriptionOptions): Subscription {
    this.#sweep();
    const subscription = new Subscription(options);
    this.#byId.set(subscription.id, subscription);
    return subscription;
  }

  get(id: string): Subscription | undefined {
    const subscription = this.#byId.get(id);
    return subscription?.isExpired() ? undefined : subscription;
  }

  remove(id: string): boolean {
    return this.#byId.delete(id);
  }

  forget(): void {
    this.#byId.clear();
  }

  close(): void {
    this.forget();
    for (const events of [this.#store.events, this.#store.otherEvents])
      events.off('arrived', this.#arrived).off('changed', this.#changed).off('removed', this.#removed);
  }

  readonly #arrived = (message: StoredMessage, arrival: Arrival): void => {
    for (const event of arrivalEvents(message, arrival)) this.#tell(event);
  };

  readonly #changed = (message: StoredMessage): void => this.#tell(mailEvent('ModifiedEvent', message));

  readonly #removed = (message: StoredMessage, movedTo: StoredMessage | undefined): void => {
    if (!movedTo) this.#tell(mailEvent('DeletedEvent', message));
  };

  #sweep(): void {
    for (const subscription of this.#byId.values()) if (subscription.isExpired()) this.#byId.delete(subscription.id);
  }

  #tell(event: MailEvent): void {
    for (const subscription of this.#byId.values()) subscription.offer(event);
  }
}

/** One subscription, with the events that its client has not been given yet. */
export class Subscription {
  readonly id = Buffer.concat([Buffer.from('sandbox'), randomBytes(24)]).toString('base64');
  readonly kind: SubscriptionOptions['kind'];
  /** Called when there is something to be given. */
  onEvent: (() => void) | undefined;
  readonly #options: SubscriptionOptions;
  #pending: { readonly number: number; readonly event: MailEvent }[] = [];
  #lastNumber = 0;
  #lastUse = Date.now();

  constructor(options: SubscriptionOptions) {
    this.kind = options.kind;
    this.#options = options;
  }

  offer(event: MailEvent): void {
    if (!this.#concerns(event)) return;
    this.#pending.push({ number: ++this.#lastNumber, event });
    this.onEvent?.();
  }

  /** All pending events; they are given once. */
  take(): { event: MailEvent }[] {
    this.use();
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }

  /** The events after a watermark; those up to it are done with. */
  after(number: number): { watermark: string; event: MailEvent }[] {
    this.use();
    this.#pending = this.#pending.filter((pending) => pending.number > number);
    return this.#pending.map((pending) => ({ watermark: this.watermark(pending.number), event: pending.event }));
  }

  /** Says how far a client has read, as text that only this subscription understands. */
  watermark(number = this.#lastNumber): string {
    return Buffer.from(`${this.id.slice(-12)}:${number}`).toString('base64');
  }

  readWatermark(watermark: string): number | undefined {
    const [owner, number = ''] = Buffer.from(watermark, 'base64').toString().split(':');
    return owner === this.id.slice(-12) && /^\d+$/.test(number) ? Number(number) : undefined;
  }

  use(): void {
    this.#lastUse = Date.now();
  }

  isExpired(): boolean {
    return !this.onEvent && Date.now() > this.#lastUse + this.#options.timeout;
  }

  #concerns({ type, message, from }: MailEvent): boolean {
    const { account, folders, eventTypes } = this.#options;
    if (!eventTypes.has(type satisfies EventType)) return false;
    const places = [message.folder, ...(from ? [from.folder] : [])];
    return places.some((folder) => (folders ? folders.includes(folder) : folder.account === account));
  }
}
