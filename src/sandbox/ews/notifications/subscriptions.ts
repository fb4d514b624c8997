import type { RequestLog } from '../../requests/request-log.js';
import type { Arrival, MailStore, StoredMessage } from '../../store/store.js';
import { arrivalEvents, mailEvent, type MailEvent } from './notification.js';
import { pushNotifications, type PushOptions } from './push-notifier.js';
import { Subscription, type SubscriptionOptions } from './subscription.js';

export interface SubscriptionsOptions {
  readonly store: MailStore;
  /** Where it is kept what listeners were told. */
  readonly requests: RequestLog;
  /** Milliseconds that a minute of a timeout lasts. */
  readonly minute: number;
}

/** All subscriptions; they hear of every change in the store. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #byId = new Map<string, Subscription>();

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    for (const events of [options.store.events, options.store.otherEvents])
      events.on('arrived', this.#arrived).on('changed', this.#changed).on('removed', this.#removed);
  }

  /** Milliseconds that a minute of a timeout lasts. */
  get minute(): number {
    return this.#options.minute;
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

  /** Tells a listener from now on what one has to tell. */
  push(subscription: Subscription, listener: Pick<PushOptions, 'url' | 'statusFrequency'>): void {
    const ended = new AbortController();
    subscription.onRemoved = () => ended.abort();
    const { requests, minute } = this.#options;
    const telling = pushNotifications(subscription, { ...listener, requests, minute, signal: ended.signal });
    void telling.finally(() => this.remove(subscription.id));
  }

  /** One that has run out is told of until it is swept away. */
  get(id: string): Subscription | 'expired' | undefined {
    const subscription = this.#byId.get(id);
    return subscription?.isExpired() ? 'expired' : subscription;
  }

  /** The one that handed out a watermark, and up to where. */
  byWatermark(watermark: string): { readonly subscription: Subscription; readonly number: number } | undefined {
    for (const subscription of this.#byId.values()) {
      const number = subscription.readWatermark(watermark);
      if (number !== undefined) return { subscription, number };
    }
    return undefined;
  }

  remove(id: string): boolean {
    this.#byId.get(id)?.onRemoved?.();
    return this.#byId.delete(id);
  }

  forget(): void {
    for (const id of this.#byId.keys()) this.remove(id);
  }

  close(): void {
    this.forget();
    const { store } = this.#options;
    for (const events of [store.events, store.otherEvents])
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
